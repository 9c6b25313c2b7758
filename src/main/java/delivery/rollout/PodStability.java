package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The pods of a ReplicaSet at a moment when all were available, to check that they have stayed so. A pod that was
 * restarted or not ready between two observations is recognized by its restart count and its time of readiness.
 */
public record PodStability(String hash, List<PodState> pods) {

    /** Expects all pods of the ReplicaSet with this hash to be ready, and returns them for comparison. */
    public static Expectation<Release, PodStability> from(String hash) {
        return Expectation.of("all pods of the ReplicaSet " + hash + " are ready", release -> {
            List<PodState> ready = release.pods(hash).stream().filter(pod -> pod.ready() && !pod.terminating())
                    .toList();
            int desired = release.replicaSet(hash).map(ReplicaSetState::desired).orElse(0);
            return desired > 0 && ready.size() >= desired ? Outcome.met(new PodStability(hash, ready))
                    : Outcome.notYet(ready.size() + " of " + desired + " pods are ready; " + release.summary());
        });
    }

    public int size() {
        return pods.size();
    }

    /** Expects all these pods to still exist and to have been ready all the time. */
    public Expectation<Release, Release> stay() {
        return Expectation.of("the pods of the ReplicaSet " + hash + " stay ready", release -> change(release)
                .<Outcome<Release>>map(why -> Outcome.impossible(why + "; " + release.summary()))
                .orElseGet(() -> Outcome.met(release)));
    }

    /** Describes the first pod that has changed; empty if none has. */
    public Optional<String> change(Release release) {
        Optional<ReplicaSetState> set = release.replicaSet(hash);
        int desired = set.map(ReplicaSetState::desired).orElse(0);
        var now = release.pods(hash).stream().collect(Collectors.toMap(PodState::name, Function.identity(),
                (one, other) -> one));
        // An autoscaler may remove pods.
        long there = pods.stream().filter(pod -> now.containsKey(pod.name()) && !now.get(pod.name()).terminating())
                .count();
        if (there < Math.min(desired, pods.size()) || desired == 0) {
            return Optional.of("of " + pods.size() + " pods that were available " + there + " are left");
        }
        return pods.stream().filter(pod -> now.containsKey(pod.name()) && !now.get(pod.name()).terminating())
                .flatMap(pod -> change(pod, now.get(pod.name())).stream()).findFirst();
    }

    private static Optional<String> change(PodState before, PodState now) {
        if (now.restarts() > before.restarts()) {
            return Optional.of("pod " + now.name() + " was started again, " + (now.restarts() - before.restarts())
                    + " time(s), after it had been available" + problem(now));
        }
        if (!now.ready()) {
            return Optional.of("pod " + now.name() + " is not ready any more after it had been available"
                    + problem(now));
        }
        return now.readySince().equals(before.readySince()) ? Optional.empty()
                : Optional.of("pod " + now.name() + " was not ready for a while after it had been available: it is"
                        + " ready again since " + now.readySince().map(ServerTime::toString).orElse("an unknown time"));
    }

    private static String problem(PodState pod) {
        return pod.problem().isEmpty() ? "" : ": " + pod.problem();
    }
}
