package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.Values;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CanaryPlanTest {

    private static final String PATH = "rollouts.canary.steps";
    private static final Values CHART = Values.parse("values.yaml", "rollouts: {canary: {steps: [{setWeight: 20},"
            + " {analysis: {templates: [{templateName: shop}]}}]}}");

    @Test
    void eachShareHasThePauseAfterIt() {
        CanaryPlan plan = CanaryPlan.of(List.of(10, 40), new CanaryPlan.Pause(Optional.of(Duration.ofSeconds(5))));
        assertThat(plan.json(CHART, PATH)).hasToString("[{\"setWeight\":10},{\"pause\":{\"duration\":\"5s\"}},"
                + "{\"setWeight\":40},{\"pause\":{\"duration\":\"5s\"}}]");
        assertThat(plan.size()).isEqualTo(4);
    }

    @Test
    void theAnalysisIsTheChartsOwnAndAPersonEndsAPauseWithoutADuration() {
        CanaryPlan plan = CanaryPlan.EMPTY.weight(30).analysis().pause(new CanaryPlan.Pause(Optional.empty()));
        assertThat(plan.json(CHART, PATH))
                .hasToString("[{\"setWeight\":30},{\"analysis\":{\"templates\":[{\"templateName\":\"shop\"}]}},"
                        + "{\"pause\":{}}]");
    }
}
