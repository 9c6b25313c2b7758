package delivery.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A weight of a canary and the step at which it can be measured. A weight that no step holds is replaced by the next
 * within a second.
 *
 * @param step    index of the setWeight
 * @param percent weight that it sets
 * @param heldAt  index of the step that holds it: a pause, preferably one that waits for a person, or an analysis; the
 *                number of steps for 100% at the end, which lasts; empty if nothing holds it
 */
public record MeasurableWeight(int step, int percent, OptionalInt heldAt) {

    /** Returns every weight of the steps, in their order. */
    public static List<MeasurableWeight> of(List<CanaryStep> steps) {
        List<MeasurableWeight> weights = new ArrayList<>();
        int[] set = IntStream.range(0, steps.size()).filter(index -> steps.get(index).setsWeight().isPresent())
                .toArray();
        for (int number = 0; number < set.length; number++) {
            boolean last = number == set.length - 1;
            int percent = steps.get(set[number]).setsWeight().getAsInt();
            OptionalInt held = hold(steps, set[number] + 1, last ? steps.size() : set[number + 1]);
            weights.add(new MeasurableWeight(set[number], percent,
                    held.isEmpty() && last && percent == 100 ? OptionalInt.of(steps.size()) : held));
        }
        return weights;
    }

    private static OptionalInt hold(List<CanaryStep> steps, int from, int to) {
        return IntStream.range(from, to).boxed().filter(index -> length(steps.get(index)).isPresent())
                .max(Comparator.comparing((Integer index) -> length(steps.get(index)).orElseThrow())
                        .thenComparing(Comparator.reverseOrder()))
                .map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** How long a step holds a weight, for comparison; the duration of an analysis is not known here. */
    private static Optional<Long> length(CanaryStep step) {
        if (step instanceof CanaryStep.Pause pause) {
            return Optional.of(pause.duration().map(time -> time.toSeconds()).orElse(Long.MAX_VALUE));
        }
        return step instanceof CanaryStep.Analysis ? Optional.of(-1L) : Optional.empty();
    }
}
