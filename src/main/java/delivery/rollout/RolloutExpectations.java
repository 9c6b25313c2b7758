package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;

/** What is expected of a Rollout beside its progress: its phase, its Services, its weight and its pods. */
public final class RolloutExpectations {

    private RolloutExpectations() {
    }

    /**
     * The release of a version is healthy, and its autoscaler has given it the pods that it keeps at least: until then
     * pods come and go for reasons that have nothing to do with a version.
     *
     * @param leastPods that an autoscaler keeps; 0 without one
     */
    public static Expectation<Release, Release> scaled(String tag, int leastPods) {
        Expectation<Release, Release> healthy = ReleaseExpectations.healthy(tag);
        return Expectation.of(healthy.description(), release -> {
            int replicas = release.rollout().map(Rollout::replicas).orElse(0);
            Outcome<Release> outcome = healthy.judge(release);
            return outcome instanceof Outcome.Met && replicas < leastPods
                    ? Outcome.notYet("its autoscaler keeps at least "
                    + leastPods + " pods, and has not acted yet: the Rollout asks for " + replicas) : outcome;
        });
    }

    /** The release of this tag is in this phase: {@code Healthy}, {@code Paused}, ... */
    public static Expectation<Release, Release> inPhase(String tag, String phase) {
        return ReleaseExpectations.that("the release of " + tag + " is " + phase, release -> release.rollout()
                .filter(rollout -> rollout.asksFor(tag) && rollout.phase().equals(phase)).isPresent());
    }

    /**
     * The release follows another strategy, has the Services that this one names, and manages no other: a Service that
     * is left with a hash in its selector serves pods that will be gone.
     *
     * @param gone strategy that it followed before
     */
    public static Expectation<Release, List<ServiceState>> left(Strategy gone) {
        return Expectation.of("no Service beside those of its new strategy is managed by the Rollout", release -> {
            if (release.rollout().isEmpty()) {
                return Outcome.notYet("there is no Rollout");
            }
            Rollout rollout = release.rollout().get();
            if (rollout.strategy() == gone) {
                return Outcome.notYet("the release follows " + gone);
            }
            List<String> missing = rollout.services().stream().filter(name -> release.service(name).isEmpty()).toList();
            if (!missing.isEmpty()) {
                return Outcome.notYet("the Services " + String.join(", ", missing) + " of the " + rollout.strategy()
                        + " strategy are not there");
            }
            List<String> managed = release.services().stream()
                    .filter(service -> !rollout.services().contains(service.name())
                            && (service.managedBy().isEmpty() || service.managedBy().equals(rollout.name())))
                    .filter(service -> !service.hash().isEmpty() || !service.managedBy().isEmpty())
                    .map(ServiceState::name).toList();
            return managed.isEmpty() ? Outcome.met(release.services())
                    : Outcome.notYet("the Rollout still manages the Service " + String.join(", ", managed));
        });
    }

    /**
     * This tag is the stable version, and no user can be given the canary any more. With a traffic router the
     * controller takes the canary's weight back last; without one no pod is left of another version. A release by
     * blue-green has no weight to take back.
     */
    public static Expectation<Release, Rollout> noWeightLeft(String tag) {
        return Expectation.of(tag + " is the stable version, and no weight is left on the canary", release -> {
            Optional<Rollout> rollout = release.rollout().filter(now -> release.running(tag)
                    .filter(set -> set.hash().equals(now.stableHash())).isPresent());
            if (rollout.filter(Rollout::weighsByPods).isPresent()) {
                long pods = release.owned().filter(set -> !set.hash().equals(rollout.get().stableHash()))
                        .mapToLong(set -> Math.max(set.desired(), release.pods(set.hash()).size())).sum();
                return pods == 0 ? Outcome.met(rollout.get()) : Outcome.notYet("there are " + pods
                        + " pods of another version than the stable one; " + release.summary());
            }
            return rollout.isPresent() && (rollout.get().strategy() == Strategy.BLUE_GREEN
                    || rollout.get().weights().filter(weights -> weights.canary() == 0).isPresent())
                    ? Outcome.met(rollout.get()) : Outcome.notYet(release.summary());
        });
    }

    /** Either version of a canary has the pods that the controller counts for its step, and they serve. */
    public static Expectation<Release, Release> podsAsCounted() {
        String pods = "the canary and the version before it have the pods that their step asks for";
        return Expectation.of(pods, release -> {
            if (release.rollout().isEmpty()) {
                return Outcome.notYet("there is no Rollout yet");
            }
            Rollout rollout = release.rollout().get();
            ReplicaCounts counted = rollout.healthy() ? new ReplicaCounts(rollout.replicas(), 0) : rollout.canaryPods();
            ReplicaCounts serving = release.servingPods();
            return serving.equals(counted) ? Outcome.met(release) : Outcome.notYet("the canary has " + serving.canary()
                    + " pods, the version before it " + serving.stable() + "; the step asks for " + counted.canary()
                    + " and " + counted.stable() + "; " + release.summary());
        });
    }

    /** A pod at least of the ReplicaSet with this hash is ready, and stays; how many are. */
    public static Expectation<Release, Long> podsReady(String hash) {
        return Expectation.of("pods of the ReplicaSet " + hash + " are ready", release -> {
            long ready = release.pods(hash).stream().filter(pod -> pod.ready() && !pod.terminating()).count();
            return ready > 0 ? Outcome.met(ready) : Outcome.notYet(release.summary());
        });
    }
}
