package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.failure.EnvironmentNotFit;
import org.junit.jupiter.api.Test;

class ObservationsTest {

    private final Observations observations = new Observations();

    @Test
    void whatAScenarioSawIsOneSentence() {
        observations.saw("one", "it is there");
        observations.saw("one", "it is new");
        observations.saw("one", "it is there");
        observations.saw("other", "it is old");
        assertThat(observations.sentence("one")).isEqualTo("it is there; it is new");
        assertThat(observations.sentence("none")).isEmpty();
    }

    @Test
    void theFirstThingThatSpoiledAScenarioCounts() {
        EnvironmentNotFit first = new EnvironmentNotFit("Somebody promoted", "Ask them");
        observations.spoiled("one", first);
        observations.spoiled("one", new EnvironmentNotFit("Somebody undid", "Ask them"));
        assertThat(observations.spoiled("one")).containsSame(first);
        assertThat(observations.spoiled("other")).isEmpty();
    }
}
