package delivery.rollout;

import delivery.chart.CanaryStep;
import delivery.failure.InvalidSelection;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/** The expectations of the analysis that judges a canary. */
public final class AnalysisExpectations {

    private static final String CANARY_PAUSE = ReleaseExpectations.CANARY_PAUSE;

    private AnalysisExpectations() {
    }

    /** Expects an AnalysisRun of this tag's release to exist. */
    public static Expectation<Release, AnalysisRunState> begun(String tag) {
        Expectation<Release, AnalysisRunState> ended = analysed(tag);
        return Expectation.of(ended.description(), release -> run(release, tag).<Outcome<AnalysisRunState>>map(
                Outcome::met).orElseGet(() -> ended.judge(release)));
    }

    /**
     * Expects the AnalysisRun of this tag's release to have ended. A background analysis need not end: it is enough
     * that the canary waits at a pause with its weight set, and that one more measurement was taken since then.
     */
    public static Expectation<Release, AnalysisRunState> judged(String tag) {
        Expectation<Release, AnalysisRunState> ended = analysed(tag);
        AtomicInteger before = new AtomicInteger(-1);
        return Expectation.of(ended.description(), release -> {
            Optional<AnalysisRunState> background = run(release, tag).filter(run -> run.isBackground() && !run.ended()
                    && release.rollout().filter(rollout -> rollout.paused(CANARY_PAUSE)
                            && rollout.weights().map(weights -> weights.canary() > 0)
                                    .orElse(rollout.canaryPods().canary() > 0)).isPresent());
            background.ifPresent(run -> before.compareAndSet(-1, run.counted()));
            return background.filter(run -> run.measured() && run.counted() > before.get())
                    .<Outcome<AnalysisRunState>>map(Outcome::met).orElseGet(() -> ended.judge(release));
        });
    }

    /** The most telling of several runs: a refusal first, then one in progress, in the background, or passed. */
    private static Optional<AnalysisRunState> run(Release release, String tag) {
        return release.running(tag).flatMap(canary -> release.analysisRuns().stream()
                .filter(analysis -> analysis.isOf(canary)).min(Comparator.comparing(analysis ->
                        analysis.ended() ? analysis.passed() ? 3 : 0 : analysis.isBackground() ? 2 : 1)));
    }

    /** Expects the AnalysisRun of this tag's release to have ended. */
    public static Expectation<Release, AnalysisRunState> analysed(String tag) {
        return Expectation.of("an AnalysisRun judges the release of " + tag, release -> {
            Optional<ReplicaSetState> set = release.running(tag);
            Optional<AnalysisRunState> run = run(release, tag);
            if (run.isPresent() && run.get().ended()) {
                return Outcome.met(run.get());
            }
            // A background analysis need not end for the release to go on.
            if (run.isPresent() && !run.get().isBackground()
                    && run.get().planned() > Release.LONGEST_OWN_TIME.toSeconds()) {
                return Outcome.impossible("The analysis is " + run.get().phase() + " and takes " + run.get().planned()
                        + " s by its own initialDelay, interval and count; the suite waits for "
                        + Release.LONGEST_OWN_TIME.toSeconds() + " s: " + run.get().summary());
            }
            Optional<Rollout> rollout = release.rollout();
            if (run.isEmpty() && rollout.isPresent() && rollout.get().asksFor(tag)) {
                requirePromoted(rollout.get());
            }
            if (run.isEmpty() && rollout.isPresent() && rollout.get().asksFor(tag)
                    && (ReleaseExpectations.ended(rollout.get())
                            || rollout.get().paused(CANARY_PAUSE) && set.isPresent()
                            && set.get().hash().equals(rollout.get().currentHash())
                            && rollout.get().steps().stream().limit(rollout.get().step().orElse(0))
                                    .anyMatch(CanaryStep.Analysis.class::isInstance))) {
                return Outcome.impossible("no AnalysisRun was made for it: " + release.summary());
            }
            if (run.isEmpty() && rollout.isPresent() && rollout.get().asksFor(tag) && rollout.get().steps().stream()
                    .noneMatch(CanaryStep.Analysis.class::isInstance) && rollout.get().background().isEmpty()
                    && rollout.get().observedGeneration() == rollout.get().generation()
                    && rollout.get().paused(CANARY_PAUSE)) {
                return Outcome.impossible("its steps have no analysis, and it waits for a promotion: "
                        + release.summary());
            }
            return Outcome.notYet(run.map(AnalysisRunState::summary).orElse("no AnalysisRun; " + release.summary()));
        });
    }

    /** @throws InvalidSelection if it waits before its first analysis: a scenario that judges that must promote it */
    private static void requirePromoted(Rollout rollout) {
        int first = IntStream.range(0, rollout.steps().size())
                .filter(index -> rollout.steps().get(index) instanceof CanaryStep.Analysis).findFirst().orElse(-1);
        int step = rollout.step().orElse(0);
        boolean forAPerson = step < first && rollout.steps().get(step) instanceof CanaryStep.Pause pause
                && pause.duration().isEmpty();
        if (forAPerson && rollout.observedGeneration() == rollout.generation() && rollout.paused(CANARY_PAUSE)) {
            throw new InvalidSelection("The release waits at step " + step + " for a promotion, and its first analysis"
                    + " is step " + first + ": write \"When a good version is released, up to its analysis\"");
        }
    }
}
