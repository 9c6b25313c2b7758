package delivery.timeline;

import delivery.rollout.Release;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** Rollouts in the states that a release passes through. */
final class Rollouts {

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
        String followed = strategy == Strategy.CANARY ? "canary:{trafficRouting:{},steps:[{setWeight:20},{pause:{}},"
                + "{setWeight:60},{pause:{}}]}" : "blueGreen:{}";
        return Rollout.parse(ReleaseFixture.json("{metadata:{name:'sample-api',uid:'u1',generation:7},spec:{replicas:2,"
                + "strategy:{" + followed + "}},status:{observedGeneration:'7',phase:'" + phase + "',pauseConditions:["
                + (paused ? "{reason:'Pause'}" : "") + "],controllerPause:" + paused + ",abort:" + abort
                + ",currentPodHash:'new',stableRS:'old',blueGreen:{activeSelector:'" + active + "'}"
                + step.stream().mapToObj(index -> ",currentStepIndex:" + index).collect(Collectors.joining()) + "}}"));
    }
}
