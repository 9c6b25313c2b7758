package delivery.route;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the routes of a release's host say of where its users are led. It can only make a verdict worse: that users are
 * led right is seen by what they are answered, never by this.
 *
 * @param wrong what leads users elsewhere than the Rollout's strategy asks for, each a sentence without its full stop
 * @param told  what is there and is not judged, each likewise
 * @param sticky by what users are kept at one Service, each with the object that says so
 */
public record RouteFindings(List<String> wrong, List<String> told, List<String> sticky) {

    public RouteFindings {
        wrong = List.copyOf(wrong);
        told = List.copyOf(told);
        sticky = List.copyOf(sticky);
    }

    /** All that is wrong in one sentence or more; empty if nothing is. */
    public Optional<String> complaint() {
        return wrong.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", wrong));
    }

    /** All that is wrong, and what users were served besides; the routes first, as they are the cause of the rest. */
    public Optional<String> and(Optional<String> served) {
        List<String> all = Stream.of(complaint(), served).flatMap(Optional::stream).toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(String.join(". ", all));
    }

    /** Everything, one line each, for the evidence. */
    public String text() {
        StringBuilder text = new StringBuilder();
        wrong.forEach(line -> text.append("wrong: ").append(line).append('\n'));
        told.forEach(line -> text.append(line).append('\n'));
        sticky.forEach(line -> text.append("keeps users at a Service: ").append(line).append('\n'));
        return text.toString();
    }
}
