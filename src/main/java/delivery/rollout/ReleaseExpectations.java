package delivery.rollout;

import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/** The expectations of a release. Each judgement says what was seen instead, and what stands in the way. */
public final class ReleaseExpectations {

    /** The reason for which a canary waits at a pause step. */
    public static final String CANARY_PAUSE = "CanaryPauseStep";
    private static final String BLUE_GREEN_PAUSE = "BlueGreenPause";

    private ReleaseExpectations() {
    }

    /** Expects the release of this tag to be healthy and stable. */
    public static Expectation<Release, Release> healthy(String tag) {
        return of("the release of " + tag + " is healthy", tag, release -> {
            Rollout rollout = release.rollout().orElseThrow();
            return rollout.healthy() && rollout.currentHash().equals(rollout.stableHash())
                    ? Optional.empty() : Optional.of("it is " + rollout.phase());
        });
    }

    /**
     * Expects a release whose tag was set back to the version that users had to be healthy. That is impossible if the
     * newer version became the stable one meanwhile: the controller then takes the old tag for a new release.
     */
    public static Expectation<Release, Release> backTo(String tag) {
        Expectation<Release, Release> healthy = healthy(tag);
        return Expectation.of(healthy.description(), release -> release.rollout().filter(now -> now.asksFor(tag)
                        && now.observedGeneration() == now.generation()
                        && !now.currentHash().equals(now.stableHash()) && release.running(tag)
                                .filter(set -> set.hash().equals(now.currentHash())).isPresent())
                .map(now -> Outcome.<Release>impossible("the newer version became the stable one before its tag was set"
                        + " back: " + release.summary())).orElseGet(() -> healthy.judge(release)));
    }

    /** Expects the template to ask for this tag and the controller to have seen it; the outcome is not judged. */
    public static Expectation<Release, Release> asksFor(String tag) {
        return Expectation.of("the release asks for " + tag, release -> {
            if (release.rollout().isEmpty()) {
                return Outcome.notYet("there is no Rollout yet");
            }
            Rollout rollout = release.rollout().get();
            if (!rollout.asksFor(tag)) {
                return Outcome.notYet("the Rollout asks for " + String.join(" ", rollout.images()));
            }
            if (rollout.observedGeneration() != rollout.generation()) {
                return Outcome.notYet("the controller has not seen it; " + release.summary());
            }
            return rollout.failure().filter(ReleaseExpectations::isFinal).isPresent()
                    ? Outcome.impossible(rollout.failure().get()) : Outcome.met(release);
        });
    }

    /** Expects the blue-green release of this tag to wait for a promotion, with all its preview pods. */
    public static Expectation<Release, Release> waitsOnPreview(String tag) {
        return Expectation.of("the blue-green release of " + tag + " waits for a person to promote it", release ->
                judge(release, tag, ready -> {
                    Rollout rollout = ready.rollout().orElseThrow();
                    if (rollout.strategy() != Strategy.BLUE_GREEN) {
                        return Outcome.impossible("the release follows " + rollout.strategy());
                    }
                    if (rollout.observedGeneration() == rollout.generation()
                            && ready.running(tag).filter(set -> set.hash().equals(rollout.activeHash())).isPresent()) {
                        return Outcome.impossible("the new version was promoted by itself, nobody was asked"
                                + rollout.timing().promotion().map(why -> ": " + why).orElse("") + "; "
                                + ready.summary());
                    }
                    return rollout.paused(BLUE_GREEN_PAUSE) ? Outcome.met(ready) : Outcome.notYet(ready.summary());
                }));
    }

    /**
     * Expects the blue-green release of this tag to wait for a promotion that only a person can give: that it has
     * waited for a while is not enough.
     */
    public static Expectation<Release, Release> waitsForPerson(String tag) {
        Expectation<Release, Release> preview = waitsOnPreview(tag);
        return Expectation.of(preview.description(), release -> {
            Optional<String> byItself = release.rollout().filter(rollout -> rollout.strategy() == Strategy.BLUE_GREEN
                    && rollout.asksFor(tag)).flatMap(rollout -> rollout.timing().promotion());
            return byItself.<Outcome<Release>>map(why -> Outcome.impossible("the release waits for no person: " + why
                    + "; " + release.summary())).orElseGet(() -> preview.judge(release));
        });
    }

    /** Expects the canary release of this tag to wait for a promotion, at a step after the given one (-1: at any). */
    public static Expectation<Release, Release> waitsAtPauseAfter(int step, String tag) {
        return Expectation.of("the canary release of " + tag + " goes on to "
                + (step < 0 ? "a pause" : "a pause after step " + step) + ", where a person decides", release ->
                judge(release, tag, ready -> {
                    Rollout rollout = ready.rollout().orElseThrow();
                    boolean later = rollout.step().isPresent() && rollout.step().getAsInt() > step;
                    if (ended(rollout)) {
                        return Outcome.impossible("the release went on to its end, nobody was asked: "
                                + ready.summary());
                    }
                    return rollout.paused(CANARY_PAUSE) && later ? Outcome.met(ready) : Outcome.notYet(ready.summary());
                }));
    }

    /** Expects the release to stay at a pause or one of these analyses after the step (-1: any), or to have ended. */
    public static Expectation<Release, Release> holdsAfterOrEnds(int step, String tag, Set<Integer> analyses) {
        Expectation<Release, Release> pause = waitsAtPauseAfter(step, tag);
        return Expectation.of(pause.description() + ", or comes to its end", release -> {
            Optional<Rollout> rollout = release.rollout().filter(now -> now.asksFor(tag)
                    && now.observedGeneration() == now.generation() && !now.abort());
            boolean analysed = rollout.isPresent() && rollout.get().step().orElse(-1) > step
                    && analyses.contains(rollout.get().step().orElse(-1)) && !ended(rollout.get());
            return analysed || rollout.filter(ReleaseExpectations::ended).isPresent()
                    ? Outcome.met(release) : pause.judge(release);
        });
    }

    /** The same, except that an analysis at this step may already have ended the release. */
    public static Expectation<Release, Release> analysedOrHoldsAfter(int step, String tag, int analysis) {
        Expectation<Release, Release> holds = holdsAfterOrEnds(step, tag, Set.of(analysis));
        return Expectation.of(holds.description(), release -> release.rollout().filter(now -> now.asksFor(tag)
                && now.abort()).isPresent()
                && AnalysisExpectations.analysed(tag).judge(release) instanceof Outcome.Met
                        ? Outcome.met(release) : holds.judge(release));
    }

    static boolean ended(Rollout rollout) {
        return rollout.healthy() && !rollout.currentHash().isEmpty()
                && rollout.currentHash().equals(rollout.stableHash());
    }

    /** Expects a ReplicaSet of this tag to have exactly this many pods, all available; 0 for as many as are desired. */
    public static Expectation<Release, ReplicaSetState> available(String tag, int pods) {
        return Expectation.of("a ReplicaSet of " + tag + " has " + (pods == 0 ? "all its pods" : pods + " pod"
                + (pods == 1 ? "" : "s")) + " available", release -> judge(release, tag, ready -> {
                    Optional<ReplicaSetState> set = ready.running(tag);
                    if (set.isEmpty()) {
                        return Outcome.notYet("no ReplicaSet of it; " + ready.summary());
                    }
                    int wanted = pods == 0 ? set.get().desired() : pods;
                    boolean all = wanted > 0 && set.get().desired() == wanted && set.get().available() == wanted;
                    return all ? Outcome.met(set.get()) : Outcome.notYet(set.get().summary() + "; " + ready.summary());
                }));
    }

    /** Expects the ReplicaSet with this hash to have no pods left, not even terminating ones. */
    public static Expectation<Release, Release> scaledDown(String hash) {
        return Expectation.of("the old ReplicaSet is scaled down and its pods are gone", release -> {
            int pods = release.pods(hash).size();
            int desired = release.replicaSet(hash).map(ReplicaSetState::desired).orElse(0);
            return pods == 0 && desired == 0 ? Outcome.met(release)
                    : Outcome.notYet("the old ReplicaSet asks for " + desired + " pods and has " + pods);
        });
    }

    /** Expects only the stable ReplicaSet to have pods, not even terminating ones apart from its own. */
    public static Expectation<Release, Release> onlyStable() {
        return Expectation.of("only the stable version has pods", release -> {
            String stable = release.rollout().map(Rollout::stableHash).orElse("");
            List<ReplicaSetState> others = release.owned().filter(set -> !set.hash().equals(stable))
                    .filter(set -> set.desired() > 0 || !release.pods(set.hash()).isEmpty()).toList();
            return !stable.isEmpty() && others.isEmpty() ? Outcome.met(release)
                    : Outcome.notYet(others.size() + " other ReplicaSets have pods; " + release.summary());
        });
    }

    /** Expects the release of this tag to be aborted, and the controller to have removed its weight. */
    public static Expectation<Release, Release> aborted(String tag) {
        return Expectation.of("the release of " + tag + " is aborted", release -> {
            Optional<Rollout> rollout = release.rollout();
            if (rollout.isPresent() && rollout.get().asksFor(tag) && ended(rollout.get())) {
                return Outcome.impossible("the release went on to its end: " + release.summary());
            }
            boolean waits = rollout.isPresent() && rollout.get().asksFor(tag) && rollout.get().paused(CANARY_PAUSE)
                    && !rollout.get().abort() && release.analysisRuns().stream()
                            .anyMatch(run -> run.hash().equals(rollout.get().currentHash())
                                    && run.phase().equals("Successful"));
            if (waits) {
                return Outcome.impossible("analysis passed it, and the release waits for a promotion: "
                        + release.summary());
            }
            return rollout.isPresent() && rollout.get().asksFor(tag) && rollout.get().abort()
                    && rollout.get().phase().equals("Degraded")
                    && rollout.get().weights().map(weights -> weights.canary() == 0).orElse(true)
                    ? Outcome.met(release) : Outcome.notYet(release.summary());
        });
    }

    /** Expects the live Rollout to follow only this strategy and to be healthy. */
    public static Expectation<Release, Release> follows(Strategy strategy) {
        return Expectation.of("the release follows the " + strategy + " strategy", release -> {
            Optional<Rollout> rollout = release.rollout();
            if (rollout.isPresent() && rollout.get().failure().filter(ReleaseExpectations::isFinal).isPresent()) {
                return Outcome.impossible(rollout.get().failure().get());
            }
            return rollout.isPresent() && rollout.get().strategy() == strategy && rollout.get().healthy()
                    ? Outcome.met(release) : Outcome.notYet(release.summary());
        });
    }

    /** Expects a release to satisfy any other condition. */
    public static Expectation<Release, Release> that(String description, Predicate<Release> met) {
        return Expectation.of(description, release ->
                met.test(release) ? Outcome.met(release) : Outcome.notYet(release.summary()));
    }

    private static Expectation<Release, Release> of(String description, String tag,
            Function<Release, Optional<String>> missing) {
        return Expectation.of(description, release -> judge(release, tag, ready -> missing.apply(ready)
                .<Outcome<Release>>map(why -> Outcome.notYet(why + "; " + ready.summary()))
                .orElseGet(() -> Outcome.met(ready))));
    }

    /** A missing object is not final: Argo CD applies one object after the other, so it may follow a moment later. */
    private static boolean isFinal(String failure) {
        return !failure.contains("not found");
    }

    /** A missed deadline does not show the cause, so the likely cause is reported first. */
    private static <R> Outcome<R> failed(Release release, String reason, String why) {
        boolean deadline = reason.contains("ProgressDeadlineExceeded") || reason.contains("timed out progressing");
        return Diagnosis.of(release).stream().filter(cause -> deadline).findFirst()
                .map(cause -> Outcome.<R>impossible(Obstacle.of(cause.key(), cause.sentence() + "; " + why)
                        .inEnvironment(cause.remedy())))
                .orElseGet(() -> Outcome.impossible(why));
    }

    /** Checks first for failures that no release survives: it was refused or aborted, or its image does not exist. */
    private static <R> Outcome<R> judge(Release release, String tag, Function<Release, Outcome<R>> further) {
        if (release.rollout().isEmpty()) {
            return Outcome.notYet("there is no Rollout yet");
        }
        Rollout rollout = release.rollout().get();
        if (!rollout.asksFor(tag)) {
            return Outcome.notYet("the Rollout asks for " + String.join(" ", rollout.images()));
        }
        if (rollout.observedGeneration() == rollout.generation()) {
            if (rollout.failure().filter(ReleaseExpectations::isFinal).isPresent()) {
                return failed(release, rollout.failure().get(), rollout.failure().get());
            }
            if (rollout.abort()) {
                return failed(release, rollout.message(), "the release was aborted: " + rollout.message() + "; "
                        + release.summary());
            }
        }
        for (PodState pod : release.running(tag).map(set -> release.pods(set.hash())).orElse(List.of())) {
            // The runtime keeps trying to pull, but an image that the registry does not have will not come.
            boolean pulling = pod.problem().startsWith("ErrImagePull") || pod.problem().startsWith("ImagePullBackOff");
            boolean gone = pod.problem().contains("not found") || pod.problem().contains("manifest unknown");
            if (pulling && gone || pod.problem().startsWith("InvalidImageName")) {
                return Outcome.impossible("its image cannot be pulled: " + pod.problem());
            }
        }
        return further.apply(release);
    }
}
