package delivery.release;

import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.argocd.Application;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.SimulatedWaiting;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A release of 2.0.0, revision 2, that is undone to 1.0.0; self-heal may apply 2.0.0 again. */
@Timeout(20)
class UndoWatchTest {

    private static final Release PROMOTED = state("2.0.0", 7, 7, "new", 1, 2);
    private static final Release SENT = state("1.0.0", 8, 7, "new", 1, 2);
    private static final Release TAKEN_UP = state("1.0.0", 8, 8, "old", 3, 2);
    private static final Release HEALED = state("2.0.0", 9, 9, "new", 3, 4);
    private static final Release HEALED_AT_ONCE = state("2.0.0", 9, 9, "new", 1, 2);

    private static final Application BY_ITSELF = application("10:02:00Z", "{automated:true}");

    private final StartedPods pods = new StartedPods(nothing());

    private static Release state(String tag, long generation, long observed, String current, long old, long fresh) {
        return release(Rollout.parse(json("{metadata:{name:'sample-api',uid:'u1',generation:" + generation
                        + "},spec:{strategy:{canary:{}},template:{spec:{containers:[{image:'ghcr.io/o/sample-api:" + tag
                        + "'}]}}},status:{observedGeneration:'" + observed + "'," + healthy(current) + "}}")),
                set("old", old, "1.0.0", 0, 0), set("new", fresh, "2.0.0", 2, 2));
    }

    private UndoWatch undo(IntFunction<Release> script) {
        return new UndoWatch(new Watched(new SimulatedWaiting<>(script)), PROMOTED, new Version("1.0.0", "1.0.0"),
                () -> "as Argo CD's self-heal applied it");
    }

    @Test
    void theControllerHasTakenUpWhatItHasObserved() {
        assertThat(undo(second -> second < 3 ? SENT : TAKEN_UP).awaitTakenUp()).isEqualTo(TAKEN_UP);
    }

    /** The state may last for less than the time between two reads. */
    @Test
    void whatTheControllerTookUpIsSeenAlthoughItWasTakenBackBeforeAnybodyLooked() {
        assertThat(undo(second -> HEALED).awaitTakenUp()).isEqualTo(HEALED);
        assertThat(undo(second -> second < 5 ? HEALED_AT_ONCE : HEALED).awaitTakenUp()).isEqualTo(HEALED);
    }

    @Test
    void whatWasTakenBackBeforeTheControllerTookItUpIsNotMet() {
        assertThatThrownBy(() -> undo(second -> HEALED_AT_ONCE).awaitTakenUp()).isInstanceOf(NotMet.class)
                .hasMessageStartingWith("the release was taken back: it asks for ghcr.io/o/sample-api:2.0.0 again,"
                        + " as Argo CD's self-heal applied it\nExpected: the controller takes the undo to 1.0.0 up");
    }

    @Test
    void anUndoThatIsStillThereAfter30SecondsLasts() {
        undo(second -> TAKEN_UP).requireLasting();
        assertThat(healed(second -> second <= 31 ? TAKEN_UP : HEALED, BY_ITSELF)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 20, 30})
    void anUndoThatIsTakenBackWithin30SecondsDoesNotLast(int taken) {
        IntFunction<Release> script = second -> second < taken ? TAKEN_UP : HEALED;
        assertThatThrownBy(() -> undo(script).requireLasting()).isInstanceOf(NotMet.class)
                .hasMessageStartingWith("the release was taken back").hasMessageContaining("Argo CD's self-heal")
                .hasMessageContaining("Expected: the undo lasts, throughout 30.0s");
        pods.see(StartedPodsTest.pod("a", "old"));
        assertThat(healed(script, BY_ITSELF)).isPresent();
    }

    /** Whether the pods became ready depends on which side was faster. */
    @Test
    void podsThatWereStartedCountAlthoughTheyAreGone() {
        pods.see(StartedPodsTest.pod("a", "old"));
        SelfHeal healed = healed(second -> HEALED, BY_ITSELF).orElseThrow();
        assertThat(healed.pods()).containsExactly("a");
        assertThat(healed.undone()).startsWith("the release asked for 1.0.0 again, and the controller took that up;"
                + " Argo CD's self-heal took the undo back after 3.").endsWith("is judged under RB-2");
        assertThat(healed.started()).endsWith(": a");
        assertThat(healed.found()).contains("the sync began at 10:02:00Z");
    }

    @Test
    void aPodMayBeReportedAfterTheReversal() {
        assertThat(healed(second -> {
            if (second == 5) {
                pods.see(StartedPodsTest.pod("a", "old"));
            }
            return HEALED;
        }, BY_ITSELF).orElseThrow().pods()).containsExactly("a");
    }

    @Test
    void whatWasTakenBackBeforeAPodWasStartedIsNotMet() {
        pods.see(StartedPodsTest.pod("a", "new"));
        assertThatThrownBy(() -> healed(second -> HEALED, BY_ITSELF)).isInstanceOf(NotMet.class)
                .hasMessageStartingWith("the release was taken back").hasMessageContaining("Argo CD's self-heal")
                .hasMessageContaining("Expected: pods of 1.0.0 are started");
    }

    /** A person's sync takes it back as well, and so does the sync of a commit. */
    @Test
    void whatSomethingElseTookBackIsNotMet() {
        pods.see(StartedPodsTest.pod("a", "old"));
        assertThatThrownBy(() -> healed(second -> HEALED, application("10:02:00Z", "{username:'admin'}")))
                .isInstanceOf(NotMet.class).hasMessageStartingWith("the release was taken back")
                .hasMessageContaining("Expected: the undo lasts");
        assertThatThrownBy(() -> healed(second -> HEALED, application("10:01:00Z", "{automated:true}")))
                .isInstanceOf(NotMet.class);
    }

    private Optional<SelfHeal> healed(IntFunction<Release> script, Application after) {
        return undo(script).awaitHealed(Instant.now().minusSeconds(3), pods,
                application("10:01:00Z", "{automated:true}"), () -> after);
    }

    private static Application application(String began, String initiated) {
        return Application.parse(json("{spec:{source:{path:'x'}},status:{operationState:{startedAt:'" + began
                + "',operation:{initiatedBy:" + initiated
                + ",sync:{resources:[{kind:'Rollout',name:'sample-api'}]}}}}}"));
    }

    private record Watched(SimulatedWaiting<Release> feed) implements WatchedRelease {

        @Override
        public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
            return feed.waiting().until(feed, expectation, limit);
        }

        @Override
        public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit,
                Function<Release, Duration> ownTime) {
            return feed.waiting().until(feed, expectation, limit, ownTime);
        }

        @Override
        public void throughout(Expectation<? super Release, ?> expectation, Duration time) {
            feed.waiting().throughout(feed, expectation, time);
        }
    }
}
