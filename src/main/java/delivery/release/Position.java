package delivery.release;

import delivery.release.pool.Stage;
import delivery.release.pool.Standing;
import delivery.rollout.Diagnosis;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.waiting.Outcome;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The position of a release: its standing, judged by the Rollout and by what was asked for, and its versions.
 *
 * @param old  the version that users have or, after a promotion, had before
 * @param next the version that waits, or was promoted; empty if there is none
 */
public record Position(Standing standing, Version old, Optional<Version> next) {

    /**
     * @param desired the state that the Application asks for
     * @param past    all deployments of the release, in their order
     * @return empty if no scenario could continue from there
     */
    static Optional<Position> of(Release release, Desired desired, List<Deployment> past) {
        Optional<Rollout> rollout = release.rollout().filter(now -> now.observedGeneration() == now.generation()
                && now.strategy() == desired.strategy());
        Optional<Version> stable = rollout.flatMap(now -> running(release, now.stableHash(), past));
        Optional<Version> current = rollout.flatMap(now -> running(release, now.currentHash(), past));
        // A problem of this release would be taken for a cause in another scenario.
        boolean ill = Diagnosis.of(release).stream().anyMatch(cause -> cause.reports() == 0);
        if (stable.isEmpty() || current.isEmpty() || stable.get().faulty() || ill) {
            return Optional.empty();
        }
        return rollout.get().currentHash().equals(rollout.get().stableHash())
                ? atRest(release, desired, past, stable.get())
                : underWay(release, desired, stable.get(), current.get());
    }

    private static Optional<Version> running(Release release, String hash, List<Deployment> past) {
        Optional<ReplicaSetState> set = release.replicaSet(hash);
        return past.stream().map(Deployment::version)
                .filter(version -> set.isPresent() && set.get().runs(version.tag())).findFirst();
    }

    private static Optional<Position> atRest(Release release, Desired desired, List<Deployment> past, Version stable) {
        if (!release.rollout().orElseThrow().healthy()) {
            return Optional.empty();
        }
        if (!desired.version().equals(stable)) {
            return Optional.of(at(Stage.UNDER_WAY, desired, stable, Optional.empty()));
        }
        return Optional.of(promotedFrom(release, past, stable)
                .map(before -> at(Stage.PROMOTED, desired, before, Optional.of(stable)))
                .orElseGet(() -> at(Stage.STABLE, desired, stable, Optional.empty())));
    }

    /**
     * The version that an undo returns to, if the stable one was promoted after it with the same strategy; an undo
     * takes the second newest revision (argo-rollouts, pkg/kubectl-argo-rollouts/cmd/undo).
     */
    private static Optional<Version> promotedFrom(Release release, List<Deployment> past, Version stable) {
        Rollout rollout = release.rollout().orElseThrow();
        Optional<ReplicaSetState> before = release.owned().filter(set -> !set.hash().equals(rollout.stableHash()))
                .max(Comparator.comparingLong(ReplicaSetState::revision));
        boolean ended = before.isPresent() && before.get().desired() == 0
                && release.pods(before.get().hash()).isEmpty();
        Deployment last = past.get(past.size() - 1);
        if (!ended || past.size() < 2 || last.strategy() != rollout.strategy() || !last.version().equals(stable)) {
            return Optional.empty();
        }
        return Optional.of(past.get(past.size() - 2).version())
                .filter(version -> !version.faulty() && before.get().runs(version.tag()));
    }

    private static Optional<Position> underWay(Release release, Desired desired, Version stable, Version current) {
        if (desired.version().equals(stable)) {
            return Optional.empty(); // undone and not promoted: setting a tag does not revert that
        }
        Stage stage = current.faulty() || !desired.version().equals(current) ? Stage.UNDER_WAY
                : stage(release, current);
        return Optional.of(at(stage, desired, stable, stage == Stage.UNDER_WAY
                ? Optional.empty() : Optional.of(current)));
    }

    private static Stage stage(Release release, Version current) {
        Rollout rollout = release.rollout().orElseThrow();
        if (rollout.strategy() == Strategy.BLUE_GREEN) {
            return rollout.activeHash().equals(rollout.stableHash())
                    && ReleaseExpectations.waitsOnPreview(current.tag()).judge(release) instanceof Outcome.Met
                    ? Stage.PREVIEW : Stage.UNDER_WAY;
        }
        if (!(ReleaseExpectations.waitsAtPauseAfter(-1, current.tag()).judge(release) instanceof Outcome.Met)) {
            return Stage.UNDER_WAY;
        }
        return CanaryWalk.lastPause(rollout.steps()).equals(rollout.step()) ? Stage.LAST_PAUSE : Stage.PAUSED;
    }

    private static Position at(Stage stage, Desired desired, Version old, Optional<Version> next) {
        return new Position(new Standing(desired.strategy(), stage, desired.overrides()), old, next);
    }

    /** A version that was asked for, and the strategy of its release. */
    record Deployment(Version version, Strategy strategy) {
    }
}
