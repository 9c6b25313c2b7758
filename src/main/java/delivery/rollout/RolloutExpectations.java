package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;

/** The expectations of a Rollout besides its progress: its phase, its Services, its weight and its pods. */
public final class RolloutExpectations {

    private RolloutExpectations() {
    }

    /**
     * Expects the release of a version to be healthy, and scaled to its autoscaler's minimum: until then pods come and
     * go for reasons unrelated to the version.
     *
     * @param leastPods minimum of the autoscaler; 0 if there is none
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

    /** Expects the release of this tag to be in this phase: {@code Healthy}, {@code Paused}, ... */
    public static Expectation<Release, Release> inPhase(String tag, String phase) {
        return ReleaseExpectations.that("the release of " + tag + " is " + phase, release -> release.rollout()
                .filter(rollout -> rollout.asksFor(tag) && rollout.phase().equals(phase)).isPresent());
    }

    /**
     * Expects the release to follow another strategy, to have the Services which that names, and to manage no other: a
     * Service that keeps a hash in its selector would select pods that are about to go.
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
     * Expects this tag to be the stable version, and the canary to get no users any more. With a traffic router the
     * controller removes the canary's weight last; without one, no pod of another version may be left. A blue-green
     * release has no weight to remove.
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

    /** Expects either version of a canary to have the pods that the controller plans for its step, all serving. */
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

    /** Expects a pod of the ReplicaSet with this hash to be ready and not terminating; returns how many are. */
    public static Expectation<Release, Long> podsReady(String hash) {
        return Expectation.of("pods of the ReplicaSet " + hash + " are ready", release -> {
            long ready = release.pods(hash).stream().filter(pod -> pod.ready() && !pod.terminating()).count();
            return ready > 0 ? Outcome.met(ready) : Outcome.notYet(release.summary());
        });
    }
}
