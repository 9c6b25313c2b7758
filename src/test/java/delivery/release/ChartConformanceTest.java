package delivery.release;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.chart.CanaryStep;
import delivery.chart.Values;
import delivery.failure.MissingValue;
import delivery.layout.ValuePlaces;
import delivery.rollout.Strategy;
import delivery.rollout.Timing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChartConformanceTest {

    private static final Values VALUES = Values.parse("values.yaml", """
            replicas: 2
            rollouts: {canary: {steps: [{setWeight: 20}, {pause: {}}, {setWeight: 60}, {pause: {}}]}}
            """);

    @Test
    void theSameStepsMayBeWrittenOtherwise() {
        assertThatCode(() -> judge(VALUES).requireSteps(
                steps("{setWeight: '20'}, {pause: }, {setWeight: 60}, {pause: {duration: }}")))
                .doesNotThrowAnyException();
        ChartConformance timed =
                asked("{pause: {duration: 0.5m}}, {pause: {duration: 30}}, {setCanaryScale: {weight: 25}},"
                + " {analysis: {templates: [{templateName: a}]}}");
        assertThatCode(() -> timed.requireSteps(steps("{pause: {duration: 30s}}, {pause: {duration: '30'}},"
                + " {setCanaryScale: {weight: '25'}}, {analysis: {templates: [{templateName: a, clusterScope: false}],"
                + " args: [{name: service}]}}"))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{setWeight: 20}, {pause: {duration: 25s}}, {setWeight: 60}, {pause: {}}"
                + "|Step 1 of the Rollout is \"pause of 25 s\", values.yaml asks for \"pause\"",
        "{setWeight: 20}, {pause: {}}, {setWeight: 60}, {pause: {}}, {setWeight: 80}"
                + "|Step 4 of the Rollout is \"setWeight 80\", values.yaml asks for no such step",
        "{setWeight: 20}, {pause: {}}, {setWeight: 60}|Step 3 of the Rollout is missing, values.yaml asks for"
                + " \"pause\"",
        "{setWeight: 20}, {analysis: {templates: [{templateName: a}]}}, {pause: {}}, {setWeight: 60}, {pause: {}}"
                + "|Step 1 of the Rollout is \"analysis a\", values.yaml asks for \"pause\"",
        "{setWeight: 60}, {pause: {}}, {setWeight: 20}, {pause: {}}"
                + "|Step 0 of the Rollout is \"setWeight 60\", values.yaml asks for \"setWeight 20\"",
        "{setCanaryScale: {replicas: 2}}, {setWeight: 20}, {pause: {}}, {setWeight: 60}, {pause: {}}"
                + "|Step 0 of the Rollout is \"setCanaryScale 2 replicas\""})
    void theFirstStepThatDiffersIsReported(String own, String message) {
        assertThatThrownBy(() -> judge(VALUES).requireSteps(steps(own)))
                .isInstanceOf(AssertionError.class)
                .hasMessageStartingWith(message).hasMessageContaining(
                        "those of values.yaml are [setWeight 20, pause, setWeight 60, pause]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{analysis: {templates: [{templateName: a}]}}|{analysis: {templates: [{templateName: b}]}}|false",
        "{analysis: {templates: [{templateName: a}]}}|{analysis: {templates: [{templateName: a}, {templateName:"
                + " b}]}}|false",
        "{analysis: {templates: [{templateName: a}]}}"
                + "|{analysis: {templates: [{templateName: a}], dryRun: [{metricName: .*}]}}|false",
        "{analysis: {templates: [{templateName: '{{ .Release.Name }}'}]}}|{analysis: {templates: [{templateName:"
                + " x}]}}|true",
        "{setHeaderRoute: {name: b, match: [{headerName: x}]}}|{setHeaderRoute: {match: [{headerName: x}], name:"
                + " b}}|true",
        "{setHeaderRoute: {name: b, match: [{headerName: x}]}}|{setHeaderRoute: {name: b}}|false",
        "{setHeaderRoute: {name: b}}|{setMirrorRoute: {name: b}}|false",
        "{experiment: {duration: 5m}}|{experiment: {duration: 5m, templates: [{name: x}]}}|true",
        "{pause: {duration: 1h}}|{pause: {duration: 60m}}|true", "{pause: {duration: 1h}}|{pause: {}}|false"})
    void everyKindOfStepIsCompared(String wanted, String own, boolean same) {
        if (same) {
            assertThatCode(() -> asked(wanted).requireSteps(steps(own))).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> asked(wanted).requireSteps(steps(own))).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void whatDecidesTheNumberOfPodsIsComparedAlone() {
        assertThatCode(() -> judge(VALUES).requireScale(
                steps("{setWeight: 20}, {pause: {duration: 5s}}, {setWeight: 60}"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> judge(VALUES).requireScale(
                steps("{setCanaryScale: {replicas: 2}}, {setWeight: 20}, {setWeight: 60}")))
                .isInstanceOf(AssertionError.class).hasMessage("The Rollout's own steps are [setCanaryScale 2 replicas,"
                        + " setWeight 20, setWeight 60], those of values.yaml are [setWeight 20, setWeight 60]");
    }

    @Test
    void aChartMayHaveStepsThatItsValuesDoNotHave() {
        ChartConformance none = judge(Values.parse("values.yaml", "{replicas: 2}"));
        assertThatCode(() -> none.requireStepsIfAny(steps("{setWeight: 40}"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> none.requireSteps(steps("{setWeight: 40}")))
                .isInstanceOf(MissingValue.class);
        assertThatThrownBy(() -> judge(VALUES).requireStepsIfAny(steps("{setWeight: 40}")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherNumberOfPodsIsReported() {
        assertThatThrownBy(() -> judge(VALUES).requireReplicas(1))
                .isInstanceOf(AssertionError.class)
                .hasMessage("The Rollout asks for 1 replicas, values.yaml for 2");
        assertThatCode(() -> judge(VALUES).requireReplicas(2)).doesNotThrowAnyException();
    }

    @Test
    void anAutoscalerDecidesTheNumberOfPods() {
        assertThatCode(() ->
                judge(Values.parse("values.yaml", "{replicas: 2, autoscaling: {enabled: true}}"))
                .requireReplicas(5)).doesNotThrowAnyException();
        assertThatCode(() -> judge(Values.parse("values.yaml", "{pods: 2}"))
                .requireReplicas(5)).doesNotThrowAnyException();
    }

    /** The controller refuses a Rollout with these fields. */
    @Test
    void withoutATrafficRouterNoOldVersionIsKept() {
        ChartConformance asked = judge(Values.parse("values.yaml",
                "{rollouts: {scaleDownDelaySeconds: 5, abortScaleDownDelaySeconds: 2}, progressDeadlineSeconds: 60}"));
        assertThatCode(() -> asked.requireDelays(Strategy.CANARY, timing(null, null, 60, null), false))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> asked.requireDelays(Strategy.CANARY, timing(null, null, 60, null), true))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> asked.requireDelays(Strategy.CANARY, timing(null, null, 90, null), false))
                .isInstanceOf(AssertionError.class);
    }

    private static Timing timing(Integer scaleDown, Integer abort, Integer deadline, Integer promotion) {
        return new Timing(promotion != null, number(promotion), number(scaleDown), number(abort), number(deadline), 0,
                30, 0);
    }

    private static OptionalInt number(Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "scaleDownDelaySeconds: 5|60|-|-|-|The Rollout keeps the old version for 60 s, values.yaml asks for 5 s",
        "scaleDownDelaySeconds: 5|-|-|-|-|The Rollout keeps the old version for 30 s, values.yaml asks for 5 s",
        "scaleDownDelaySeconds: 30|-|-|-|-|-", "scaleDownDelaySeconds: '5'|5|-|-|-|-",
        "scaleDownDelaySeconds: '{{ x }}'|7|-|-|-|-",
        "blueGreen: {scaleDownDelaySeconds: 9}, scaleDownDelaySeconds: 5|9|-|-|-|-",
        "canary: {scaleDownDelaySeconds: 9}|5|-|-|-|-",
        "abortScaleDownDelaySeconds: 2|5|60|-|-|The Rollout has abortScaleDownDelaySeconds: 60, values.yaml asks for 2",
        "abortScaleDownDelaySeconds: 2|5|2|-|-|-",
        "progressDeadlineSeconds: 120|5|2|-|-"
                + "|The Rollout has progressDeadlineSeconds: 600 by default, values.yaml asks for 120",
        "autoPromotionSeconds: 0|5|2|-|20|The Rollout has autoPromotionSeconds: 20, values.yaml asks for 0",
        "replicas: 2|60|60|60|60|-"})
    void everyDelayThatTheValuesNameIsCompared(String values, Integer scaleDown, Integer abort, Integer deadline,
            Integer promotion, String message) {
        ChartConformance asked = judge(Values.parse("values.yaml", "{rollouts: {" + values + "}}"));
        Timing own = timing(scaleDown, abort, deadline, promotion);
        if (message == null) {
            assertThatCode(() -> asked.requireDelays(Strategy.BLUE_GREEN, own, true)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> asked.requireDelays(Strategy.BLUE_GREEN, own, true))
                    .isInstanceOf(AssertionError.class).hasMessage(message);
        }
    }

    @Test
    void aCanaryHasDelaysOfItsOwn() {
        ChartConformance asked = judge(Values.parse("values.yaml",
                "{progressDeadlineSeconds: 60, rollouts: {canary: {scaleDownDelaySeconds: 9, autoPromotionSeconds:"
                        + " 3}}}"));
        assertThatCode(() -> asked.requireDelays(Strategy.CANARY, timing(9, null, 60, null), true))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> asked.requireDelays(Strategy.CANARY, timing(5, null, 60, null), true))
                .hasMessageContaining("for 5 s, values.yaml asks for 9 s");
        assertThatThrownBy(() -> asked.requireDelays(Strategy.CANARY, timing(9, null, 90, null), true))
                .hasMessageContaining("progressDeadlineSeconds: 90");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bluegreen", "blue_green", "BlueGreen", "blueGreenStrategy"})
    void aDelayOfTheOtherStrategyIsNoneOfThisOnes(String spelling) {
        Values values = Values.parse("values.yaml", "{release: {" + spelling + ": {scaleDownDelaySeconds: 60}}}");
        ValuePlaces places = new ValuePlaces(Strategy.BLUE_GREEN, Optional.empty(), List.of(), Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.of("release." + spelling + ".scaleDownDelaySeconds"));
        ChartConformance asked = new ChartConformance(values, places);
        assertThatCode(() -> asked.requireDelays(Strategy.CANARY, timing(30, null, 600, null), true))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> asked.requireDelays(Strategy.BLUE_GREEN, timing(30, null, 600, null), true))
                .hasMessageContaining("values.yaml asks for 60 s");
    }

    private static ChartConformance asked(String steps) {
        return judge(Values.parse("values.yaml", "{rollouts: {canary: {steps: [" + steps + "]}}}"));
    }

    private static List<CanaryStep> steps(String yaml) {
        return Values.parse("rollout", "{rollouts: {canary: {steps: [" + yaml + "]}}}")
                .canarySteps("rollouts.canary.steps");
    }

    private static ChartConformance judge(Values values) {
        return new ChartConformance(values, ValuePlaces.OF_THE_LAB);
    }
}
