package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.layout.Need;
import io.cucumber.core.options.RuntimeOptionsBuilder;
import io.cucumber.core.runtime.Runtime;
import io.cucumber.plugin.ConcurrentEventListener;
import io.cucumber.plugin.event.PickleStepTestStep;
import io.cucumber.plugin.event.TestCase;
import io.cucumber.plugin.event.TestCaseStarted;
import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ScenarioNeedsTest {

    /** The needs without which a scenario is not applicable. */
    private static final Set<Need> STRATEGIES = EnumSet.of(Need.BLUE_GREEN, Need.CANARY, Need.STRATEGY_CHANGE,
            Need.FAULTY_VERSION);

    @Test
    void theCriteriaOfAStrategyNeedItAndTheOthersNone() {
        Map<String, Set<Need>> needs = new TreeMap<>();
        ConcurrentEventListener listener = publisher -> publisher.registerHandlerFor(TestCaseStarted.class, event ->
                needs.computeIfAbsent(criterion(event.getTestCase()), unused -> new TreeSet<>())
                        .addAll(needs(steps(event.getTestCase()))));
        Runtime.builder().withAdditionalPlugins(listener).withRuntimeOptions(new RuntimeOptionsBuilder().setDryRun(true)
                .addGlue(URI.create("classpath:/delivery/steps"))
                .addFeature(io.cucumber.core.feature.FeatureWithLines.parse("features")).build()).build().run();

        assertThat(needs).isNotEmpty().allSatisfy((tag, needed) ->
                assertThat(needed).as(tag).isEqualTo(expected(tag.substring(1))));
    }

    @Test
    void aScenarioOfOnesOwnNeedsWhatItsWordsName() {
        assertThat(needs(List.of("users have the old version"))).isEmpty();
        assertThat(needs(List.of("the canary's steps are 20%, each until promoted"))).containsExactly(Need.CANARY);
        assertThat(needs(List.of("the preview Service answers with the new version only")))
                .containsExactly(Need.BLUE_GREEN);
        assertThat(needs(List.of("users have the old version, released by Blue-Green")))
                .containsExactly(Need.BLUE_GREEN);
        assertThat(needs(List.of("the stable Service answers with the old version only"))).isEmpty();
        assertThat(needs(List.of("the release waits for a person to promote it"))).containsExactly(Need.BLUE_GREEN);
        assertThat(needs(List.of("the new version waits for a person to promote it"))).isEmpty();
    }

    /** That an undo is triggered can be proved even if self-heal takes it back; that users return cannot. */
    @Test
    void onlyAReturnOfUsersNeedsAnUndoThatLasts() {
        assertThat(ScenarioNeeds.of(new ScenarioNeeds.Scenario(Set.of(), List.of("the release is undone"))))
                .containsExactly(Need.COPY);
        assertThat(ScenarioNeeds.of(new ScenarioNeeds.Scenario(Set.of(),
                List.of("the release is undone, and promoted as far as it needs"))))
                .containsExactly(Need.COPY, Need.LASTING_UNDO);
    }

    private static Set<Need> needs(List<String> steps) {
        Set<Need> needs = ScenarioNeeds.of(new ScenarioNeeds.Scenario(Set.of(), steps));
        needs.retainAll(STRATEGIES);
        return needs;
    }

    private static Set<Need> expected(String id) {
        if (id.equals("CAN-1")) {
            return Set.of(Need.BLUE_GREEN, Need.CANARY, Need.STRATEGY_CHANGE);
        }
        if (id.equals("CAN-A")) {
            return Set.of(Need.CANARY, Need.FAULTY_VERSION);
        }
        return id.startsWith("CAN") ? Set.of(Need.CANARY)
                : id.startsWith("BG") ? Set.of(Need.BLUE_GREEN) : Set.of();
    }

    private static String criterion(TestCase scenario) {
        return scenario.getTags().stream().filter(tag -> tag.matches("@[A-Z]+-[A-Z0-9]+")).findFirst().orElseThrow();
    }

    private static List<String> steps(TestCase scenario) {
        return scenario.getTestSteps().stream().filter(PickleStepTestStep.class::isInstance)
                .map(step -> ((PickleStepTestStep) step).getStep().getText()).toList();
    }
}
