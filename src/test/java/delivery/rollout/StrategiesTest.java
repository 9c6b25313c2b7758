package delivery.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Set;
import org.junit.jupiter.api.Test;

class StrategiesTest {

    @Test
    void theOtherOneIsTakenWhereThePreferredOneIsNotThere() {
        Strategies canary = Strategies.parse("canary");
        assertThat(canary.has(Strategy.CANARY)).isTrue();
        assertThat(canary.has(Strategy.BLUE_GREEN)).isFalse();
        assertThat(canary.preferring(Strategy.BLUE_GREEN)).isEqualTo(Strategy.CANARY);
        assertThat(canary.preferring(Strategy.CANARY)).isEqualTo(Strategy.CANARY);
        Strategies both = Strategies.parse("canary,blue-green");
        assertThat(both.preferring(Strategy.BLUE_GREEN)).isEqualTo(Strategy.BLUE_GREEN);
        assertThat(both.preferring(Strategy.CANARY)).isEqualTo(Strategy.CANARY);
        assertThat(both).hasToString("blue-green,canary");
    }

    @Test
    void noneAndOthersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Strategies(Set.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Strategies(Set.of(Strategy.NONE)));
        assertThatIllegalArgumentException().isThrownBy(() -> Strategies.parse("both"));
    }
}
