package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;

/** What is expected of a Rollout beside its progress: its phase, its Services, its weight and its pods. */
public final class RolloutExpectations {

    private RolloutExpectations() {
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
                    .filter(service -> !rollout.services().contains(service.name()))
                    .filter(service -> !service.hash().isEmpty() || !service.managedBy().isEmpty())
                    .map(ServiceState::name).toList();
            return managed.isEmpty() ? Outcome.met(release.services())
                    : Outcome.notYet("the Rollout still manages the Service " + String.join(", ", managed));
        });
    }

    /**
     * This tag is the stable version, and the canary has no weight: the controller takes it back last. A release by
     * blue-green has none to take back.
     */
    public static Expectation<Release, Rollout> noWeightLeft(String tag) {
        return Expectation.of(tag + " is the stable version, and no weight is left on the canary", release -> {
            Optional<Rollout> rollout = release.rollout().filter(now -> release.running(tag)
                    .filter(set -> set.hash().equals(now.stableHash())).isPresent());
            return rollout.isPresent() && (rollout.get().strategy() == Strategy.BLUE_GREEN
                    || rollout.get().weights().filter(weights -> weights.canary() == 0).isPresent())
                    ? Outcome.met(rollout.get()) : Outcome.notYet(release.summary());
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
