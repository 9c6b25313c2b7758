package delivery.faults;

import java.util.List;
import java.util.Set;

/**
 * A delivery that is broken on purpose.
 *
 * @param id      short name, fit for a branch
 * @param what    what is broken, one sentence
 * @param kind    what is edited
 * @param file    file of it
 * @param text    text in the file, which must be there
 * @param instead what stands there instead
 * @param prove   tag expression of the criteria that are tried
 * @param red     ids of the criteria that must not be proven
 * @param words   words that the reason must have
 * @param exit    exit code of the run
 */
record Fault(String id, String what, Kind kind, String file, String text, String instead, String prove, Set<String> red,
        List<String> words, int exit) {

    /** What is edited. */
    enum Kind {
        /** A copy of the chart, under an Application of its own. */
        CHART,
        /** A copy of the application's source. */
        SOURCE,
        /** The specification of an Application of its own, as JSON. */
        APPLICATION,
        /** A component of the lab is stopped: {@link Fault#file()} is its name. */
        COMPONENT
    }

    static Fault chart(String id, String what, String file, String text, String instead, String prove, Set<String> red,
            String... words) {
        return new Fault(id, what, Kind.CHART, "charts/sample-api/" + file, text, instead, prove, red, List.of(words), 1);
    }

    static Fault application(String id, String what, String text, String instead, String prove, Set<String> red,
            String... words) {
        return new Fault(id, what, Kind.APPLICATION, "", text, instead, prove, red, List.of(words), 1);
    }

    static Fault source(String id, String what, String file, String text, String instead, String prove, Set<String> red,
            String... words) {
        return new Fault(id, what, Kind.SOURCE, file, text, instead, prove, red, List.of(words), 1);
    }

    static Fault component(String id, String what, String name, String prove, Set<String> red, String... words) {
        return new Fault(id, what, Kind.COMPONENT, name, "", "", prove, red, List.of(words), 3);
    }

    @Override
    public String toString() {
        return id + ": " + what;
    }
}
