package delivery.release;

import delivery.chart.CanaryStep;
import delivery.chart.MeasurableWeight;
import delivery.failure.UnmeasurableSteps;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.waiting.WaitLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Leads the canary release of a version along its steps, and promotes it at its pauses as a person does. */
public record CanaryWalk(CanaryRelease subject, Version version) {

    /** The shortest pause in which a person can act, if it ends by itself. */
    private static final Duration SHORTEST_TO_ACT = Duration.ofSeconds(5);

    /** Looks at a weight while it is held. */
    @FunctionalInterface
    public interface Look {

        void at(MeasurableWeight weight);
    }

    /** Goes to the end. Returns the weights that could not be measured, each with the reason and what to change. */
    public List<String> toTheEnd(Look look) {
        List<CanaryStep> steps = steps();
        List<MeasurableWeight> weights = MeasurableWeight.of(steps);
        Set<Integer> analyses = weights.stream().flatMapToInt(weight -> weight.heldAt().stream()).boxed()
                .filter(index -> index < steps.size() && steps.get(index) instanceof CanaryStep.Analysis)
                .collect(Collectors.toSet());
        List<String> missed = new ArrayList<>();
        weights.stream().filter(weight -> weight.heldAt().isEmpty()).forEach(weight -> missed.add(named(weight)
                + " is held by no step, so that what it serves cannot be measured; add a pause after it"));
        for (int reached = -1; reached < steps.size();) {
            int from = reached;
            int at = reach(reached, analyses, steps);
            weights.stream().filter(weight -> weight.heldAt().orElse(-1) > from && weight.heldAt().orElse(-1) < at)
                    .forEach(weight -> missed.add(named(weight) + " was over before it could be measured; lengthen the "
                            + steps.get(weight.heldAt().getAsInt()) + " after it"));
            Optional<MeasurableWeight> held = weights.stream().filter(weight -> weight.heldAt().orElse(-1) == at)
                    .findFirst();
            if (held.isPresent()) {
                look.at(held.get());
                if (at < steps.size() && subject.rollout().step().orElse(-1) != at) {
                    missed.add(named(held.get()) + " was over while it was measured; lengthen the " + steps.get(at)
                            + " after it, or lower REQUESTS");
                }
            }
            subject.promoteAt(at);
            reached = at;
        }
        return missed;
    }

    /**
     * Goes on to the last pause at which a person can act.
     *
     * @throws UnmeasurableSteps if there is none
     */
    public Release toLastPause() {
        List<CanaryStep> steps = steps();
        int last = lastPause(steps).orElseThrow(() -> new UnmeasurableSteps("no pause waits for a person, or lasts "
                        + SHORTEST_TO_ACT.toSeconds() + " s, so that nobody can promote the release; add a pause"));
        for (int reached = -1;;) {
            Release release = pauseAfter(reached);
            reached = release.rollout().orElseThrow().step().orElse(0);
            if (reached >= last) {
                return release;
            }
            subject.promoteAt(reached);
        }
    }

    /** Index of the last pause at which a person can act; empty if there is none. */
    static OptionalInt lastPause(List<CanaryStep> steps) {
        return IntStream.range(0, steps.size()).filter(index -> letsAct(steps.get(index)))
                .reduce((first, second) -> second);
    }

    /** Goes on to the first pause at which the canary should have pods. */
    public Release toFirstPods() {
        Release release = pauseAfter(-1);
        while (release.rollout().orElseThrow().canaryPods().canary() == 0) {
            int reached = release.rollout().orElseThrow().step().orElse(0);
            subject.promoteAt(reached);
            release = pauseAfter(reached);
        }
        return release;
    }

    /**
     * Promotes at every pause before the first analysis, whether that is a step or starts in the background at a step.
     */
    public void toAnalysis() {
        List<CanaryStep> steps = steps();
        if (steps.stream().noneMatch(CanaryStep.Analysis.class::isInstance)) {
            int begins = subject.rollout().background().orElse(0);
            for (int pause = nextPause(steps, 0); pause < begins; pause = nextPause(steps, pause + 1)) {
                pauseAfter(pause - 1);
                subject.promoteAt(pause);
            }
            return;
        }
        int first = IntStream.range(0, steps.size()).filter(index -> steps.get(index) instanceof CanaryStep.Analysis)
                .findFirst().orElse(-1);
        for (int reached = -1; reached < first;) {
            Release release = subject.await(ReleaseExpectations.analysedOrHoldsAfter(reached, version.tag(), first),
                    WaitLimit.PAUSE);
            // A faulty version may be aborted before anybody has seen that it was analysed.
            if (release.rollout().orElseThrow().abort()) {
                return;
            }
            reached = stepOf(release.rollout().orElseThrow(), steps);
            subject.promoteAt(reached);
        }
    }

    /** Index of the first pause at or after a step that waits for a person; a very large number if there is none. */
    private static int nextPause(List<CanaryStep> steps, int from) {
        return IntStream.range(from, steps.size()).filter(index -> steps.get(index) instanceof CanaryStep.Pause pause
                && pause.duration().isEmpty()).findFirst().orElse(Integer.MAX_VALUE);
    }

    /** The steps of the Rollout, once it asks for the version. */
    private List<CanaryStep> steps() {
        return subject.await(ReleaseExpectations.asksFor(version.tag()), WaitLimit.RECONCILE).rollout().orElseThrow()
                .steps();
    }

    /** Waits for the next step that is held, and returns its index; the number of steps at the end of the release. */
    private int reach(int before, Set<Integer> analyses, List<CanaryStep> steps) {
        Rollout rollout =
                subject.await(ReleaseExpectations.holdsAfterOrEnds(before, version.tag(), analyses), WaitLimit.PAUSE)
                .rollout().orElseThrow();
        return stepOf(rollout, steps);
    }

    private static int stepOf(Rollout rollout, List<CanaryStep> steps) {
        return rollout.healthy() ? steps.size() : rollout.step().orElse(0);
    }

    private Release pauseAfter(int step) {
        return subject.await(ReleaseExpectations.waitsAtPauseAfter(step, version.tag()), WaitLimit.PAUSE);
    }

    private static boolean letsAct(CanaryStep step) {
        return step instanceof CanaryStep.Pause pause
                && pause.duration().map(time -> time.compareTo(SHORTEST_TO_ACT) >= 0).orElse(true);
    }

    private static String named(MeasurableWeight weight) {
        return "setWeight " + weight.percent() + " at step " + weight.step();
    }
}
