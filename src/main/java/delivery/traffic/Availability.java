package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Whether users were served at all, by whichever version. A request failed if it got no answer, was answered with 404
 * by a gateway that has no route for it, or was answered with 5xx.
 *
 * @param requests number of all requests
 * @param failed   those that failed, in the order they were sent
 */
public record Availability(int requests, List<Answer> failed) {

    private static final int NOT_FOUND = 404;
    private static final int SERVER_ERROR = 500;
    /** Failures that are not further apart count as one outage. */
    private static final Duration APART = Duration.ofSeconds(10);
    private static final int MOST_TIMES = 5;

    public static Availability of(Sample sample) {
        return new Availability(sample.size(), sample.answers().stream().filter(answer -> answer.status() == 0
                || answer.status() == NOT_FOUND || answer.status() >= SERVER_ERROR).toList());
    }

    public boolean isComplete() {
        return failed.isEmpty();
    }

    /** "3 of 614 requests failed, from 2026-11-27T10:02:11Z to 2026-11-27T10:02:13Z: 2 × HTTP 503, 1 × no answer". */
    public String sentence() {
        if (failed.isEmpty()) {
            return "all " + requests + " requests were answered";
        }
        List<String> times = times();
        return failed.size() + " of " + requests + " requests failed, " + times.stream().limit(MOST_TIMES)
                .collect(Collectors.joining(", ")) + (times.size() > MOST_TIMES ? " and at " + (times.size()
                - MOST_TIMES) + " later times" : "") + ": " + new Sample(failed).failures().entrySet().stream()
                .map(reason -> reason.getValue() + " × " + reason.getKey()).collect(Collectors.joining(", "));
    }

    private List<String> times() {
        List<String> times = new ArrayList<>();
        Instant from = failed.get(0).at();
        Instant to = from;
        for (Answer answer : failed) {
            if (Duration.between(to, answer.at()).compareTo(APART) > 0) {
                times.add(words(from, to));
                from = answer.at();
            }
            to = answer.at();
        }
        times.add(words(from, to));
        return times;
    }

    private static String words(Instant from, Instant to) {
        Instant begin = from.truncatedTo(ChronoUnit.SECONDS);
        Instant end = to.truncatedTo(ChronoUnit.SECONDS);
        return begin.equals(end) ? "at " + begin : "from " + begin + " to " + end;
    }
}
