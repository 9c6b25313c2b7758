package delivery.waiting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

/** The cause of a failure is in its first sentence, and ends a wait as soon as it is final. */
class ObstaclesTest {

    private static final Obstacle PROBE = Obstacle.of("probe", "The readiness probe asks for /nowhere");
    private static final Obstacle QUOTA = Obstacle.of("quota", "The quota is exceeded")
            .inEnvironment(Optional.of("Raise the quota"));
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final AtomicLong now = new AtomicLong();
    private final Waiting waiting = new Waiting(1.0, (what, elapsed, lastSeen) -> { }, now::get);
    private final List<String> looks = new ArrayList<>();

    @Test
    void theLikelyCauseIsTheFirstSentenceWhenTheTimeIsOver() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE))).isInstanceOf(NotMet.class)
                .hasMessageStartingWith("Likely cause: The readiness probe asks for /nowhere\nExpected: it is ready\n"
                        + "Last seen: not ready\nSeen on the way:")
                .satisfies(notMet -> assertThat(((NotMet) notMet).isForGood()).isFalse());
        assertThat(now.get()).as("waited to the end").isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void aCauseThatIsPastWhenTheTimeIsOverIsNotNamed() {
        assertThatThrownBy(() -> await(second -> second < 29 ? List.of(PROBE) : List.of()))
                .hasMessageStartingWith("Expected: it is ready\nLast seen: not ready");
    }

    @Test
    void theMostSpecificCauseIsNamed() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE, QUOTA))).isInstanceOf(NotMet.class)
                .hasMessageStartingWith("Likely cause: The readiness probe")
                .hasMessageContaining("\nLast seen: not ready\nAlso seen: The quota is exceeded\nSeen on the way:");
        assertThatThrownBy(() -> await(second -> List.of(QUOTA, PROBE))).isInstanceOf(EnvironmentNotFit.class);
    }

    @Test
    void aCauseInTheEnvironmentIsNoVerdictOnTheDelivery() {
        assertThatThrownBy(() -> await(second -> List.of(QUOTA))).isInstanceOf(EnvironmentNotFit.class)
                .hasMessageStartingWith("Likely cause: The quota is exceeded. Raise the quota\nExpected: it is ready");
    }

    @Test
    void whatIsFinalEndsTheWaitOnceItHasBeenThereForItsGrace() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE.finalAfter(GRACE)))).isInstanceOf(NotMet.class)
                .hasMessageStartingWith(
                        "The readiness probe asks for /nowhere\nExpected: it is ready\nLast seen: not ready")
                .satisfies(notMet -> assertThat(((NotMet) notMet).isForGood()).isTrue());
        assertThat(now.get()).isEqualTo(GRACE.toNanos());
    }

    @Test
    void whatMayPassEndsNothingAndIsStillTheCause() {
        assertThatThrownBy(() -> await(second -> List.of(QUOTA.finalAfter(GRACE).mayPass())))
                .isInstanceOf(EnvironmentNotFit.class).hasMessageStartingWith("Likely cause: The quota is exceeded");
        assertThat(now.get()).isEqualTo(Duration.ofSeconds(30).toNanos());
    }

    @Test
    void theGraceBeginsAgainWithEachBreak() {
        assertThatThrownBy(() -> await(second -> second == 8 ? List.of() : List.of(PROBE.finalAfter(GRACE))))
                .isInstanceOf(NotMet.class);
        assertThat(now.get()).isEqualTo(Duration.ofSeconds(19).toNanos());
    }

    @Test
    void whatPassesWithinItsGraceEndsNothing() {
        assertThat(await(second -> second == 9 ? null : List.of(QUOTA.finalAfter(GRACE)))).isEqualTo("ready");
    }

    /** A watch may be broken without noticing it. */
    @Test
    void theStateIsReadAgainBeforeItIsBlamed() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE.isFinal()))).isInstanceOf(NotMet.class);
        assertThat(looks).containsExactly("latest", "fresh");
        looks.clear();
        assertThat(waiting.until(new State(second -> List.of(PROBE.isFinal()), true), expectation(),
                WaitLimit.RECONCILE))
                .isEqualTo("ready");
    }

    @Test
    void reportsThatAreNotRepeatedAfterTheGraceEndNothing() {
        Obstacle reported = PROBE.finalAfter(GRACE);
        assertThat(await(second -> second == 25 ? null : List.of(reported.reported(Math.min(5, second + 1)))))
                .isEqualTo("ready");
    }

    @Test
    void reportsThatGoOnAfterTheGraceAreFinal() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE.finalAfter(GRACE).reported(second < 16 ? 3 : 4))))
                .isInstanceOf(NotMet.class).hasMessageStartingWith("The readiness probe");
        assertThat(now.get()).isEqualTo(Duration.ofSeconds(16).toNanos());
    }

    @Test
    void aReportOfTheTimeBeforeTheWaitIsNoCause() {
        assertThatThrownBy(() -> await(second -> List.of(PROBE.reported(3)))).hasMessageStartingWith("Expected: ")
                .hasMessageContaining("Also seen: The readiness probe");
        assertThatThrownBy(() -> await(second -> second < 5 ? List.of() : List.of(PROBE.reported(3))))
                .as("reported during the wait").hasMessageStartingWith("Likely cause: The readiness probe");
        assertThatThrownBy(() -> await(second -> List.of(PROBE.reported(second < 5 ? 3 : 4))))
                .as("reported again during the wait").hasMessageStartingWith("Likely cause: The readiness probe");
    }

    @Test
    void anImpossibleOutcomeMayHaveItsCauseInTheEnvironment() {
        Expectation<Optional<List<Obstacle>>, String> refused =
                Expectation.of("it is ready", state -> Outcome.impossible(QUOTA));
        assertThatThrownBy(() -> waiting.until(new State(second -> List.of(), false), refused, WaitLimit.RECONCILE))
                .isInstanceOf(EnvironmentNotFit.class)
                .hasMessageStartingWith("The quota is exceeded. Raise the quota\nExpected");
    }

    @Test
    void anExpectationIsExplainedOnlyWhereItSaysNothingItself() {
        Expectation<Integer, String> explained = Expectation.explained(Expectation.<Integer, String>of("it is ready",
                state -> switch (state) {
                    case 0 -> Outcome.notYet("not ready");
                    case 1 -> Outcome.impossible(QUOTA);
                    case 2 -> Outcome.impossible("gone");
                    default -> Outcome.met("ready");
                }), state -> List.of(PROBE));
        assertThat(explained.description()).isEqualTo("it is ready");
        assertThat(((Outcome.NotYet<String>) explained.judge(0)).obstacles()).containsExactly(PROBE);
        assertThat(((Outcome.NotYet<String>) explained.judge(1)).obstacles()).containsExactly(QUOTA.isFinal());
        assertThat(explained.judge(2)).isEqualTo(Outcome.impossible("gone"));
        assertThat(explained.judge(3)).isEqualTo(Outcome.met("ready"));
    }

    /** Waits for a state; null stands for the expected one. */
    private String await(IntFunction<List<Obstacle>> obstacles) {
        now.set(0);
        return waiting.until(new State(obstacles, false), expectation(), WaitLimit.RECONCILE);
    }

    private static Expectation<Optional<List<Obstacle>>, String> expectation() {
        return Expectation.of("it is ready", state -> state.<Outcome<String>>map(obstacles ->
                new Outcome.NotYet<>("not ready", false, obstacles)).orElseGet(() -> Outcome.met("ready")));
    }

    private final class State implements Feed<Optional<List<Obstacle>>> {

        private final IntFunction<List<Obstacle>> obstacles;
        private final boolean well;
        private final Listeners listeners = new Listeners();
        private long next;

        /** @param well whether a read of the state itself finds nothing wrong */
        State(IntFunction<List<Obstacle>> obstacles, boolean well) {
            this.obstacles = obstacles;
            this.well = well;
        }

        @Override
        public Optional<List<Obstacle>> lastKnown() {
            looks.add("latest");
            now.set(Duration.ofSeconds(next++).toNanos());
            listeners.changed();
            return state();
        }

        @Override
        public Optional<List<Obstacle>> readNow() {
            looks.add("fresh");
            return well ? Optional.empty() : state();
        }

        private Optional<List<Obstacle>> state() {
            return Optional.ofNullable(obstacles.apply((int) Duration.ofNanos(now.get()).toSeconds()));
        }

        @Override
        public Subscription onChange(Runnable listener) {
            return listeners.add(listener);
        }

        @Override
        public String whereToLook() {
            return "nowhere";
        }
    }
}
