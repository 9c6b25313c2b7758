package delivery.traffic;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What came of one request for the version that serves.
 *
 * @param status  HTTP status; 0 if no answer came
 * @param version the version that answered, as its answer says
 * @param pod     the pod that answered, as its answer says
 * @param failure why nobody was served, in words that are the same for the same reason; empty for status 200 with a
 *                version
 * @param took    until the whole answer was there, or until it was given up
 * @param cookies names of the cookies that it set
 * @param before  the version that first served this user; empty if he had not been served before
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

    /** An answer to somebody who was not there before, without cookies. */
    public Answer(Instant at, int status, Optional<String> version, Optional<String> pod, Optional<String> failure,
            Duration took) {
        this(at, status, version, pod, failure, took, Set.of(), Optional.empty());
    }

    public Answer setting(Set<String> names) {
        return new Answer(at, status, version, pod, failure, took, names, before);
    }

    /** The same answer, to a user whom this version served first. */
    public Answer toUserOf(Optional<String> first) {
        return new Answer(at, status, version, pod, failure, took, cookies, first);
    }

    public boolean served() {
        return failure.isEmpty();
    }

    /** Whether nothing was answered within the time; one that is refused, or finds no pod, is answered. */
    public boolean isLate() {
        return status == 0 && failure.filter(why -> why.startsWith(LATE)).isPresent();
    }

    /** The failure of a request that nobody answered within a time. */
    public static String late(Duration limit) {
        return LATE + limit.toSeconds() + " s";
    }

    public static Answer lost(Instant at, String reason, Duration took) {
        return new Answer(at, 0, Optional.empty(), Optional.empty(), Optional.of(reason), took);
    }
}
