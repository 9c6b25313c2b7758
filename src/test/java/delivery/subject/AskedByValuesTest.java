package delivery.subject;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.chart.CanaryStep;
import delivery.chart.Values;
import java.util.List;
import org.junit.jupiter.api.Test;

class AskedByValuesTest {

    private static final Values VALUES = Values.parse("values.yaml", """
            replicas: 2
            rollouts: {canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 60}, {pause: {}}]}}
            """);

    @Test
    void stepsThatMoveNothingMayDiffer() {
        assertThatCode(() -> new AskedByValues(VALUES).requireSteps(
                steps("{setWeight: 20}, {pause: {duration: 5s}}, {setWeight: 60}")))
                .doesNotThrowAnyException();
    }

    @Test
    void anotherWeightIsTold() {
        assertThatThrownBy(() -> new AskedByValues(VALUES).requireSteps(steps("{setWeight: 40}")))
                .isInstanceOf(AssertionError.class)
                .hasMessage("The Rollout's own steps are [setWeight 40], those of values.yaml are"
                        + " [setWeight 20, setWeight 60]");
    }

    @Test
    void anotherScaleIsTold() {
        assertThatThrownBy(() -> new AskedByValues(VALUES).requireSteps(
                steps("{setCanaryScale: {replicas: 2}}, {setWeight: 20}, {setWeight: 60}")))
                .isInstanceOf(AssertionError.class).hasMessageContaining("setCanaryScale");
    }

    @Test
    void anotherNumberOfPodsIsTold() {
        assertThatThrownBy(() -> new AskedByValues(VALUES).requireReplicas(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("The Rollout asks for 1 replicas, values.yaml for 2");
        assertThatCode(() -> new AskedByValues(VALUES).requireReplicas(2)).doesNotThrowAnyException();
    }

    @Test
    void anAutoscalerDecidesTheNumberOfPods() {
        assertThatCode(() -> new AskedByValues(Values.parse("values.yaml", "{replicas: 2, autoscaling: {enabled: true}}"))
                .requireReplicas(5)).doesNotThrowAnyException();
        assertThatCode(() -> new AskedByValues(Values.parse("values.yaml", "{pods: 2}"))
                .requireReplicas(5)).doesNotThrowAnyException();
    }

    @Test
    void anotherDelayIsTold() {
        AskedByValues asked = new AskedByValues(Values.parse("values.yaml", "{rollouts: {scaleDownDelaySeconds: 5}}"));
        assertThatThrownBy(() -> asked.requireDelay(60)).isInstanceOf(AssertionError.class)
                .hasMessage("The Rollout keeps the old version for 60 s, values.yaml asks for 5 s");
        assertThatCode(() -> asked.requireDelay(5)).doesNotThrowAnyException();
        assertThatCode(() -> new AskedByValues(VALUES).requireDelay(30)).doesNotThrowAnyException();
    }

    private static List<CanaryStep> steps(String yaml) {
        return Values.parse("rollout", "{rollouts: {canary: {steps: [" + yaml + "]}}}").canarySteps();
    }
}
