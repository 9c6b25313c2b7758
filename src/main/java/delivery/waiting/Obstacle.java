package delivery.waiting;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A likely cause of a state that does not come as expected.
 *
 * @param key      tells one obstacle from another, although its sentence may change from try to try:
 *                 "FailedCreate ReplicaSet/shop-5f7"
 * @param sentence the cause, one sentence
 * @param remedy   what a person can do where the environment is the cause, one sentence; empty where the delivery is
 * @param grace    for how long it must be there until it counts as final; empty if it may always pass
 * @param reports  how often it was reported so far, where nothing but reports tells of it. Such a one is taken for past
 *                 until another report comes. 0 where the state itself shows that it is there
 */
public record Obstacle(String key, String sentence, Optional<String> remedy, Optional<Duration> grace, long reports) {

    public Obstacle {
        Objects.requireNonNull(key);
        Objects.requireNonNull(sentence);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(grace);
    }

    /** An obstacle in the delivery, which the state shows, and which may pass. */
    public static Obstacle of(String key, String sentence) {
        return new Obstacle(key, sentence, Optional.empty(), Optional.empty(), 0);
    }

    /** The same, with the environment as its cause if there is a remedy for that. */
    public Obstacle inEnvironment(Optional<String> whatToDo) {
        return new Obstacle(key, sentence, whatToDo, grace, reports);
    }

    /** The same; it is final once it has been there for so long. */
    public Obstacle finalAfter(Duration time) {
        return new Obstacle(key, sentence, remedy, Optional.of(time), reports);
    }

    /** The same, known from so many reports alone. */
    public Obstacle reported(long times) {
        return new Obstacle(key, sentence, remedy, grace, times);
    }

    /** The same; it ends no wait. */
    public Obstacle mayPass() {
        return new Obstacle(key, sentence, remedy, Optional.empty(), reports);
    }

    /** The same, final whatever else is seen. */
    public Obstacle isFinal() {
        return new Obstacle(key, sentence, remedy, Optional.of(Duration.ZERO), 0);
    }
}
