package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReplicaCountsTest {

    @Test
    void theShareOfTheCanaryIsThatOfItsPods() {
        assertThat(new ReplicaCounts(1, 4).sentence()).isEqualTo("20.0%: 1 of 5 pods");
        assertThat(new ReplicaCounts(0, 0).sentence()).isEqualTo("0.0%: 0 of 0 pods");
    }
}
