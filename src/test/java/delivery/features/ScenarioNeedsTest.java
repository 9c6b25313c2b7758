package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.release.Capability;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseStarted;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScenarioNeedsTest {

    private static final Vocabulary VOCABULARY = Vocabulary.read();

    @Test
    void theCriteriaOfAStrategyNeedItAndTheOthersNone() {
        Map<String, Set<Capability>> needs = new TreeMap<>();
        ConcurrentEventListener listener = publisher -> publisher.registerHandlerFor(TestCaseStarted.class, event ->
                needs.computeIfAbsent(criterion(event.getTestCase()), unused -> new TreeSet<>())
                        .addAll(ScenarioNeeds.of(VOCABULARY, steps(event.getTestCase()))));
        Runtime.builder().withAdditionalPlugins(listener).withRuntimeOptions(new RuntimeOptionsBuilder().setDryRun(true)
                .addGlue(URI.create("classpath:/delivery/steps"))
                .addFeature(io.cucumber.core.feature.FeatureWithLines.parse("features")).build()).build().run();

        assertThat(needs).isNotEmpty().allSatisfy((tag, needed) ->
                assertThat(needed).as(tag).isEqualTo(expected(tag.substring(1))));
    }

    @Test
    void aScenarioOfOnesOwnNeedsWhatItsWordsName() {
        assertThat(ScenarioNeeds.of(VOCABULARY, List.of("users have the old version"))).isEmpty();
        assertThat(ScenarioNeeds.of(VOCABULARY, List.of("the canary's steps are 20%, each until promoted")))
                .containsExactly(Capability.CANARY);
        assertThat(ScenarioNeeds.of(VOCABULARY, List.of("the preview Service answers with the new version only")))
                .containsExactly(Capability.BLUE_GREEN);
        assertThat(ScenarioNeeds.of(VOCABULARY, List.of("the stable Service answers with the old version only")))
                .isEmpty();
        assertThat(ScenarioNeeds.of(VOCABULARY, List.of("there is no such step"))).isEmpty();
    }

    private static Set<Capability> expected(String id) {
        if (id.equals("CAN-1")) {
            return Set.of(Capability.BLUE_GREEN, Capability.CANARY);
        }
        if (id.equals("CAN-A")) {
            return Set.of(Capability.CANARY, Capability.FAULTY_VERSION);
        }
        return id.startsWith("CAN") ? Set.of(Capability.CANARY)
                : id.startsWith("BG") ? Set.of(Capability.BLUE_GREEN) : Set.of();
    }

    private static String criterion(TestCase scenario) {
        return scenario.getTags().stream().filter(tag -> tag.matches("@[A-Z]+-[A-Z0-9]+")).findFirst().orElseThrow();
    }

    private static List<String> steps(TestCase scenario) {
        return scenario.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
                .map(step -> ((PickleStepTestStep) step).getStep().getText()).toList();
    }
}
