package delivery.waiting;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * A likely cause why a state is not as expected.
 *
 * @param key      identifies the obstacle, although its sentence may change between attempts: "FailedCreate
 *                 ReplicaSet/shop-5f7"
 * @param sentence the cause, one sentence
 * @param remedy   advice for a person if the environment is the cause, one sentence; empty if the delivery is
 * @param grace    time after which it counts as final if it has not gone; empty if it may always pass
 * @param reports  number of reports so far, if only reports show it: it then counts as past until another one comes; 0
 *                 if the state itself shows it
 */
public record Obstacle(String key, String sentence, Optional<String> remedy, Optional<Duration> grace, long reports) {

    public Obstacle {
        Objects.requireNonNull(key);
        Objects.requireNonNull(sentence);
        Objects.requireNonNull(remedy);
        Objects.requireNonNull(grace);
    }

    /** Returns an obstacle in the delivery that the state shows and that may pass. */
    public static Obstacle of(String key, String sentence) {
        return new Obstacle(key, sentence, Optional.empty(), Optional.empty(), 0);
    }

    /** Returns the same obstacle, with the environment as its cause if a remedy is given. */
    public Obstacle inEnvironment(Optional<String> whatToDo) {
        return new Obstacle(key, sentence, whatToDo, grace, reports);
    }

    /** Returns the same obstacle, which becomes final when it has lasted for this time. */
    public Obstacle finalAfter(Duration time) {
        return new Obstacle(key, sentence, remedy, Optional.of(time), reports);
    }

    /** Returns the same obstacle, known only through this number of reports. */
    public Obstacle reported(long times) {
        return new Obstacle(key, sentence, remedy, grace, times);
    }

    /** Returns the same obstacle, which never ends a wait. */
    public Obstacle mayPass() {
        return new Obstacle(key, sentence, remedy, Optional.empty(), reports);
    }

    /** Returns the same obstacle, which is final whatever else is seen. */
    public Obstacle isFinal() {
        return new Obstacle(key, sentence, remedy, Optional.of(Duration.ZERO), 0);
    }
}
