package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The result of one request for the version that serves.
 *
 * @param status  HTTP status; 0 if no answer came
 * @param version the version that answered, according to its answer
 * @param pod     the pod that answered, according to its answer
 * @param failure why nobody was served, in the same words for the same reason; empty for status 200 with a version
 * @param took    until the answer was complete, or until the request was given up
 * @param cookies names of the cookies that it set
 * @param before  the version that first served this user; empty if the user had not been served before
 */
public record Answer(
        Instant at, int status, Optional<String> version, Optional<String> pod, Optional<String> failure,
        Duration took, Set<String> cookies, Optional<String> before) {

    public static final Duration LIMIT = Duration.ofSeconds(10);
    private static final String LATE = "no answer within ";

    public Answer {
        Objects.requireNonNull(at);
        Objects.requireNonNull(version);
        Objects.requireNonNull(pod);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(took);
        Objects.requireNonNull(before);
        cookies = Set.copyOf(cookies);
        if (failure.isEmpty() && version.isEmpty()) {
            throw new IllegalArgumentException("an answer names a version or says why it does not");
        }
    }

    /** An answer without cookies to a new user. */
    public Answer(Instant at, int status, Optional<String> version, Optional<String> pod, Optional<String> failure,
            Duration took) {
        this(at, status, version, pod, failure, took, Set.of(), Optional.empty());
    }

    public Answer setting(Set<String> names) {
        return new Answer(at, status, version, pod, failure, took, names, before);
    }

    /** Returns the same answer, to a user whom this version served first. */
    public Answer toUserOf(Optional<String> first) {
        return new Answer(at, status, version, pod, failure, took, cookies, first);
    }

    public boolean served() {
        return failure.isEmpty();
    }

    /** Whether no answer came within the limit; a refusal, or an answer that there is no pod, is not late. */
    public boolean isLate() {
        return status == 0 && failure.filter(why -> why.startsWith(LATE)).isPresent();
    }

    /** The failure of a request that was not answered within a limit. */
    public static String late(Duration limit) {
        return LATE + limit.toSeconds() + " s";
    }

    public static Answer lost(Instant at, String reason, Duration took) {
        return new Answer(at, 0, Optional.empty(), Optional.empty(), Optional.of(reason), took);
    }
}
