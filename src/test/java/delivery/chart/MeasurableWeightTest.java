package delivery.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasurableWeightTest {

    private static final OptionalInt NOWHERE = OptionalInt.empty();

    @ParameterizedTest(name = "{0} -> {1}")
    @CsvSource(delimiter = '|', value = {
        "{setWeight: 20}, {analysis: {}}, {pause: {}}, {setWeight: 60}, {pause: {}} | 20@2 60@4",
        // The steps of the first example of Argo Rollouts.
        "{setWeight: 20}, {pause: {}}, {setWeight: 40}, {pause: {duration: 10}}, {setWeight: 60}, {pause: {duration:"
                + " 10}}"
                + " | 20@1 40@3 60@5",
        "{setWeight: 20}, {pause: {duration: 5}}, {pause: {duration: 1m}}, {pause: {duration: 60}} | 20@2",
        "{setWeight: 20}, {pause: {}}, {pause: {}} | 20@1",
        "{setWeight: 20}, {analysis: {}}, {setWeight: 60}, {pause: {}} | 20@1 60@3",
        "{setWeight: 20}, {setWeight: 60}, {pause: {}} | 20@nowhere 60@2",
        "{setWeight: 20}, {pause: {}}, {setWeight: 60} | 20@1 60@nowhere",
        "{setWeight: 20}, {pause: {}}, {setWeight: 100} | 20@1 100@3",
        "{setWeight: 100}, {setWeight: 20}, {pause: {}} | 100@nowhere 20@2",
        "{setWeight: 20}, {setHeaderRoute: {}}, {experiment: {}} | 20@nowhere",
        "{pause: {}}, {setWeight: 0}, {pause: {}} | 0@2"})
    void aWeightIsHeldByWhatLastsLongestBeforeTheNext(String steps, String held) {
        assertThat(MeasurableWeight.of(steps("[" + steps + "]")).stream().map(weight -> weight.percent() + "@"
                + (weight.heldAt().isPresent() ? weight.heldAt().getAsInt() : "nowhere"))
                .collect(Collectors.joining(" ")))
                .isEqualTo(held);
    }

    @Property(tries = 500)
    void everyWeightIsListedOnceAndHeldBetweenItselfAndTheNext(@ForAll("steps") List<CanaryStep> steps) {
        List<MeasurableWeight> weights = MeasurableWeight.of(steps);
        assertThat(weights).extracting(MeasurableWeight::percent).isEqualTo(steps.stream()
                .flatMapToInt(step -> step.setsWeight().stream()).boxed().toList());
        for (int number = 0; number < weights.size(); number++) {
            MeasurableWeight weight = weights.get(number);
            int end = number + 1 < weights.size() ? weights.get(number + 1).step() : steps.size() + 1;
            if (!weight.heldAt().equals(NOWHERE)) {
                assertThat(weight.heldAt().getAsInt()).isGreaterThan(weight.step()).isLessThan(end);
            } else {
                assertThat(steps.subList(weight.step() + 1, Math.min(end, steps.size())))
                        .noneMatch(CanaryStep.Pause.class::isInstance);
            }
        }
    }

    @Provide
    Arbitrary<List<CanaryStep>> steps() {
        return Arbitraries.of("{setWeight: 10}", "{setWeight: 100}", "{pause: {}}", "{pause: {duration: 7}}",
                "{analysis: {}}", "{setHeaderRoute: {}}").list().ofMaxSize(9)
                .filter(list -> !list.isEmpty()).map(list -> steps(list.toString()));
    }

    private static List<CanaryStep> steps(String yaml) {
        return Values.parse("values.yaml", "rollouts: {canary: {steps: " + yaml + "}}")
                .canarySteps("rollouts.canary.steps");
    }
}
