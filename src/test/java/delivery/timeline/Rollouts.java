package delivery.timeline;

import com.fasterxml.jackson.databind.node.MissingNode;
import delivery.chart.CanaryStep;
import delivery.rollout.Pause;
import delivery.rollout.Release;
import delivery.rollout.ReplicaRules;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutIdentity;
import delivery.rollout.RolloutSpec;
import delivery.rollout.RolloutStatus;
import delivery.rollout.Strategy;
import delivery.rollout.Timing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** Rollouts in the states that a release passes through. */
final class Rollouts {

    private static final List<CanaryStep> STEPS = List.of(new CanaryStep.SetWeight(20),
            new CanaryStep.Pause(Optional.empty()), new CanaryStep.SetWeight(60),
            new CanaryStep.Pause(Optional.empty()));

    private Rollouts() {
    }

    static Rollout canary(String phase, int step) {
        return rollout(phase, Strategy.CANARY, OptionalInt.of(step), false, "");
    }

    static Rollout aborted() {
        return rollout("Degraded", Strategy.CANARY, OptionalInt.of(0), true, "");
    }

    static Rollout blueGreen(String phase, String active) {
        return rollout(phase, Strategy.BLUE_GREEN, OptionalInt.empty(), false, active);
    }

    static Release release(Rollout rollout) {
        return new Release(Optional.of(rollout), List.of(), List.of(), List.of(), List.of());
    }

    private static Rollout rollout(String phase, Strategy strategy, OptionalInt step, boolean abort, String active) {
        boolean paused = phase.equals("Paused");
        return new Rollout(new RolloutIdentity("shop", "sample-api", "u1", 7, null, List.of()),
                new RolloutSpec(strategy, List.of("sample-api:1.1.0"), 2, false, STEPS, 30, MissingNode.getInstance(),
                        new RolloutSpec.Services(Optional.empty(), Optional.empty()), Timing.UNSET,
                        new ReplicaRules(true, true, OptionalInt.empty(), false, OptionalInt.empty())),
                new RolloutStatus(7, phase, "", paused ? List.of(new Pause("Pause")) : List.of(), paused, false, abort,
                        false, new RolloutStatus.Hashes("new", "old", active, ""), step, Optional.empty(),
                        Optional.empty()));
    }
}
