package delivery.release;

import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.nothing;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.rollout.PodState;
import org.junit.jupiter.api.Test;

class StartedPodsTest {

    @Test
    void onlyPodsThatWereNotThereBeforeWereStarted() {
        StartedPods pods = new StartedPods(with(nothing(), pod("leaving", "old")));
        pods.see(pod("leaving", "old"));
        assertThat(pods.of("old")).isEmpty();
        pods.see(pod("b", "old"));
        pods.see(pod("a", "old"));
        pods.see(pod("b", "old"));
        pods.see(pod("other", "new"));
        assertThat(pods.of("old")).containsExactly("a", "b");
    }

    static PodState pod(String name, String hash) {
        return PodState.parse(json("{metadata:{name:'" + name + "',labels:{'rollouts-pod-template-hash':'" + hash
                + "'}}}"));
    }
}
