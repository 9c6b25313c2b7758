package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.FlatValues;
import delivery.chart.Values;
import delivery.rollout.Strategy;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for the value that selects a strategy, in the ways that teams write it. */
class StrategySearchTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "strategy: BlueGreen # or Canary                                  | strategy             | BlueGreen  | Canary",
        "strategy: blue_green # canary                                    | strategy             | blue_green | canary",
        "rollout: {type: bluegreen} # canary                              | rollout.type         | bluegreen  | canary",
        "rollout: {strategy: bg, canary: {steps: []}}                     | rollout.strategy     | bg         | canary",
        "deployment: {style: blue-green} # canary                         | deployment.style     | blue-green | canary",
        "progressiveDelivery: blueGreen # canary                          | progressiveDelivery  | blueGreen  | canary",
        "strategy: BlueGreen # Canary;; canary: {steps: []}  | strategy             | BlueGreen  | Canary",
        "release: {mode: canary};; strategy: blueGreen # canary  | strategy             | blueGreen  | canary"})
    void theWordIsSpeltAsTheTeamDoes(String yaml, String path, String blueGreen, String canary) {
        String text = yaml.replace(";; ", "\n");
        StrategyPlace place = search(text, Strategy.BLUE_GREEN).place().orElseThrow();
        assertThat(place.path()).isEqualTo(path);
        assertThat(place.words()).isEqualTo(Map.of(Strategy.BLUE_GREEN, blueGreen, Strategy.CANARY, canary));
    }

    @ParameterizedTest
    @CsvSource({"service: {name: canary}", "ingress: {canary: {className: canary}}", "rollout: {serviceName: canary}",
        "labels: {track: canary}"})
    void aNameThatIsAStrategysWordIsNoSwitch(String yaml) {
        assertThat(search(yaml, Strategy.CANARY).place()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'strategy: canary # or blueGreen, see BG-6', blueGreen", "'strategy: canary # or bg', bg"})
    void aShortWordCountsWhereNoLongerOneIsThere(String yaml, String word) {
        assertThat(search(yaml, Strategy.CANARY).place().orElseThrow().word(Strategy.BLUE_GREEN)).contains(word);
    }

    @Test
    void wordsOfAnotherStyleThanTheLiveOneAreAskedFor() {
        StrategyPlace place = search("strategy: BlueGreen\ncanary: {steps: []}", Strategy.BLUE_GREEN).place()
                .orElseThrow();
        assertThat(place.word(Strategy.CANARY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'canary: {enabled: false}\nblueGreen: {enabled: true}', blueGreen.enabled",
        "'isCanary: false # blue-green otherwise', ''", "'rollout: {bg: {enabled: true}, canary: {enabled: false}}',"
        + " rollout.bg.enabled", "'canaryDeployment: {enabled: false}\nblueGreenDeployment: {enabled: true}',"
        + " blueGreenDeployment.enabled"})
    void truthValuesAreSwitches(String yaml, String opposite) {
        StrategyPlace place = search(yaml, Strategy.BLUE_GREEN).place().orElseThrow();
        assertThat(place.words()).isEqualTo(Map.of(Strategy.BLUE_GREEN, "false", Strategy.CANARY, "true"));
        assertThat(place.opposite().orElse("")).isEqualTo(opposite);
    }

    /** A parameter of an Application is a text. */
    @Test
    void aTruthValueMayBeAText() {
        Values values = Values.parse("values.yaml", "canary: {enabled: false}\nblueGreen: {enabled: false}")
                .withParameters(Map.of("canary.enabled", "true"), Set.of());
        StrategyPlace place = new StrategySearch(new FlatValues(values), "").of(Strategy.CANARY, NamedPlaces.NONE)
                .place().orElseThrow();
        assertThat(place.values(Strategy.BLUE_GREEN)).isEqualTo(Map.of("canary.enabled", "false", "blueGreen.enabled",
                "true"));
    }

    private static Search<StrategyPlace> search(String yaml, Strategy live) {
        return new StrategySearch(new FlatValues(Values.parse("values.yaml", yaml)), yaml).of(live, NamedPlaces.NONE);
    }
}
