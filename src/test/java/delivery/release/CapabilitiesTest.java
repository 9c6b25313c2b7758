package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.NotApplicable;
import delivery.rollout.Strategies;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {

    @Test
    void whatTheDeliveryLacksMakesAScenarioNotApplicable() {
        Capabilities blueGreen = Capabilities.of(Strategies.parse("blue-green"));
        assertThat(blueGreen.has(Capability.CANARY)).isFalse();
        assertThatCode(() -> blueGreen.require(Set.of(Capability.BLUE_GREEN, Capability.FAULTY_VERSION)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(NotApplicable.class)
                .isThrownBy(() -> blueGreen.require(Set.of(Capability.BLUE_GREEN, Capability.CANARY)))
                .withMessage("The delivery releases by blue-green alone (STRATEGIES), and this needs a release by"
                        + " canary");
    }

    @Test
    void everyReasonIsTold() {
        Capabilities canary = Capabilities.of(Strategies.parse("canary"))
                .without(Capability.FAULTY_VERSION, "Nothing is known to be faulty by this analysis");
        assertThatExceptionOfType(NotApplicable.class).isThrownBy(() -> canary.require(Set.of(Capability.values())))
                .withMessageContainingAll("a release by blue-green; Nothing is known to be faulty");
    }

    @Test
    void aDeliveryOfBothHasAll() {
        Capabilities all = Capabilities.of(Strategies.parse("blue-green,canary"));
        assertThatCode(() -> all.require(Set.of(Capability.values()))).doesNotThrowAnyException();
    }
}
