package delivery.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTagTest {

    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/team/shop:acceptance-bcd23-1.1.0", "shop:acceptance-shop-bg-1-bcd23-1.1.0-faulty",
        "localhost:5000/shop:acceptance-bcd23-v1@sha256:0a"})
    void aRunsVersionIsKnownByItsTag(String image) {
        assertThat(RunTag.isOn(image)).isTrue();
    }

    /** An environment may be called acceptance. */
    @ParameterizedTest
    @ValueSource(strings = {"ghcr.io/team/shop:acceptance-1.2.3", "ghcr.io/team/acceptance-tests",
        "ghcr.io/team/acceptance-bcd23-1", "shop:acceptance-42", "shop:acceptance-stage-7", "shop:1.0.0", ""})
    void aTeamsOwnVersionIsNot(String image) {
        assertThat(RunTag.isOn(image)).isFalse();
    }
}
