package delivery.rollout;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tells a Rollout whose number of pods is changed, as an autoscaler does, from one that does not stay as it is. The
 * controller calls it Progressing until it has seen the number and the new pods are available (argo-rollouts,
 * utils/rollout/rolloututil.go), although nothing else has changed.
 */
public final class Scaling {

    private Scaling() {
    }

    /**
     * Expects the same throughout, apart from moments at which only the number of pods has changed since it was so. It
     * does not notice a release that does not come to rest again: that is to be awaited at the end.
     */
    public static Expectation<Release, Release> allowed(Expectation<Release, Release> expectation) {
        AtomicReference<Rollout> last = new AtomicReference<>();
        return Expectation.of(expectation.description(), release -> {
            Outcome<Release> outcome = expectation.judge(release);
            if (outcome instanceof Outcome.Met) {
                release.rollout().ifPresent(last::set);
                return outcome;
            }
            return outcome instanceof Outcome.NotYet && Optional.ofNullable(last.get()).filter(before ->
                    release.rollout().filter(now -> scaled(before, now)).isPresent()).isPresent()
                    ? Outcome.met(release) : outcome;
        });
    }

    private static boolean scaled(Rollout before, Rollout now) {
        return now.generation() != before.generation() && now.replicas() != before.replicas()
                && now.phase().equals("Progressing") && withoutReplicas(now).equals(withoutReplicas(before))
                && now.currentHash().equals(before.currentHash()) && now.stableHash().equals(before.stableHash())
                && now.activeHash().equals(before.activeHash()) && now.previewHash().equals(before.previewHash())
                && now.pauses().equals(before.pauses()) && !now.abort() && now.failure().isEmpty();
    }

    private static ObjectNode withoutReplicas(Rollout rollout) {
        ObjectNode spec = rollout.object().path("spec").deepCopy();
        spec.remove("replicas");
        return spec;
    }
}
