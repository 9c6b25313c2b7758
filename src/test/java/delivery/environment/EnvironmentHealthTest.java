package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.NotMet;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A criterion that seems not to be met, on a healthy platform and on an unhealthy one. */
class EnvironmentHealthTest {

    private static final Instant BEGIN = Instant.parse("2026-01-31T12:00:00Z");
    private static final AssertionError SEEN =
            new AssertionError("\n Every one of 300 requests must be answered by 2\nmore");

    private static final Set<String> CASE = Set.of("sample-api-bg-1-x");

    private final AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
    private boolean well = true;
    private Optional<EnvironmentNotFit> unfit = Optional.empty();
    private Optional<String> disturbed = Optional.empty();
    private final HealthMonitor pulse = new HealthMonitor(Map.of("Argo CD's server", () -> {
        if (!well) {
            throw new EnvironmentNotFit("connection refused", "See to it");
        }
    }), now::get);
    private final EnvironmentHealth fitness =
            new EnvironmentHealth(pulse, namespaces -> namespaces.equals(CASE) ? unfit : Optional.empty(),
                    (namespaces, since) -> namespaces.equals(CASE) ? disturbed : Optional.empty());

    @AfterEach
    void end() {
        fitness.close();
    }

    @Test
    void whatIsNotMetStaysSoOnAPlatformThatIsWell() {
        pulse.beat();

        assertThat(fitness.unfitBehind(SEEN, BEGIN, CASE)).isEmpty();
        assertThat(fitness.unfitBehind(notMet(Outcome.notYet("it is not there")), BEGIN, CASE)).isEmpty();
    }

    @Test
    void whatRanOutOfTimeWhileAPartDidNotWorkIsNotKnown() {
        fails();

        assertThat(fitness.unfitBehind(notMet(Outcome.notYet("it is not there")), BEGIN, CASE))
                .hasValueSatisfying(problem ->
                assertThat(problem).hasMessageContaining("Argo CD's server").hasMessageContaining("connection refused")
                        .hasMessageContaining("Seen then: Expected: it is there"));
        assertThat(fitness.unfitBehind(SEEN, BEGIN, CASE)).hasValueSatisfying(problem -> assertThat(problem)
                .hasMessageContaining("Seen then: Every one of 300 requests must be answered by 2."));
    }

    @Test
    void whatWasWellAgainBeforeTheScenarioBeganIsNoExcuse() {
        fails();
        now.set(BEGIN.plusSeconds(10));

        assertThat(fitness.unfitBehind(SEEN, BEGIN.plusSeconds(5), CASE)).isEmpty();
    }

    @Test
    void whatCannotBecomeAsExpectedStaysNotMetWhateverThePlatformDid() {
        fails();

        assertThat(fitness.unfitBehind(notMet(Outcome.impossible("its image is not there")), BEGIN, CASE)).isEmpty();
    }

    @Test
    void whatThePlatformDidToPodsIsNoVerdictOnThem() {
        pulse.beat();
        disturbed = Optional.of("the kubelet of the node lab was started");

        assertThat(fitness.unfitBehind(notMet(Outcome.impossible("a pod was not ready for a while")), BEGIN, CASE))
                .hasValueSatisfying(problem -> assertThat(problem).hasMessageContaining("the kubelet of the node lab"));
        assertThat(fitness.unfitBehind(notMet(Outcome.impossible("a pod was not ready for a while")), BEGIN,
                Set.of("other"))).isEmpty();
    }

    @Test
    void whatDoesNotWorkNowIsReportedToo() {
        pulse.beat();
        unfit = Optional.of(new EnvironmentNotFit("The node lab is not ready", "See to it"));

        assertThat(fitness.unfitBehind(SEEN, BEGIN, CASE)).hasValueSatisfying(problem ->
                assertThat(problem).hasMessageContaining("The node lab is not ready"));
    }

    private void fails() {
        well = false;
        pulse.beat();
        now.set(BEGIN.plusSeconds(2));
        well = true;
        pulse.beat();
    }

    private static NotMet notMet(Outcome<String> outcome) {
        return catchThrowableOfType(NotMet.class, () -> new Waiting(0.001, (what, elapsed, seen) -> { }).until(
                new Feed<String>() {
                    @Override
                    public String lastKnown() {
                        return "state";
                    }

                    @Override
                    public Subscription onChange(Runnable listener) {
                        return () -> { };
                    }

                    @Override
                    public String whereToLook() {
                        return "nowhere";
                    }
                }, Expectation.of("it is there", state -> outcome), WaitLimit.RECONCILE));
    }
}
