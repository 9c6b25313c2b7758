package delivery.release;

import delivery.chart.CanaryStep;
import delivery.chart.Values;
import delivery.layout.ValuePlaces;
import delivery.rollout.Strategies;
import delivery.rollout.Strategy;
import delivery.rollout.Timing;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Compares the live Rollout with the chart's values. Without this, a chart that renders something other than its values
 * say would be proved by its own mistake.
 *
 * @param values the values that the chart is rendered with, at the deployed revision
 * @param places the places of the judged settings in the values; a setting without a place is not judged
 */
public record ChartConformance(Values values, ValuePlaces places) {

    /** The controller's defaults in seconds, where nothing is set (argo-rollouts, utils/defaults). */
    private static final int DEFAULT_DELAY = 30;
    private static final int DEFAULT_PROGRESS_DEADLINE = 600;

    /**
     * Requires the steps to be all those of the values, in the same order. A text that the chart renders itself, such
     * as {@code {{ .Release.Name }}}, and the content of an experiment or a plugin are not compared.
     *
     * @throws AssertionError                if a step differs; the message names the first that does
     * @throws delivery.failure.MissingValue if the values have no steps
     */
    public void requireSteps(List<CanaryStep> steps) {
        if (places.steps().isEmpty()) {
            return;
        }
        List<CanaryStep> wanted = values.canarySteps(places.steps().get());
        for (int index = 0; index < Math.max(steps.size(), wanted.size()); index++) {
            Optional<CanaryStep> own = at(steps, index);
            Optional<CanaryStep> asked = at(wanted, index);
            if (own.isEmpty() || asked.isEmpty() || !same(asked.get(), own.get())) {
                throw new AssertionError("Step " + index + " of the Rollout is " + own.map(ChartConformance::quoted)
                        .orElse("missing") + ", values.yaml asks for "
                        + asked.map(ChartConformance::quoted).orElse("no such step")
                        + ". The Rollout's own steps are " + steps + ", those of values.yaml are " + wanted);
            }
        }
    }

    /** @throws AssertionError if the values have steps, which is optional, and the Rollout has different ones */
    public void requireStepsIfAny(List<CanaryStep> steps) {
        if (places.steps().filter(values::hasCanarySteps).isPresent()) {
            requireSteps(steps);
        }
    }

    /**
     * Requires the steps that decide how many pods a canary has to be those of the values, in the same order.
     *
     * @throws AssertionError                if they are not
     * @throws delivery.failure.MissingValue if the values have no steps
     */
    public void requireScale(List<CanaryStep> steps) {
        if (places.steps().isEmpty()) {
            return;
        }
        List<CanaryStep> wanted = scaling(values.canarySteps(places.steps().get()));
        List<CanaryStep> own = scaling(steps);
        if (!own.equals(wanted)) {
            throw new AssertionError("The Rollout's own steps are " + own + ", those of values.yaml are " + wanted);
        }
    }

    private static List<CanaryStep> scaling(List<CanaryStep> steps) {
        return steps.stream().filter(step -> step instanceof CanaryStep.SetWeight
                || step instanceof CanaryStep.SetCanaryScale).toList();
    }

    /** @throws AssertionError if the values, and no autoscaler, decide the number of pods, and it differs */
    public void requireReplicas(int replicas) {
        Optional<String> wanted = places.replicas().flatMap(values::find).filter(number ->
                !values.find("autoscaling.enabled").map(Boolean::parseBoolean).orElse(false));
        if (wanted.isPresent() && !wanted.get().equals(String.valueOf(replicas))) {
            throw new AssertionError("The Rollout asks for " + replicas + " replicas, values.yaml for " + wanted.get());
        }
    }

    /**
     * Requires the delays of the strategy that the Rollout follows to be those of the values, as far as the values have
     * them. The controller applies no scale-down delay where no old version stays up after a switch.
     *
     * @throws AssertionError if one differs
     */
    public void requireDelays(Strategy strategy, Timing timing, boolean keepsOld) {
        if (keepsOld) {
            find(strategy, "scaleDownDelaySeconds").ifPresent(wanted ->
                    requireDelay(timing.scaleDownDelay().orElse(DEFAULT_DELAY), wanted));
            require("abortScaleDownDelaySeconds", timing.abortScaleDownDelay(), DEFAULT_DELAY,
                    find(strategy, "abortScaleDownDelaySeconds"));
        }
        require("progressDeadlineSeconds", timing.progressDeadline(), DEFAULT_PROGRESS_DEADLINE,
                find(strategy, "progressDeadlineSeconds"));
        if (strategy == Strategy.BLUE_GREEN) {
            require("autoPromotionSeconds", timing.autoPromotionSeconds(), 0, find(strategy, "autoPromotionSeconds"));
        }
    }

    private static void require(String name, OptionalInt own, int byDefault, Optional<String> wanted) {
        if (wanted.isPresent() && differs(wanted.get(), own.orElse(byDefault))) {
            throw new AssertionError("The Rollout has " + name + ": " + (own.isPresent() ? own.getAsInt()
                    : byDefault + " by default") + ", values.yaml asks for " + wanted.get());
        }
    }

    private static void requireDelay(int seconds, String wanted) {
        if (differs(wanted, seconds)) {
            throw new AssertionError("The Rollout keeps the old version for " + seconds + " s, values.yaml asks for "
                    + wanted + " s");
        }
    }

    /** Looks a setting up next to the strategy's own steps, or among the settings that both strategies share. */
    private Optional<String> find(Strategy strategy, String name) {
        String own = strategy == Strategy.CANARY ? "canary" : "blueGreen";
        Stream<String> place = places.delay().stream()
                .filter(path -> name.equals("scaleDownDelaySeconds") && !isOfTheOther(path, strategy));
        return Stream.concat(Stream.concat(Stream.of("rollouts." + own + "." + name), place),
                Stream.of("rollouts." + name, name)).flatMap(path -> values.find(path).stream()).findFirst();
    }

    /** Whether a part of a path names the other strategy, in any spelling. */
    private static boolean isOfTheOther(String path, Strategy strategy) {
        return Stream.of(path.split("\\.")).flatMap(part -> Strategies.named(part).stream())
                .anyMatch(named -> named != strategy);
    }

    /** Whether a number of the values differs. Text that is not a number, such as a template, is not judged. */
    private static boolean differs(String wanted, int own) {
        try {
            return new BigDecimal(wanted.strip()).compareTo(BigDecimal.valueOf(own)) != 0;
        } catch (NumberFormatException rendered) {
            return false;
        }
    }

    private static boolean same(CanaryStep wanted, CanaryStep own) {
        if (wanted instanceof CanaryStep.Other asked && own instanceof CanaryStep.Other other) {
            boolean open = asked.content().contains("{{") || List.of("experiment", "plugin").contains(asked.kind());
            return asked.kind().equals(other.kind()) && (open || asked.content().equals(other.content()));
        }
        if (wanted instanceof CanaryStep.Analysis asked && own instanceof CanaryStep.Analysis other
                && asked.templates().stream().anyMatch(name -> name.contains("{{"))) {
            return asked.templates().size() == other.templates().size() && asked.dryRun().equals(other.dryRun());
        }
        return wanted.equals(own);
    }

    private static Optional<CanaryStep> at(List<CanaryStep> steps, int index) {
        return index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
    }

    private static String quoted(CanaryStep step) {
        return "\"" + step + "\"";
    }
}
