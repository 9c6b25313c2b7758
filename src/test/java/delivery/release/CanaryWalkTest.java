package delivery.release;

import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.UnmeasurableSteps;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class CanaryWalkTest {

    private static final String PAUSE = "CanaryPauseStep";
    private static final String UNHELD = "{setWeight:20},{setWeight:60},{pause:{}}";
    private static final String TO_THE_FULL = "{setWeight:50},{pause:{}},{setWeight:100}";

    /** A release that goes on to its next state when it is promoted, and during each wait. */
    private static final class Scripted implements CanaryRelease {

        private final Deque<Rollout> states = new ArrayDeque<>();
        private final List<Integer> promoted = new ArrayList<>();
        private boolean analysed;

        Scripted(Rollout... states) {
            this.states.addAll(List.of(states));
        }

        @Override
        public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
            while (true) {
                Outcome<R> outcome = expectation.judge(now());
                if (outcome instanceof Outcome.Met<R> met) {
                    return met.value();
                }
                if (outcome instanceof Outcome.Impossible || states.size() == 1) {
                    throw new AssertionError(expectation.description() + ": " + outcome);
                }
                states.remove();
            }
        }

        private Release now() {
            return analysed ? ReleaseFixture.with(release(rollout(), ReleaseFixture.set("new", 2, "2", 1, 1)),
                    ReleaseFixture.analysis("new", "Failed")) : release(rollout());
        }

        @Override
        public Rollout rollout() {
            return states.element();
        }

        @Override
        public boolean promoteAt(int step) {
            boolean waits = rollout().step().orElse(-1) == step && rollout().paused(ReleaseExpectations.CANARY_PAUSE);
            if (waits) {
                promoted.add(step);
                states.remove();
            }
            return waits;
        }
    }

    private final List<String> looks = new ArrayList<>();

    private static Rollout at(String steps, int step) {
        return canary(steps, "2", paused(PAUSE, step));
    }

    private static Rollout at(int step) {
        return at(ReleaseFixture.STEPS, step);
    }

    private static Rollout analysed() {
        return canary("2", "phase:'Progressing',currentStepIndex:2,currentPodHash:'new',stableRS:'old'");
    }

    private static Rollout ended() {
        return canary("2", healthy("new"));
    }

    private static Rollout ended(String steps, int size) {
        return canary(steps, "2", healthy("new").replace("currentStepIndex:5", "currentStepIndex:" + size));
    }

    private static CanaryWalk walk(Scripted release) {
        return new CanaryWalk(release, new Version("2", "2"));
    }

    private List<String> measured(Scripted release) {
        return walk(release).toTheEnd(weight -> looks.add(String.valueOf(weight.percent())));
    }

    @Test
    void eachWeightIsLookedAtWhereItIsHeldAndPromotedThere() {
        Scripted release = new Scripted(at(1), analysed(), at(4), ended());
        assertThat(measured(release)).isEmpty();
        assertThat(looks).containsExactly("20", "60");
        assertThat(release.promoted).containsExactly(1, 4);
    }

    @Test
    void aFullWeightIsHeldByTheEnd() {
        Scripted release = new Scripted(at(TO_THE_FULL, 1), ended(TO_THE_FULL, 3));
        assertThat(measured(release)).isEmpty();
        assertThat(looks).containsExactly("50", "100");
        assertThat(release.promoted).containsExactly(1);
    }

    @Test
    void aWeightThatNoStepHoldsIsMissed() {
        Scripted release = new Scripted(at(UNHELD, 2), ended(UNHELD, 3));
        assertThat(measured(release))
                .containsExactly("setWeight 20 at step 0 is held by no step, so that what it serves"
                + " cannot be measured; add a pause after it");
        assertThat(looks).containsExactly("60");
    }

    @Test
    void aWeightThatWasOverBeforeItWasSeenIsMissed() {
        assertThat(measured(new Scripted(at(4), ended()))).singleElement().asString()
                .startsWith("setWeight 20 at step 0 was over before it could be measured; lengthen the ");
        assertThat(looks).containsExactly("60");
    }

    @Test
    void aWeightThatWasOverWhileItWasMeasuredIsMissed() {
        Scripted release = new Scripted(at(1), at(4), ended());
        List<String> missed = walk(release).toTheEnd(weight -> {
            if (weight.percent() == 20) {
                release.states.remove();
            }
        });
        assertThat(missed).singleElement().asString()
                .startsWith("setWeight 20 at step 0 was over while it was measured; lengthen the ");
        assertThat(release.promoted).containsExactly(4);
    }

    @Test
    void theLastPauseIsNotPromoted() {
        Scripted release = new Scripted(at(1), analysed(), at(4), ended());
        assertThat(walk(release).toLastPause().rollout().orElseThrow().step()).hasValue(4);
        assertThat(release.promoted).containsExactly(1);
    }

    @Test
    void aPauseThatIsShorterThanAPersonNeedsIsNoLastPause() {
        String steps = "{setWeight:20},{pause:{}},{pause:{duration:'5s'}},{pause:{duration:'4s'}}";
        Scripted release = new Scripted(at(steps, 1), at(steps, 2), at(steps, 3));
        assertThat(walk(release).toLastPause().rollout().orElseThrow().step()).hasValue(2);
        assertThatThrownBy(() -> walk(new Scripted(at("{setWeight:20},{pause:{duration:'4s'}}", 1))).toLastPause())
                .isInstanceOf(UnmeasurableSteps.class)
                .hasMessageContaining("no pause waits for a person, or lasts 5 s");
    }

    @Test
    void theFirstPodsMayComeAtALaterPause() {
        String steps = "{setWeight:0},{pause:{}},{setWeight:50},{pause:{}}";
        Scripted release = new Scripted(at(steps, 1), at(steps, 3));
        assertThat(walk(release).toFirstPods().rollout().orElseThrow().canaryPods().canary())
                .isEqualTo(1);
        assertThat(release.promoted).containsExactly(1);
    }

    @Test
    void pausesBeforeTheFirstAnalysisArePromoted() {
        Scripted release = new Scripted(at(1), analysed(), at(4));
        walk(release).toAnalysis();
        assertThat(release.promoted).containsExactly(1);
        assertThat(release.rollout().step()).hasValue(2);
    }

    /** A faulty version may be aborted before anybody sees its analysis. */
    @Test
    void anAnalysisThatHasEndedTheReleaseIsNotWaitedFor() {
        Scripted release = new Scripted(canary("{setWeight:20},{analysis:{templates:[{templateName:'version'}]}}", "2",
                "phase:'Degraded',abort:true,currentStepIndex:0,currentPodHash:'new',stableRS:'old'"));
        release.analysed = true;
        walk(release).toAnalysis();
        assertThat(release.promoted).isEmpty();
        release.analysed = false;
        assertThatThrownBy(() -> walk(release).toAnalysis()).isInstanceOf(AssertionError.class)
                .hasMessageContaining("the release was aborted");
    }

    @Test
    void whereNothingIsAnalysedNothingIsPromoted() {
        Scripted release = new Scripted(at(UNHELD, 2));
        walk(release).toAnalysis();
        assertThat(release.promoted).isEmpty();
    }

    @Test
    void anAnalysisBesideTheCanaryMayBeginAfterAPause() {
        Scripted later = new Scripted(inBackground(2, 1), inBackground(2, 3));
        walk(later).toAnalysis();
        assertThat(later.promoted).containsExactly(1);
        Scripted atOnce = new Scripted(inBackground(1, 1), inBackground(1, 3));
        walk(atOnce).toAnalysis();
        assertThat(atOnce.promoted).as("the pause is where it is judged").isEmpty();
    }

    private static Rollout inBackground(int from, int step) {
        return ReleaseFixture.rollout("2", "canary:{trafficRouting:{},analysis:{startingStep:" + from + "},steps:["
                + "{setWeight:20},{pause:{}},{setWeight:60},{pause:{}}]}", paused(PAUSE, step));
    }
}
