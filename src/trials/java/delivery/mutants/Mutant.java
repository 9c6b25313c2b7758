package delivery.mutants;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import delivery.proxy.ProxyFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A delivery that is broken on purpose, and the result that the suite must reach for it.
 *
 * @param id          short name, fit for a branch and a namespace
 * @param layer       the layer that it belongs to: the name of its file
 * @param what        the defect, in one sentence
 * @param chart       edits of a copy of the chart, which an Application of its own deploys
 * @param source      edits of a copy of the application's source, which new versions are built from
 * @param application merge patch of its own Application's specification, once that is synced and healthy
 * @param objects     Kubernetes objects besides; NAME in them stands for the Application's name
 * @param proxy       the fault of a server between the suite and the real one
 * @param component   the fault of a component of the lab, which lasts for the whole run; no other mutant runs then
 * @param router      the router that gives a canary its weights; Traefik if it is not given
 * @param somebody    the act of another person on the releases of the run; the mutant has its own Application then
 * @param settings    settings to pass to the run
 * @param red         criteria that must not be proven, each with words that its reason must have
 * @param also        criteria that must not be proven either when all of them are tried, each with such words; not
 *                    given if all of them were never tried
 * @param green       further criteria, which must be proven all the same
 * @param exit        exit code of the run; 1 if it is not given
 * @param waits       whether it shows only when the time limit of a wait is over: {@link WaitingMutants}
 * @param first       whether all words must be in the first sentence of a reason, which names the cause
 */
public record Mutant(String id, String layer, String what, List<Edit> chart, List<Edit> source, JsonNode application,
        List<JsonNode> objects, ProxyFault proxy, Component component, Router router, Somebody somebody,
        Map<String, String> settings, Map<String, List<String>> red, Map<String, List<String>> also, List<String> green,
        Integer exit, boolean waits, boolean first) {

    /**
     * An edit of a file.
     *
     * @param file    path in the chart, or in the source
     * @param text    the text to replace, which must be in the file; null to create the file
     * @param instead the text that replaces it; LIVE in it stands for the namespace of the mutant's live release
     */
    public record Edit(String file, String text, @JsonProperty("with") String instead) {
    }

    /**
     * A router that gives a canary its weights.
     *
     * @param name the name in the chart's values
     * @param pods number of the release's pods; the chart's number if it is not given
     */
    public record Router(String name, Integer pods) {
    }

    /**
     * @param does   {@code promote} for a release that waits, or {@code undo} for one that has been promoted
     * @param millis milliseconds to wait before
     */
    public record Somebody(String does, int millis) {
    }

    /** @param does {@code stop} or {@code freeze} */
    public record Component(String name, String does) {
    }

    public Mutant {
        chart = orEmpty(chart);
        source = orEmpty(source);
        objects = orEmpty(objects);
        green = orEmpty(green);
        router = router == null ? new Router("traefik", null) : router;
        red = red == null ? Map.of() : red;
        settings = settings == null ? Map.of() : settings;
        exit = exit == null ? Integer.valueOf(red.isEmpty() ? 0 : 1) : exit;
    }

    private static <T> List<T> orEmpty(List<T> list) {
        return list == null ? List.of() : List.copyOf(list);
    }

    Mutant in(String file) {
        return new Mutant(id, file, what, chart, source, application, objects, proxy, component, router, somebody,
                settings, red, also, green, exit, waits, first);
    }

    /** Whether it is known which criteria it makes red when all of them are tried. */
    boolean triedWithAll() {
        return also != null;
    }

    /** Returns the same mutant with the criteria that must not be proven when all of them are tried. */
    Mutant withAll() {
        Map<String, List<String>> all = new TreeMap<>(red);
        all.putAll(also == null ? Map.of() : also);
        return new Mutant(id, layer, what, chart, source, application, objects, proxy, component, router, somebody,
                settings, all, also, green, exit, waits, first);
    }

    /** Returns the tags of the criteria to prove: those that must fail, and those that must be proven. */
    String tags() {
        Set<String> tried = new LinkedHashSet<>(new TreeSet<>(red.keySet()));
        tried.addAll(green);
        return String.join(" or ", tried.stream().map(criterion -> "@" + criterion).toList());
    }

    /** Whether it breaks something that other mutants need. */
    boolean alone() {
        return component != null;
    }

    /** Whether it needs an Application of its own. */
    boolean ownApplication() {
        return !chart.isEmpty() || application != null || somebody != null;
    }

    Optional<ProxyFault> misconduct() {
        return Optional.ofNullable(proxy);
    }

    @Override
    public String toString() {
        return id + ": " + what;
    }
}
