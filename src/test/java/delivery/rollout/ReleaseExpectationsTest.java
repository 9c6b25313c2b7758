package delivery.rollout;

import static delivery.rollout.ReleaseFixture.analysis;
import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.impossible;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.rollout;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.waiting;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReleaseExpectationsTest {

    private static final String OLD = "1.0.0";
    private static final String NEW = "2.0.0";
    private static final String ABORTED = "phase:'Degraded',abort:true,currentStepIndex:0,currentPodHash:'new',"
            + "stableRS:'old',message:'RolloutAborted: Rollout aborted update to revision 2'";
    private static final String PROGRESSING = "phase:'Progressing',message:'more replicas need to be updated',"
            + "currentPodHash:'new',stableRS:'old',currentStepIndex:0";
    private static final String ON_PREVIEW = paused("BlueGreenPause", 0)
            + ",blueGreen:{activeSelector:'old',previewSelector:'new'}";

    private static Release canaryRelease(String status) {
        return release(canary(NEW, status), set("old", 1, OLD, 2, 2), set("new", 2, NEW, 1, 1));
    }

    private static Release blueGreenRelease(String status) {
        return release(blueGreen(NEW, status), set("old", 1, OLD, 2, 2), set("new", 2, NEW, 2, 2));
    }

    /** Returns every expectation that a release becomes available. */
    static Stream<Expectation<Release, ?>> comingUp() {
        return Stream.of(ReleaseExpectations.healthy(NEW),
                ReleaseExpectations.waitsOnPreview(NEW), ReleaseExpectations.waitsAtPauseAfter(-1, NEW),
                ReleaseExpectations.holdsAfterOrEnds(-1, NEW, Set.of()), ReleaseExpectations.available(NEW, 3));
    }

    @Nested
    class ATagThatIsSetBack {

        private static final String BACK_AT_STEP_1 = paused("CanaryPauseStep", 1).replace("'new'", "'old'")
                .replace("stableRS:'old'", "stableRS:'new'");

        @Test
        void theReleaseIsHealthyAgain() {
            Release back = release(canary(OLD, healthy("old")), set("old", 1, OLD, 2, 2), set("new", 2, NEW, 0, 0));
            assertThat(met(ReleaseExpectations.backTo(OLD).judge(back))).isSameAs(back);
        }

        @Test
        void theControllerMayNotHaveSeenItYet() {
            assertThat(notYet(ReleaseExpectations.backTo(OLD).judge(canaryRelease(PROGRESSING))))
                    .isEqualTo("the Rollout asks for ghcr.io/o/sample-api:2.0.0");
        }

        @Test
        void aNewerVersionThatBecameTheStableOneIsNotWaitedFor() {
            Release overtaken = release(canary(OLD, BACK_AT_STEP_1), set("old", 3, OLD, 1, 1),
                    set("new", 2, NEW, 2, 2));
            assertThat(impossible(ReleaseExpectations.backTo(OLD).judge(overtaken)))
                    .startsWith("the newer version became the stable one before its tag was set back: Paused");
        }
    }

    @Nested
    class WhateverIsToComeUp {

        private static final String GONE = "ErrImagePull: failed to resolve reference \"ghcr.io/o/sample-api:2.0.0\": ";

        static Stream<Expectation<Release, ?>> comingUp() {
            return ReleaseExpectationsTest.comingUp();
        }

        @ParameterizedTest
        @MethodSource("comingUp")
        void itMayNotBeThereYet(Expectation<Release, ?> expectation) {
            assertThat(expectation.description()).contains(NEW);
            assertThat(notYet(expectation.judge(nothing()))).isEqualTo("there is no Rollout yet");
            assertThat(notYet(expectation.judge(release(canary(OLD, healthy("old"))))))
                    .isEqualTo("the Rollout asks for ghcr.io/o/sample-api:1.0.0");
        }

        @ParameterizedTest
        @MethodSource("comingUp")
        void anImageThatTheRegistryDoesNotHaveNeverComes(Expectation<Release, ?> expectation) {
            for (String why : List.of("not found", "manifest unknown: no such tag")) {
                assertThat(impossible(expectation.judge(with(canaryRelease(PROGRESSING),
                        waiting("new", "ImagePullBackOff", "Back-off pulling image: " + GONE + why)))))
                        .contains("its image cannot be pulled", "ghcr.io/o/sample-api:2.0.0", why);
            }
            assertThat(impossible(expectation.judge(with(canaryRelease(PROGRESSING),
                    waiting("new", "InvalidImageName", "couldn`t parse image name"))))).contains("InvalidImageName");
        }

        @ParameterizedTest
        @MethodSource("comingUp")
        void anAbortRulesItOut(Expectation<Release, ?> expectation) {
            assertThat(impossible(expectation.judge(canaryRelease(ABORTED))))
                    .contains("the release was aborted: RolloutAborted: Rollout aborted update to revision 2");
        }

        @ParameterizedTest
        @MethodSource("comingUp")
        void aRefusedSpecRulesItOut(Expectation<Release, ?> expectation) {
            assertThat(impossible(expectation.judge(canaryRelease("phase:'Degraded',conditions:[{type:'InvalidSpec',"
                    + "status:'True',reason:'InvalidSpec',message:'duplicate steps'}]"))))
                    .contains("InvalidSpec: duplicate steps");
        }

        @Test
        void whatASpecRefersToMayComeLater() {
            String status = "phase:'Degraded',message:'InvalidSpec: service \"canary\" not found',conditions:["
                    + "{type:'InvalidSpec',status:'True',reason:'InvalidSpec',message:'service \"canary\" not found'}]";
            assertThat(notYet(ReleaseExpectations.healthy(NEW).judge(canaryRelease(status))))
                    .contains("service \"canary\" not found");
            assertThat(notYet(ReleaseExpectations.follows(Strategy.CANARY).judge(canaryRelease(status))))
                    .contains("service \"canary\" not found");
        }

        @ParameterizedTest
        @MethodSource("comingUp")
        void whatTheStatusSaysOfAnEarlierGenerationRulesNothingOut(Expectation<Release, ?> expectation) {
            String earlier = ",observedGeneration:'6'";
            for (String status : List.of(ABORTED, healthy("new"), "phase:'Degraded',conditions:[{type:'InvalidSpec',"
                    + "status:'True',reason:'InvalidSpec',message:'once'}]")) {
                boolean preview = expectation.description().contains("blue-green");
                notYet(expectation.judge(preview ? blueGreenRelease(status + earlier)
                        : canaryRelease(status + earlier)));
            }
        }

        @ParameterizedTest
        @CsvSource(delimiter = '|', value = {
            "ErrImagePull|failed to pull image: dial tcp 10.0.0.1:443: connect: connection refused",
            "ImagePullBackOff|Back-off pulling image: lookup ghcr.io: no such host",
            "CrashLoopBackOff|back-off 10s restarting failed container",
            "CreateContainerConfigError|configmap image-settings not found",
            "RunContainerError|exec of the image: python: executable file not found in $PATH"})
        void whatMayPassIsOnlyReported(String reason, String message) {
            assertThat(notYet(ReleaseExpectations.available(NEW, 3).judge(
                    with(canaryRelease(PROGRESSING), waiting("new", reason, message))))).contains(reason, message);
        }

        @Test
        void aPodOfTheOldVersionRulesNothingOut() {
            assertThat(notYet(ReleaseExpectations.healthy(NEW).judge(with(canaryRelease(PROGRESSING),
                    waiting("old", "ImagePullBackOff", GONE + "not found"))))).contains("not found");
        }
    }

    @Nested
    class Healthy {

        @Test
        void itIsHealthyOnceItIsTheStableOne() {
            Release release = canaryRelease(healthy("new"));
            assertThat(met(ReleaseExpectations.healthy(NEW).judge(release))).isSameAs(release);
        }

        @ParameterizedTest
        @ValueSource(strings = {PROGRESSING, "phase:'Healthy',currentPodHash:'new',stableRS:'old'",
            "phase:'Healthy',currentPodHash:'new'"})
        void itIsNotHealthyBefore(String status) {
            assertThat(notYet(ReleaseExpectations.healthy(NEW).judge(canaryRelease(status))))
                    .contains("it is ", "new new");
        }
    }

    @Nested
    class AskedFor {

        @Test
        void theControllerHasSeenIt() {
            met(ReleaseExpectations.asksFor(NEW).judge(canaryRelease(PROGRESSING)));
            met(ReleaseExpectations.asksFor(NEW).judge(canaryRelease(ABORTED)));
            assertThat(notYet(ReleaseExpectations.asksFor(NEW).judge(nothing()))).isEqualTo("there is no Rollout yet");
            assertThat(notYet(ReleaseExpectations.asksFor(NEW).judge(release(canary(OLD, healthy("old"))))))
                    .isEqualTo("the Rollout asks for ghcr.io/o/sample-api:1.0.0");
            assertThat(impossible(ReleaseExpectations.asksFor(NEW).judge(canaryRelease("phase:'Degraded',conditions:["
                    + "{type:'InvalidSpec',status:'True',reason:'InvalidSpec',message:'duplicate steps'}]"))))
                    .contains("InvalidSpec: duplicate steps");
            assertThat(notYet(ReleaseExpectations.asksFor(NEW).judge(
                    canaryRelease(PROGRESSING + ",observedGeneration:'6'"))))
                    .contains("the controller has not seen it");
        }
    }

    @Nested
    class OnPreview {

        private final Expectation<Release, Release> expectation = ReleaseExpectations.waitsOnPreview(NEW);

        @Test
        void itWaitsForAPerson() {
            met(expectation.judge(blueGreenRelease(ON_PREVIEW)));
            assertThat(notYet(expectation.judge(blueGreenRelease(PROGRESSING)))).contains("more replicas need");
        }

        @Test
        void aPauseForAnotherReasonIsNotThat() {
            assertThat(notYet(expectation.judge(blueGreenRelease(paused("InconclusiveAnalysisRun", 0)))))
                    .contains("InconclusiveAnalysisRun");
        }

        @Test
        void oneThatWasPromotedAlreadyAskedNobody() {
            assertThat(impossible(expectation.judge(blueGreenRelease(healthy("new")))))
                    .contains("promoted by itself", "active new");
            assertThat(impossible(expectation.judge(blueGreenRelease(
                    PROGRESSING + ",blueGreen:{activeSelector:'new',previewSelector:'new'}"))))
                    .contains("promoted by itself");
        }

        @Test
        void aCanaryReleaseHasNoPreview() {
            assertThat(impossible(expectation.judge(canaryRelease(PROGRESSING)))).contains("follows canary");
        }
    }

    @Nested
    class AtAPause {

        @Test
        void itIsAPauseOfTheSteps() {
            met(ReleaseExpectations.waitsAtPauseAfter(-1, NEW).judge(canaryRelease(paused("CanaryPauseStep", 1))));
            assertThat(notYet(ReleaseExpectations.waitsAtPauseAfter(-1, NEW).judge(
                    canaryRelease(paused("InconclusiveAnalysisRun", 2))))).contains("InconclusiveAnalysisRun");
        }

        @ParameterizedTest
        @CsvSource({"1, false", "2, false", "3, false", "4, true"})
        void itIsALaterOneThanBefore(int step, boolean later) {
            Outcome<Release> outcome = ReleaseExpectations.waitsAtPauseAfter(3, NEW)
                    .judge(canaryRelease(paused("CanaryPauseStep", step)));
            assertThat(outcome).isInstanceOf(later ? Outcome.Met.class : Outcome.NotYet.class);
        }

        @Test
        void theEndOfTheReleaseIsNoPause() {
            assertThat(impossible(ReleaseExpectations.waitsAtPauseAfter(1, NEW).judge(canaryRelease(healthy("new")))))
                    .contains("went on to its end, nobody was asked");
            met(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of()).judge(canaryRelease(healthy("new"))));
        }

        @Test
        void theEndOfTheReleaseBeforeIsNoEnd() {
            notYet(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of()).judge(
                    canaryRelease(healthy("old") + ",observedGeneration:'6'")));
            notYet(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of()).judge(
                    release(canary(OLD, healthy("old")), set("old", 1, OLD, 2, 2))));
        }

        @Test
        void anAnalysisHoldsWhereItCounts() {
            String analysed = "phase:'Progressing',currentStepIndex:2,currentPodHash:'new',stableRS:'old'";
            met(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of(2)).judge(canaryRelease(analysed)));
            notYet(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of()).judge(canaryRelease(analysed)));
            notYet(ReleaseExpectations.holdsAfterOrEnds(2, NEW, Set.of(2)).judge(canaryRelease(analysed)));
            notYet(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of(2)).judge(
                    canaryRelease(analysed + ",observedGeneration:'6'")));
            assertThat(impossible(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of(2)).judge(
                    canaryRelease(analysed + ",abort:true")))).contains("was aborted");
        }

        @Test
        void itMayWaitBeforeItEnds() {
            met(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of())
                    .judge(canaryRelease(paused("CanaryPauseStep", 4))));
            notYet(ReleaseExpectations.holdsAfterOrEnds(1, NEW, Set.of())
                    .judge(canaryRelease(paused("CanaryPauseStep", 1))));
        }
    }

    @Nested
    class Available {

        @Test
        void thePodsOfTheNewReplicaSetAreCounted() {
            Release release = canaryRelease(PROGRESSING);
            assertThat(met(ReleaseExpectations.available(NEW, 1).judge(release)).hash()).isEqualTo("new");
            assertThat(met(ReleaseExpectations.available(NEW, 0).judge(release)).hash()).isEqualTo("new");
            assertThat(notYet(ReleaseExpectations.available(NEW, 2).judge(release)))
                    .contains("sample-api-new (revision 2): 1 of 1 pods available");
        }

        @Test
        void noneIsNotAll() {
            assertThat(notYet(ReleaseExpectations.available(NEW, 0).judge(
                    release(canary(NEW, PROGRESSING), set("new", 2, NEW, 0, 0))))).contains("0 of 0 pods");
        }

        @Test
        void oneThatIsBeingScaledDownHasTooMany() {
            notYet(ReleaseExpectations.available(NEW, 1).judge(
                    release(canary(NEW, PROGRESSING), set("new", 2, NEW, 1, 2))));
        }

        @Test
        void withoutAReplicaSetThereAreNone() {
            assertThat(notYet(ReleaseExpectations.available(NEW, 1).judge(release(canary(NEW, PROGRESSING)))))
                    .contains("no ReplicaSet of it");
        }
    }

    @Nested
    class ScaledDown {

        private final PodState leaving = waiting("old", "ContainerCreating", "");

        @Test
        void itsPodsAreGoneToo() {
            Release down = release(canary(NEW, healthy("new")), set("old", 1, OLD, 0, 0));
            met(ReleaseExpectations.scaledDown("old").judge(down));
            assertThat(notYet(ReleaseExpectations.scaledDown("old").judge(with(down, leaving))))
                    .isEqualTo("the old ReplicaSet asks for 0 pods and has 1");
            assertThat(notYet(ReleaseExpectations.scaledDown("old").judge(canaryRelease(healthy("new")))))
                    .isEqualTo("the old ReplicaSet asks for 2 pods and has 0");
        }

        @Test
        void noOtherVersionHasPods() {
            Release down = release(canary(NEW, healthy("new")), set("old", 1, OLD, 0, 0));
            met(ReleaseExpectations.onlyStable().judge(down));
            assertThat(notYet(ReleaseExpectations.onlyStable().judge(with(down, leaving))))
                    .startsWith("1 other ReplicaSets have pods");
            assertThat(notYet(ReleaseExpectations.onlyStable().judge(canaryRelease(healthy("new")))))
                    .startsWith("1 other ReplicaSets have pods");
        }

        @Test
        void oneThatWasRemovedIsScaledDown() {
            met(ReleaseExpectations.scaledDown("old").judge(release(canary(NEW, healthy("new")))));
        }
    }

    @Nested
    class Aborted {

        private final Expectation<Release, Release> expectation = ReleaseExpectations.aborted(NEW);

        @Test
        void itsWeightIsTakenAway() {
            met(expectation.judge(canaryRelease(ABORTED)));
            met(expectation.judge(canaryRelease(ABORTED
                    + ",canary:{weights:{canary:{weight:0},stable:{weight:100}}}")));
            assertThat(notYet(expectation.judge(
                    canaryRelease(ABORTED + ",canary:{weights:{canary:{weight:20},stable:{weight:80}}}"))))
                    .contains("weights 20/80");
        }

        @ParameterizedTest
        @ValueSource(strings = {PROGRESSING, PROGRESSING + ",abort:true", ABORTED + ",observedGeneration:'6'"})
        void theControllerHasActedOnIt(String status) {
            notYet(expectation.judge(canaryRelease(status)));
        }

        @Test
        void theAbortOfAnotherReleaseIsNotThat() {
            notYet(expectation.judge(release(canary(OLD, ABORTED))));
            assertThat(notYet(expectation.judge(nothing()))).isEqualTo("no Rollout yet");
        }

        @Test
        void aReleaseThatCameToItsEndWasNotAborted() {
            assertThat(impossible(expectation.judge(canaryRelease(healthy("new"))))).contains("went on to its end");
        }

        @Test
        void aReleaseThatAnalysisPassedWasNotAborted() {
            Release waits = canaryRelease(paused("CanaryPauseStep", 4));
            assertThat(impossible(expectation.judge(with(waits, analysis("new", "Successful")))))
                    .contains("analysis passed it");
            notYet(expectation.judge(with(waits, analysis("old", "Successful"))));
            notYet(expectation.judge(with(waits, analysis("new", "Running"))));
        }
    }

    @Nested
    class Analysed {

        private final Expectation<Release, AnalysisRunState> expectation = AnalysisExpectations.analysed(NEW);

        @ParameterizedTest
        @ValueSource(strings = {"Successful", "Failed", "Error", "Inconclusive"})
        void itsAnalysisHasEnded(String phase) {
            assertThat(met(expectation.judge(with(canaryRelease(PROGRESSING), analysis("new", phase)))).phase())
                    .isEqualTo(phase);
        }

        @Test
        void itMayStillRun() {
            assertThat(notYet(expectation.judge(with(canaryRelease(PROGRESSING), analysis("new", "Running")))))
                    .contains("sample-api-new-2-2: Running");
            assertThat(notYet(expectation.judge(canaryRelease(PROGRESSING)))).contains("no AnalysisRun; ");
        }

        @Test
        void oneThatTakesLongerThanIsWaitedForIsReportedAtOnce() {
            String run = "{metadata:{name:'sample-api-new-2-2',labels:{'rollouts-pod-template-hash':'new'%s}},"
                    + "spec:{metrics:[{initialDelay:'%s'}]},status:{phase:'Running'}}";
            assertThat(impossible(expectation.judge(with(canaryRelease(PROGRESSING), AnalysisRunState.parse(
                    json(run.formatted("", "1h"))))))).contains("takes 3600 s", "waits for 600 s");
            notYet(expectation.judge(with(canaryRelease(PROGRESSING),
                    AnalysisRunState.parse(json(run.formatted("", "10m"))))));
            notYet(expectation.judge(with(canaryRelease(PROGRESSING),
                    AnalysisRunState.parse(json(run.formatted(",'rollout-type':'Background'", "1h"))))));
        }

        @Test
        void theAnalysisOfTheOldVersionIsNotIts() {
            notYet(expectation.judge(with(canaryRelease(PROGRESSING), analysis("old", "Successful"))));
            notYet(expectation.judge(with(nothing(), analysis("new", "Successful"))));
        }

        @Test
        void aReleaseThatGoesPastItWithoutOneIsNotAnalysed() {
            assertThat(impossible(expectation.judge(canaryRelease(paused("CanaryPauseStep", 4)))))
                    .contains("no AnalysisRun was made for it");
            assertThat(impossible(expectation.judge(canaryRelease(healthy("new")))))
                    .contains("no AnalysisRun was made for it");
        }

        @Test
        void aReleaseWhoseStepsHaveNoneIsNotAnalysed() {
            Rollout without = canary("{setWeight:20},{pause:{}}", NEW, paused("CanaryPauseStep", 1));
            assertThat(impossible(expectation.judge(release(without, set("new", 2, NEW, 1, 1)))))
                    .contains("its steps have no analysis");
        }
    }

    @Nested
    class Follows {

        private final Expectation<Release, Release> expectation = ReleaseExpectations.follows(Strategy.CANARY);

        @Test
        void theRolloutHasThatStrategyAlone() {
            met(expectation.judge(canaryRelease(healthy("new"))));
            notYet(expectation.judge(nothing()));
            assertThat(notYet(expectation.judge(blueGreenRelease(healthy("new"))))).contains("blue-green");
            assertThat(notYet(expectation.judge(release(rollout(NEW, "blueGreen:{},canary:{}", healthy("new"))))))
                    .contains("both strategies");
            assertThat(notYet(expectation.judge(canaryRelease(healthy("new") + ",observedGeneration:'6'"))))
                    .contains("Progressing");
        }

        @Test
        void aRefusedSpecFollowsNone() {
            assertThat(impossible(expectation.judge(canaryRelease("conditions:[{type:'InvalidSpec',status:'True',"
                    + "reason:'InvalidSpec',message:'both strategies'}]")))).contains("InvalidSpec: both strategies");
        }
    }

    @Test
    void somethingElseIsRecognizedByWhatIsThere() {
        Expectation<Release, Release> expectation = ReleaseExpectations.that("two revisions",
                release -> release.owned().count() == 2);
        met(expectation.judge(canaryRelease(PROGRESSING)));
        assertThat(notYet(expectation.judge(nothing()))).isEqualTo("no Rollout yet");
    }

    private static Release onPreview(String strategy, String tag) {
        return release(rollout(tag, "blueGreen:{activeService:'active',previewService:'preview'" + strategy
                + "}", ON_PREVIEW), set("old", 1, OLD, 2, 2), set("new", 2, tag, 2, 2));
    }

    @Test
    void onlyAPersonMayEndAWaitForAPerson() {
        met(ReleaseExpectations.waitsForPerson(NEW).judge(onPreview(",autoPromotionEnabled:false", NEW)));
        met(ReleaseExpectations.waitsOnPreview(NEW).judge(onPreview(",autoPromotionSeconds:20", NEW)));
        assertThat(impossible(ReleaseExpectations.waitsForPerson(NEW)
                .judge(onPreview(",autoPromotionSeconds:20", NEW))))
                .startsWith("the release waits for no person: autoPromotionSeconds: 20 in the Rollout promotes it");
        assertThat(impossible(ReleaseExpectations.waitsForPerson(NEW).judge(onPreview("", NEW))))
                .contains("autoPromotionEnabled is not false");
        notYet(ReleaseExpectations.waitsForPerson(NEW).judge(onPreview("", OLD)));
        assertThat(notYet(ReleaseExpectations.waitsForPerson(NEW).judge(nothing())))
                .isEqualTo("there is no Rollout yet");
    }

    @Test
    void whatPromotesByItselfIsNamed() {
        Release promoted =
                release(rollout(NEW, "blueGreen:{activeService:'active',autoPromotionSeconds:3}", healthy("new")),
                set("new", 2, NEW, 2, 2));
        assertThat(impossible(ReleaseExpectations.waitsOnPreview(NEW).judge(promoted))).startsWith(
                "the new version was promoted by itself, nobody was asked: autoPromotionSeconds: 3 in the Rollout");
    }
}
