package delivery.rollout;

import static delivery.rollout.ReleaseFixture.impossible;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScaleDownTest {

    /** Returns a release whose Service was switched at second 10. */
    private static Release scaledDownAt(int second, AnalysisRunState... runs) {
        return release(0, second, runs);
    }

    private static Release release(int replicas, int second, AnalysisRunState... runs) {
        return new Release(Optional.of(Rollout.parse(json("{metadata:{name:'shop',uid:'u'},spec:{strategy:{blueGreen:"
                + "{activeService:'active'}}},status:{currentPodHash:'new'}}"))),
                List.of(ReplicaSetState.parse(json("{metadata:{labels:{'rollouts-pod-template-hash':'old'},"
                        + "ownerReferences:[{controller:true,uid:'u'}],managedFields:[" + set("replicas", second)
                        + "]},spec:{replicas:" + replicas + "}}"))),
                List.of(), List.of(ServiceState.parse(json("{metadata:{name:'active',managedFields:["
                        + set("selector", 10) + "]}}"))), List.of(runs));
    }

    private static String set(String field, int second) {
        return "{time:'2026-11-24T01:02:" + second + "Z',fieldsV1:{'f:spec':{'f:" + field + "':{}}}}";
    }

    private static AnalysisRunState run(String type, String hash, String completed) {
        return AnalysisRunState.parse(json("{metadata:{name:'x',labels:{'rollout-type':'" + type
                + "','rollouts-pod-template-hash':'" + hash + "'}},status:{phase:'Successful',completedAt:'"
                + completed + "'}}"));
    }

    @ParameterizedTest
    @CsvSource({"5,14,true", "5,13,false", "5,25,true", "5,26,false", "1,10,true", "0,10,true"})
    void itIsScaledDownWhenTheDelayIsOver(int delay, int second, boolean right) {
        Optional<String> complaint = new ScaleDown("old", delay).complaint(scaledDownAt(second));
        assertThat(complaint.isEmpty()).isEqualTo(right);
        complaint.ifPresent(text -> assertThat(text).contains("for " + delay + " s", (second - 10) + " s to the end"));
    }

    @Test
    void theDelayBeginsWhenTheAnalysisAfterTheSwitchHasPassed() {
        AnalysisRunState passed = run("PostPromotion", "new", "2026-11-24T01:02:34Z");
        Release release = scaledDownAt(40, passed);
        assertThat(release.delayToScaleDown("old")).isEqualTo(Duration.ofSeconds(6));
        assertThat(release.analysedAfterSwitch()).isTrue();
        assertThat(new ScaleDown("old", 5).complaint(release)).isEmpty();
        assertThat(new ScaleDown("old", 30).complaint(release)).as("too early, by when it had passed").isPresent();
    }

    @Test
    void noOtherAnalysisCounts() {
        Stream.of(run("PrePromotion", "new", "2026-11-24T01:02:34Z"),
                run("PostPromotion", "other", "2026-11-24T01:02:34Z"),
                run("PostPromotion", "new", ""), run("PostPromotion", "new", "2026-11-24T01:02:03Z")).forEach(run ->
                assertThat(scaledDownAt(40, run).delayToScaleDown("old")).isEqualTo(Duration.ofSeconds(30)));
    }

    @Test
    void itIsWaitedForWithTheNumberThatSaysHowLong() {
        assertThat(notYet(new ScaleDown("old", 300).begun().judge(release(2, 10))))
                .startsWith("scaleDownDelaySeconds: 300 in the Rollout; ");
        assertThat(notYet(new ScaleDown("old", 0).begun().judge(release(2, 10))))
                .contains("it may never be (argo-rollouts 1992)");
        met(new ScaleDown("old", 5).begun().judge(release(0, 15)));
        met(new ScaleDown("gone", 5).begun().judge(release(2, 15)));
        assertThat(new ScaleDown("old", 300).ownTime(release(2, 10))).isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void whatTakesLongerThanAnybodyWaitsIsSaidAtOnce() {
        assertThat(impossible(new ScaleDown("old", 86400).begun().judge(release(2, 10)))).startsWith(
                "scaleDownDelaySeconds: 86400 in the Rollout keeps the old version for 86400 s");
        notYet(new ScaleDown("old", 600).begun().judge(release(2, 10)));
        impossible(new ScaleDown("old", 601).begun().judge(release(2, 10)));
    }
}
