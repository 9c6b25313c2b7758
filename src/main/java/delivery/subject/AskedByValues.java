package delivery.subject;

import delivery.chart.CanaryStep;
import delivery.chart.Values;
import java.util.List;
import java.util.Optional;

/**
 * What the chart's values ask for, and the live Rollout must have: a chart that renders something else than its values say
 * would otherwise be proved by its own mistake.
 */
public final class AskedByValues {

    private final Values values;

    /** @param values what the chart is rendered with, at the revision that is deployed */
    public AskedByValues(Values values) {
        this.values = values;
    }

    /**
     * The steps that move traffic or pods must be those of the values, in their order.
     *
     * @param steps the live Rollout's own
     * @throws AssertionError              if they are not
     * @throws delivery.chart.MissingValue if the values have no steps
     */
    public void requireSteps(List<CanaryStep> steps) {
        List<CanaryStep> wanted = moving(values.canarySteps());
        List<CanaryStep> own = moving(steps);
        if (!own.equals(wanted)) {
            throw new AssertionError("The Rollout's own steps are " + own + ", those of values.yaml are " + wanted);
        }
    }

    /**
     * The number of pods must be that of the values, if they have one and no autoscaler decides it.
     *
     * @param replicas that the live Rollout asks for
     * @throws AssertionError if it is not
     */
    public void requireReplicas(int replicas) {
        Optional<String> wanted = values.find("replicas").filter(number ->
                !values.find("autoscaling.enabled").map(Boolean::parseBoolean).orElse(false));
        if (wanted.isPresent() && !wanted.get().equals(String.valueOf(replicas))) {
            throw new AssertionError("The Rollout asks for " + replicas + " replicas, values.yaml for "
                    + wanted.get());
        }
    }

    /**
     * The delay after a switch must be that of the values, if they have one.
     *
     * @param seconds that the live Rollout keeps the old version for
     * @throws AssertionError if it is not
     */
    public void requireDelay(int seconds) {
        Optional<String> wanted = values.find("rollouts.scaleDownDelaySeconds");
        if (wanted.isPresent() && !wanted.get().equals(String.valueOf(seconds))) {
            throw new AssertionError("The Rollout keeps the old version for " + seconds + " s, values.yaml asks for "
                    + wanted.get() + " s");
        }
    }

    private static List<CanaryStep> moving(List<CanaryStep> steps) {
        return steps.stream().filter(step -> step instanceof CanaryStep.SetWeight
                || step instanceof CanaryStep.SetCanaryScale).toList();
    }
}
