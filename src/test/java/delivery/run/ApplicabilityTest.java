package delivery.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.environment.Blueprint;
import delivery.failure.NotApplicable;
import delivery.layout.Exposure;
import delivery.layout.Finding;
import delivery.layout.Item;
import delivery.layout.Layout;
import delivery.layout.Need;
import delivery.layout.ValuePlaces;
import delivery.registry.ImageName;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.traffic.VersionReading;
import delivery.waiting.ResourceVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplicabilityTest {

    private final Applicability applicability = new Applicability();

    @Test
    void aScenarioThatNeedsAStrategyThatTheDeliveryLacksIsNotApplicable() {
        applicability.needs("one", Set.of(Need.CANARY, Need.VERSION, Need.COPY));

        assertThatExceptionOfType(NotApplicable.class).isThrownBy(() -> require("one", "blue-green"))
                .withMessage("the delivery releases by blue-green alone, and this needs a release by canary"
                        + " (STRATEGIES)");
        assertThatCode(() -> require("one", "canary")).doesNotThrowAnyException();
    }

    @Test
    void aChangeOfStrategyNeedsBoth() {
        applicability.needs("one", Set.of(Need.STRATEGY_CHANGE));

        assertThatExceptionOfType(NotApplicable.class).isThrownBy(() -> require("one", "blue-green"))
                .withMessageContaining("by canary");
        assertThatExceptionOfType(NotApplicable.class).isThrownBy(() -> require("one", "canary"))
                .withMessageContaining("by blue-green");
        assertThatCode(() -> require("one", "canary,blue-green")).doesNotThrowAnyException();
    }

    @Test
    void whereItWasFoundTheWayOutIsNamed() {
        applicability.needs("one", Set.of(Need.CANARY));
        Layout layout = new Layout(Optional.empty(), Optional.empty(), new ValuePlaces(Strategy.BLUE_GREEN,
                Optional.empty(), List.of(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()),
                List.of());

        assertThatExceptionOfType(NotApplicable.class)
                .isThrownBy(() -> applicability.require("one", delivery("blue-green"), Optional.of(layout)))
                .withMessageContaining("needs a release by canary: the delivery has blue-green alone; set"
                        + " VALUE_STRATEGY");
    }

    @Test
    void withoutAVersionThatIsKnownToBeFaultyNoneIsReleasedAsOne() {
        applicability.needs("one", Set.of(Need.FAULTY_VERSION));
        Layout layout = new Layout(Optional.empty(), Optional.empty(), ValuePlaces.none(Strategy.CANARY),
                List.of(new Finding(Item.FAULTY, Finding.State.NONE, "none", "none is built", List.of())));

        assertThatExceptionOfType(NotApplicable.class)
                .isThrownBy(() -> applicability.require("one", delivery("canary"), Optional.of(layout)))
                .withMessage("nothing is known to be faulty by its analysis: none is built; set FAULTY_TAG to a"
                        + " version that it refuses");
        assertThatCode(() -> require("one", "canary")).doesNotThrowAnyException();
    }

    @Test
    void whatNeedsNeitherIsAlwaysApplicable() {
        applicability.needs("one", Set.of(Need.VERSION, Need.PERSON, Need.ANALYSIS, Need.LASTING_UNDO));

        assertThatCode(() -> require("one", "canary")).doesNotThrowAnyException();
        assertThatCode(() -> require("another", "canary")).doesNotThrowAnyException();
    }

    private void require(String scenario, String strategies) {
        applicability.require(scenario, delivery(strategies), Optional.empty());
    }

    private static Blueprint delivery(String strategies) {
        JsonNode nothing = JsonNodeFactory.instance.objectNode();
        return new Blueprint(new Application("shop", nothing, Map.of(), "Synced", nothing, "Healthy", nothing, nothing,
                List.of(), List.of(), new ResourceVersion("", "")),
                Values.parse("values.yaml", "{}"), ImageName.parse("registry.test/shop:1.0.0"),
                LiveRelease.of("shop", List.of()), ValuePlaces.OF_THE_LAB, VersionReading.byTag(),
                Strategies.parse(strategies), Optional.empty(), Exposure.BY_ROUTE, Optional.empty());
    }
}
