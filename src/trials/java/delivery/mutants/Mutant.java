package delivery.mutants;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import delivery.proxy.ProxyFault;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A delivery that is broken on purpose, and what must be said of it.
 *
 * @param id          short name, fit for a branch and a namespace
 * @param layer       what it is part of: the name of the file that it stands in
 * @param what        what is broken, one sentence
 * @param chart       edits of a copy of the chart, which an Application of its own deploys
 * @param source      edits of a copy of the application's source, which new versions are built from
 * @param application merge patch of its own Application's specification, once that is synced and healthy
 * @param objects     Kubernetes objects beside it; NAME in them stands for the Application's name
 * @param proxy       what a server does that stands between the suite and the real one
 * @param component   what is done to a component of the lab all the while; no other mutant runs then
 * @param router      what gives a canary its weights; Traefik if it is not given
 * @param somebody    what another hand does to the releases of the run; it has an Application of its own then
 * @param settings    that the run is given
 * @param red         criteria that must not be proven, each with words that its reason must have
 * @param green       criteria beside these that must be proven all the same
 * @param exit        exit code of the run; 1 if it is not given
 * @param waits       whether it is seen only when the time for something is over: {@link WaitingMutants}
 * @param first       whether all words must be in the first sentence of a reason, which names the cause
 */
public record Mutant(String id, String layer, String what, List<Edit> chart, List<Edit> source, JsonNode application,
        List<JsonNode> objects, ProxyFault proxy, Component component, Router router, Somebody somebody,
        Map<String, String> settings, Map<String, List<String>> red, List<String> green, Integer exit, boolean waits,
        boolean first) {

    /**
     * An edit of a file.
     *
     * @param file    of the chart, or of the source
     * @param text    in the file, which must be there; none: the file is a new one
     * @param instead what stands there instead; LIVE in it stands for the namespace of the mutant's live release
     */
    public record Edit(String file, String text, @JsonProperty("with") String instead) {
    }

    /**
     * What gives a canary its weights.
     *
     * @param name as the chart's values have it
     * @param pods of the release; as many as the chart has if it is not given
     */
    public record Router(String name, Integer pods) {
    }

    /**
     * @param does   {@code promote} a release that waits, or {@code undo} one that has been promoted
     * @param millis after which time
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
                settings, red, green, exit, waits, first);
    }

    /** What the run is to prove: the criteria that must be red, and those that must not. */
    String tags() {
        Set<String> tried = new LinkedHashSet<>(new TreeSet<>(red.keySet()));
        tried.addAll(green);
        return String.join(" or ", tried.stream().map(criterion -> "@" + criterion).toList());
    }

    /** Whether it breaks what the others need. */
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
