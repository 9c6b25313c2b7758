package delivery.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.failure.EnvironmentNotFit;
import java.time.Duration;
import java.time.Instant;
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

    /** Covers 2 s to 12 s: an observation from before the turn appears to have come just before it. */
    @Test
    void timeInAQueueIsNoScenariosOwn() {
        Instant begun = Instant.EPOCH;
        observations.queued("one", begun.plusSeconds(2), begun.plusSeconds(12));

        assertThat(observations.queued("one")).isEqualTo(Duration.ofSeconds(10));
        assertThat(observations.queued("other")).isZero();
        assertThat(observations.ownTime("one", begun)).isEqualTo(begun.plusSeconds(10));
        assertThat(observations.ownTime("one", begun.plusSeconds(2))).isEqualTo(begun.plusSeconds(12));
        assertThat(observations.ownTime("one", begun.plusSeconds(7))).isEqualTo(begun.plusSeconds(12));
        assertThat(observations.ownTime("one", begun.plusSeconds(12))).isEqualTo(begun.plusSeconds(12));
        assertThat(observations.ownTime("one", begun.plusSeconds(13))).isEqualTo(begun.plusSeconds(13));
        assertThat(observations.ownTime("other", begun)).isEqualTo(begun);
    }

    @Test
    void twoQueuesAreBothNoneOfItsOwn() {
        Instant begun = Instant.EPOCH;
        observations.queued("one", begun.plusSeconds(1), begun.plusSeconds(2));
        observations.queued("one", begun.plusSeconds(5), begun.plusSeconds(8));
        assertThat(observations.queued("one")).isEqualTo(Duration.ofSeconds(4));
        assertThat(observations.ownTime("one", begun)).isEqualTo(begun.plusSeconds(4));
        assertThat(observations.ownTime("one", begun.plusSeconds(3))).isEqualTo(begun.plusSeconds(6));
    }
}
