package delivery.rollout;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.impossible;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.met;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodStabilityTest {

    private static PodState pod(String name, boolean ready, String second, int restarts) {
        return PodState.parse(json("{metadata:{name:'" + name
                + "',labels:{'rollouts-pod-template-hash':'new'}},status:{"
                + "conditions:[{type:'Ready',status:'" + (ready ? "True" : "False")
                + "',lastTransitionTime:'2026-11-24T01:02:"
                + second + "Z'}],containerStatuses:[{restartCount:" + restarts + "},{restartCount:1}]}}"));
    }

    private static Release pods(int desired, PodState... pods) {
        return with(release(blueGreen("2", healthy("new")), set("new", 2, "2", desired, pods.length)), pods);
    }

    private static PodStability kept() {
        return met(PodStability.from("new").judge(pods(2, pod("a", true, "03", 0), pod("b", true, "04", 0))));
    }

    @Test
    void theyAreKeptFromWhenAllAreReady() {
        assertThat(notYet(PodStability.from("new").judge(pods(2, pod("a", true, "03", 0), pod("b", false, "03", 0)))))
                .startsWith("1 of 2 pods are ready");
        assertThat(notYet(PodStability.from("new").judge(pods(0)))).startsWith("0 of 0");
        assertThat(notYet(PodStability.from("other").judge(pods(2, pod("a", true, "03", 0), pod("b", true, "03", 0)))))
                .startsWith("0 of 0");
        assertThat(kept().size()).isEqualTo(2);
    }

    @Test
    void theyStayAsLongAsNothingHappensToThem() {
        met(kept().stay().judge(pods(2, pod("b", true, "04", 0), pod("a", true, "03", 0))));
        met(kept().stay().judge(pods(3, pod("b", true, "04", 0), pod("a", true, "03", 0), pod("c", false, "09", 7))));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "false|08|0|pod a is not ready any more after it had been available",
        "true|08|0|pod a was not ready for a while after it had been available: it is ready again since"
                + " 2026-11-24T01:02:08Z",
        "true|03|2|pod a was started again, 2 time(s), after it had been available"})
    void whatHappenedBetweenTwoLooksIsSeenToo(boolean ready, String second, int restarts, String sentence) {
        assertThat(impossible(kept().stay().judge(pods(2, pod("a", ready, second, restarts), pod("b", true, "04", 0)))))
                .startsWith(sentence);
    }

    @Test
    void onePodThatIsGoneIsMissed() {
        assertThat(impossible(kept().stay().judge(pods(2, pod("a", true, "03", 0), pod("c", true, "09", 0)))))
                .startsWith("of 2 pods that were available 1 are left");
        assertThat(impossible(kept().stay().judge(pods(0)))).startsWith("of 2 pods that were available 0 are left");
    }

    @Test
    void anAutoscalerMayTakePodsAway() {
        met(kept().stay().judge(pods(1, pod("b", true, "04", 0))));
    }
}
