package delivery.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The findings on the routes of a release's host. They can only make a verdict worse: only the answers that users get
 * prove that they are routed correctly.
 *
 * @param wrong  routes that contradict the Rollout's strategy, each as a sentence without its full stop
 * @param notes   facts that are not judged, each likewise
 * @param sticky means that keep users at one Service, each with its object
 */
public record RouteFindings(List<String> wrong, List<String> notes, List<String> sticky) {

    public RouteFindings {
        wrong = List.copyOf(wrong);
        notes = List.copyOf(notes);
        sticky = List.copyOf(sticky);
    }

    /** Returns all that is wrong, in one or more sentences; empty if nothing is. */
    public Optional<String> complaint() {
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** Returns all that is wrong, followed by what users were served wrongly: the routes are the cause of the rest. */
    public Optional<String> and(Optional<String> served) {
        List<String> all = Stream.of(complaint(), served).flatMap(Optional::stream).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", all));
    }

    /** Returns everything, one line each, for the evidence. */
    public String text() {
        StringBuilder text = new StringBuilder();
        wrong.forEach(line -> text.append("wrong: ").append(line).append('\n'));
        notes.forEach(line -> text.append(line).append('\n'));
        sticky.forEach(line -> text.append("keeps users at a Service: ").append(line).append('\n'));
        return text.toString();
    }
}
