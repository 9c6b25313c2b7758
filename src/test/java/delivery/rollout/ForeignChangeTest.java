package delivery.rollout;

import static delivery.rollout.ReleaseFixture.STEPS;
import static delivery.rollout.ReleaseFixture.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.EnvironmentNotFit;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForeignChangeTest {

    private static final String BLUE_GREEN = "blueGreen:{activeService:'a',autoPromotionEnabled:false}";
    private static final String CANARY = "canary:{stableService:'s',steps:[" + STEPS + "]}";
    private static final String ON_PREVIEW =
            "phase:'Paused',controllerPause:true,pauseConditions:[{reason:'BlueGreenPause'}],"
            + "currentPodHash:'new',stableRS:'old'";
    private static final String PROMOTED = "phase:'Paused',controllerPause:true,currentPodHash:'new',stableRS:'old'";
    private static final String ENDED = "phase:'Healthy',currentPodHash:'new',stableRS:'new'";
    private static final String CONTROLLER = writer("rollouts-controller", "status", "01:00", "f:status:{f:phase:{}}");
    private static final String ARGO_CD =
            writer("argocd-controller", "", "01:00", "f:spec:{f:template:{},f:strategy:{}}");

    private final ForeignChange foreign = new ForeignChange("us", () -> Instant.parse("2026-11-24T10:02:11.3456Z"));
    private int version = 10;

    private static String writer(String manager, String subresource, String minute, String fields) {
        return "{manager:'" + manager + "',operation:'Update',subresource:'" + subresource + "',time:'2026-11-24T01:"
                + minute + "Z',fieldsV1:{" + fields.replaceAll("(f:\\w+):", "'$1':") + "}}";
    }

    private Rollout rollout(String tag, String strategy, String spec, String status, long generation,
            String... writers) {
        return Rollout.parse(json("{metadata:{name:'shop',uid:'u',resourceVersion:'" + version++ + "',generation:"
                + generation
                + ",managedFields:[" + String.join(",", writers) + "]},spec:{" + spec + "strategy:{" + strategy
                + "},template:{spec:{containers:[{image:'r/shop:" + tag + "'}]}}},status:{observedGeneration:'"
                + generation + "'," + status + "}}"));
    }

    private Rollout preview(String strategy, String status) {
        return rollout("2", strategy, "", status, 7, CONTROLLER, ARGO_CD);
    }

    private void begin(Rollout first) {
        foreign.see(first);
        foreign.begin();
    }

    private String found() {
        return foreign.found().map(EnvironmentNotFit::getMessage).orElse("");
    }

    @Test
    void aPauseThatEndsThoughTheRunDidNotEndItWasEndedBySomebodyElse() {
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.require();
        foreign.see(preview(BLUE_GREEN, PROMOTED));
        assertThat(found())
                .startsWith("Somebody else acted on the release: the release stopped waiting (BlueGreenPause) at"
                + " 2026-11-24T10:02:11.345Z, and this run had not promoted it");
        assertThatThrownBy(foreign::require).isInstanceOf(EnvironmentNotFit.class).hasMessage(found());
    }

    @Test
    void oneThatTheRunEndsIsItsOwn() {
        Rollout waiting = preview(BLUE_GREEN, ON_PREVIEW);
        begin(waiting);
        foreign.acts(waiting);
        foreign.see(preview(BLUE_GREEN, PROMOTED));
        foreign.see(preview(BLUE_GREEN, ENDED));
        assertThat(found()).isEmpty();
    }

    /** The mark of the pause may be gone when the next state arrives. */
    @Test
    void onlyWhatWasSeenLastCounts() {
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(preview(BLUE_GREEN, ENDED));
        assertThat(found()).contains("stopped waiting");
    }

    @ParameterizedTest
    @ValueSource(strings = {"blueGreen:{autoPromotionSeconds:20}", "blueGreen:{autoPromotionEnabled:true}",
        "blueGreen:{autoPromotionEnabled:true,autoPromotionSeconds:5}"})
    void whatTheSpecificationEndsByItselfIsTheDeliverys(String strategy) {
        begin(preview(strategy, ON_PREVIEW));
        foreign.see(preview(strategy, ENDED));
        assertThat(found()).isEmpty();
    }

    @Test
    void aPauseThatWouldEndLaterMayBeEndedBySomebodyToo() {
        begin(preview("blueGreen:{autoPromotionSeconds:20}", ON_PREVIEW));
        foreign.see(preview("blueGreen:{autoPromotionSeconds:20}", PROMOTED));
        assertThat(found()).contains("stopped waiting");
    }

    @Test
    void secondsDoNotCountWherePromotionIsNotAutomatic() {
        String strategy = "blueGreen:{autoPromotionEnabled:false,autoPromotionSeconds:20}";
        begin(preview(strategy, ON_PREVIEW));
        foreign.see(preview(strategy, ENDED));
        assertThat(found()).as("the controller looks at them only where it is").contains("stopped waiting");
    }

    private Rollout atStep(String steps, int step, boolean waits) {
        return preview("canary:{steps:[" + steps + "]}", "phase:'Paused',controllerPause:" + waits
                + ",currentStepIndex:"
                + step + ",currentPodHash:'new',stableRS:'old'"
                + (waits ? ",pauseConditions:[{reason:'CanaryPauseStep'}]" : ""));
    }

    @Test
    void atACanaryEachPauseIsEndedByItself() {
        Rollout first = atStep(STEPS, 1, true);
        begin(first);
        foreign.acts(first);
        foreign.see(atStep(STEPS, 2, false));
        foreign.see(atStep(STEPS, 4, true));
        assertThat(found()).isEmpty();
        foreign.see(atStep(STEPS, 5, false));
        assertThat(found()).contains("stopped waiting (CanaryPauseStep at step 4)");
    }

    @Test
    void aPauseThatIsFollowedByAnotherHasEnded() {
        begin(atStep(STEPS, 1, true));
        foreign.see(atStep(STEPS, 4, true));
        assertThat(found()).contains("at step 1");
    }

    @Test
    void aPauseWithADurationEndsByItself() {
        String steps = "{setWeight:20},{pause:{duration:'5s'}},{setWeight:60},{pause:{}}";
        begin(atStep(steps, 1, true));
        foreign.see(atStep(steps, 2, false));
        assertThat(found()).isEmpty();
    }

    @Test
    void whoPromotesToTheEndPromotesEveryPause() {
        Rollout first = atStep(STEPS, 1, true);
        begin(first);
        foreign.promotesAll(first);
        foreign.see(atStep(STEPS, 4, true));
        foreign.see(atStep(STEPS, 5, false));
        assertThat(found()).isEmpty();
    }

    @Test
    void whatIsAbortedOrGivenAnotherVersionWasNotPromoted() {
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(preview(BLUE_GREEN, PROMOTED + ",abort:true"));
        assertThat(found()).isEmpty();
        foreign.see(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(rollout("3", BLUE_GREEN, "", "phase:'Progressing',currentPodHash:'newer',stableRS:'old'", 8,
                CONTROLLER, ARGO_CD));
        assertThat(found()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "kubectl-argo-rollouts||f:spec:{f:template:{}}|kubectl-argo-rollouts at 2026-11-24T01:02:03Z changed the"
                + " release"
                + " (spec.template)",
        "kubectl-edit||f:spec:{f:strategy:{}}|kubectl-edit at 2026-11-24T01:02:03Z changed the release (spec.strategy)",
        "kubectl||f:spec:{f:restartAt:{}}|(spec.restartAt)", "kubectl|scale|f:spec:{f:replicas:{}}|(spec.replicas)",
        "argocd-server|status|f:status:{f:promoteFull:{}}|argocd-server at 2026-11-24T01:02:03Z",
        "curl|status|f:status:{f:abort:{}}|(status.abort)", "curl|status|f:status:{f:currentStepIndex:{}}|curl at"})
    void whoeverWritesIsNamedWithTimeAndField(String manager, String subresource, String fields, String sentence) {
        begin(preview(CANARY, ENDED));
        foreign.see(rollout("2", CANARY, "", ENDED, 8, CONTROLLER, ARGO_CD,
                writer(manager, subresource == null ? "" : subresource, "02:03", fields)));
        assertThat(found()).startsWith("Somebody else acted on the release: ").contains(sentence);
    }

    @Test
    void whatBecameOfItIsReported() {
        String somebody = writer("kubectl-argo-rollouts", "", "02:03", "f:spec:{f:template:{}}");
        begin(preview(BLUE_GREEN, ENDED));
        foreign.see(rollout("1", BLUE_GREEN, "", ENDED, 8, CONTROLLER, ARGO_CD, somebody));
        assertThat(found()).contains(": image r/shop:2 became r/shop:1");

        ForeignChange paused = new ForeignChange("us", Instant::now);
        paused.see(preview(BLUE_GREEN, ENDED));
        paused.begin();
        paused.see(rollout("2", BLUE_GREEN, "paused:true,", ENDED, 8, CONTROLLER, ARGO_CD,
                writer("kubectl", "", "02:03", "f:spec:{f:paused:{}}")));
        assertThat(paused.found().orElseThrow()).hasMessageContaining(": it was paused");

        ForeignChange aborted = new ForeignChange("us", Instant::now);
        aborted.see(preview(BLUE_GREEN, ENDED));
        aborted.begin();
        aborted.see(rollout("2", BLUE_GREEN, "", ENDED + ",abort:true", 7, CONTROLLER, ARGO_CD,
                writer("kubectl", "status", "02:03", "f:status:{f:abort:{}}")));
        assertThat(aborted.found().orElseThrow()).hasMessageContaining(": it was aborted");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "us||f:spec:{f:template:{}}", "argocd-controller||f:spec:{f:template:{},f:strategy:{},f:paused:{}}",
        "argocd-application-controller||f:spec:{f:template:{}}", "rollouts-controller||f:spec:{f:paused:{}}",
        "argo-rollouts-controller||f:spec:{f:paused:{}}",
        "kube-controller-manager|scale|f:spec:{f:replicas:{}}", "keda|scale|f:spec:{f:replicas:{}}",
        "notifications||f:metadata:{f:annotations:{}}"})
    void whoBelongsToTheDeliveryOrTheRunMayWrite(String manager, String subresource, String fields) {
        begin(preview(BLUE_GREEN, ENDED));
        foreign.see(rollout("2", BLUE_GREEN, "", ENDED, 8, CONTROLLER,
                writer(manager, subresource == null ? "" : subresource, "02:03", fields)));
        assertThat(found()).isEmpty();
    }

    @Test
    void whoHasWrittenBeforeBelongsToTheDelivery() {
        String reloader = writer("reloader", "", "00:30", "f:spec:{f:template:{}}");
        begin(rollout("1", BLUE_GREEN, "", ENDED, 6, CONTROLLER, ARGO_CD, reloader));
        foreign.see(rollout("2", BLUE_GREEN, "", ENDED, 8, CONTROLLER, ARGO_CD,
                writer("reloader", "", "02:03", "f:spec:{f:template:{}}")));
        assertThat(found()).isEmpty();
    }

    /**
     * After a release was once applied by hand, the entry of that write loses the fields that Argo CD takes over, and
     * keeps its time.
     */
    @Test
    void whoLosesAFieldToArgoCdHasWrittenNothing() {
        begin(rollout("1", BLUE_GREEN, "", ENDED, 6, CONTROLLER,
                writer("kubectl-client-side-apply", "", "00:30", "f:spec:{f:template:{},f:strategy:{}}")));
        foreign.see(rollout("1", BLUE_GREEN, "", ENDED, 7, CONTROLLER, ARGO_CD,
                writer("kubectl-client-side-apply", "", "00:30", "f:spec:{f:template:{}}")));
        assertThat(found()).isEmpty();
        foreign.see(rollout("2", BLUE_GREEN, "", ENDED, 8, CONTROLLER, ARGO_CD,
                writer("kubectl-client-side-apply", "", "02:03", "f:spec:{f:template:{}}")));
        assertThat(found()).contains("kubectl-client-side-apply at ");
    }

    @Test
    void beforeItBeginsNothingCounts() {
        foreign.see(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(preview(BLUE_GREEN, PROMOTED));
        assertThat(found()).isEmpty();
    }

    @Test
    void aStateThatIsReportedLateChangesNothing() {
        Rollout late = preview(BLUE_GREEN, PROMOTED);
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(late);
        foreign.see(preview(BLUE_GREEN, ON_PREVIEW));
        assertThat(found()).isEmpty();
    }

    @Test
    void theFirstChangeIsTheOneThatCounts() {
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(preview(BLUE_GREEN, PROMOTED));
        String first = found();
        foreign.see(rollout("1", BLUE_GREEN, "", ENDED, 8, writer("kubectl", "", "02:03", "f:spec:{f:template:{}}")));
        assertThat(found()).isEqualTo(first);
    }

    @Test
    void anotherRolloutOfTheNameIsAnotherOne() {
        begin(preview(BLUE_GREEN, ON_PREVIEW));
        foreign.see(Rollout.parse(json("{metadata:{name:'shop',uid:'v',resourceVersion:'1',generation:1},"
                + "spec:{strategy:{blueGreen:{}}},status:{observedGeneration:'1'}}")));
        assertThat(found()).isEmpty();
    }
}
