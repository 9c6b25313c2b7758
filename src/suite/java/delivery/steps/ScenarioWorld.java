package delivery.steps;

import delivery.criteria.Criterion;
import delivery.evidence.Evidence;
import delivery.failure.NotApplicable;
import delivery.picture.TimelinePicture;
import delivery.release.ChartConformance;
import delivery.release.Journal;
import delivery.release.Overrides;
import delivery.release.Passage;
import delivery.release.ReleaseUnderTest;
import delivery.release.RequestJournal;
import delivery.release.SelfHeal;
import delivery.release.Version;
import delivery.release.Versions;
import delivery.release.pool.Situation;
import delivery.release.pool.Stage;
import delivery.rollout.AnalysisRunState;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.run.Run;
import delivery.timeline.TimelineSnapshot;
import delivery.traffic.BinomialSplitTest;
import delivery.traffic.ShareTolerance;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/** What the steps of one scenario share: its release, its versions and its history. */
public final class ScenarioWorld {

    private final Run run;
    private String id;
    private Criterion criterion;
    private Journal journal;
    private ReleaseUnderTest subject;
    private Evidence ofTheCase;
    private ScenarioVersions versions;
    private Overrides overrides = Overrides.NONE;
    private Optional<ShareTolerance> judgement = Optional.empty();
    private Optional<SelfHeal> healed = Optional.empty();

    /** @param run that the scenario belongs to */
    public ScenarioWorld(Run run) {
        this.run = run;
    }

    void begin(Criterion proved, String scenario) {
        criterion = proved;
        id = scenario;
        try {
            run().require(proved, scenario);
        } catch (RuntimeException unfit) {
            if (run().checklist().isBlocker(proved)) {
                throw unfit;
            }
            // Not run, rather than failed: one cause that is told sixteen times is hard to see.
            throw new TestAbortedException(unfit.getMessage(), unfit);
        }
        journal = run().journal(proved);
        versions = new ScenarioVersions(this::versions, journal);
    }

    Run run() {
        return run;
    }

    Criterion criterion() {
        return criterion;
    }

    Journal journal() {
        return journal;
    }

    /** Says what was seen that proves the criterion, with what was measured; the report shows it beside the verdict. */
    void saw(String fact) {
        run().observations().saw(id, fact);
    }

    /** The same, and the Session History has it as what came of the last thing done. */
    void observed(String fact) {
        journal.observed(fact);
        saw(fact);
    }

    Versions versions() {
        return run().environment().versions();
    }

    /**
     * Has users served by a version. By the old one they may be of a release that another scenario left: which version
     * that is depends on where the release stands. Any other is released first of all on a new one.
     */
    void deploy(Strategy strategy, VersionRole age) {
        if (age == VersionRole.OLD) {
            bring(strategy, Stage.STABLE);
            return;
        }
        hold(new Situation(strategy, Stage.STABLE, overrides, true));
        versions.serve(age);
        subject.deploy(strategy, old(), overrides);
    }

    /** Has a release in a situation: users have the old version, and the new one is as far as the stage says. */
    Passage bring(Strategy strategy, Stage stage) {
        Passage held = hold(new Situation(strategy, stage, overrides, false));
        held.bring();
        versions.of(held);
        return held;
    }

    private Passage hold(Situation wanted) {
        leave(true);
        healed = Optional.empty();
        Passage held = run().releases().take(criterion, id, wanted, journal);
        subject = held.subject();
        versions.of(subject);
        ofTheCase = journal.evidence().ofTheCase();
        return held;
    }

    /** Gives the release back, if there is one. */
    void leave(boolean failed) {
        if (deployed()) {
            run().releases().end(subject, failed);
            subject = null;
        }
    }

    /** Has the release undone, whether or not self-heal takes that back. */
    void triggerUndo() {
        healed = subject.triggerUndo(old());
    }

    /** How self-heal took the undo back; empty if it did not. */
    Optional<SelfHeal> healed() {
        return healed;
    }

    /** The strategy that the delivery has, this one if it has both. */
    Strategy preferring(Strategy strategy) {
        return run().environment().validation().pattern().strategies().preferring(strategy);
    }

    /** What the chart's values are to be for this scenario, from its deployment on or from now on. */
    void override(UnaryOperator<Overrides> change) {
        overrides = change.apply(overrides);
        if (deployed()) {
            subject.override(overrides);
        }
    }

    void judge(ShareTolerance judged) {
        judgement = Optional.of(judged);
    }

    /** Size of a sample that tells a share. */
    int requests() {
        return judgement.map(ShareTolerance::requests).orElse(run().environment().settings().requests());
    }

    /** What judges a share. */
    BinomialSplitTest split() {
        return judgement.map(judged -> judged.split(run().environment().settings().falseRedRate()))
                .orElse(new BinomialSplitTest(run().environment().settings().falseRedRate()));
    }

    /** What judges a share by a sample whose size no scenario chooses. */
    BinomialSplitTest splitByChance() {
        return new BinomialSplitTest(run().environment().settings().falseRedRate());
    }

    boolean deployed() {
        return subject != null;
    }

    ReleaseUnderTest subject() {
        return subject;
    }

    /** The version that users have before the one that is released now. */
    Version old() {
        return versions.old();
    }

    /** The version that is released now; built when it is first asked for. */
    Version next() {
        return versions.next();
    }

    /** From now on this is the new version, and the one that is released. */
    void next(Version version) {
        versions.release(version);
    }

    /** A version is released after the one that users have now. */
    void releasing(VersionRole age) {
        versions.release(age, () -> subject.release().rollout().filter(Rollout::healthy).isPresent());
    }

    Version version(VersionRole age) {
        return versions.version(age);
    }

    /** A version of this release's that does not hold what its tag says. */
    Version faulty() {
        return versions.faulty();
    }

    /** A good new version that no other scenario has. */
    Version own() {
        return versions.own();
    }

    /** The versions that the scenario knows by now. */
    Set<Version> known() {
        return versions.known();
    }

    Rollout rollout() {
        return subject.rollout();
    }

    /** Names of the pods that run a version. */
    Set<String> pods(Version version) {
        Release release = subject.release();
        return release.running(version.tag()).stream().flatMap(set -> release.pods(set.hash()).stream())
                .map(pod -> pod.name()).collect(Collectors.toSet());
    }

    /** Puts what users were served all the while beside the case, drawn and in numbers. */
    void showTimeline() {
        journal.timeline().ifPresent(timeline -> {
            TimelineSnapshot story = timeline.soFar();
            timeline.close();
            ofTheCase.picture("Versions served over time", TimelinePicture.of(story));
            ofTheCase.table("Versions served over time, in numbers", story.header(), story.rows());
        });
    }

    /**
     * Makes sure that nobody else acted on the release.
     *
     * @param failed whether the step failed: what somebody did is then the reason that counts
     * @throws delivery.failure.EnvironmentNotFit if somebody did, and the step did not fail
     */
    void requireOwn(boolean failed) {
        Optional.ofNullable(subject).flatMap(ReleaseUnderTest::foreign).ifPresent(unfit -> {
            run().observations().spoiled(id, unfit);
            if (!failed) {
                throw unfit;
            }
        });
    }

    /** Puts the release as it is now beside the step. */
    void show(String name) {
        journal.evidence()
                .attach(name, subject.release().summary() + "\n" + "Argo CD: " + subject.application().summary());
    }

    /** Puts an analysis beside the step, and into the Session History. */
    void show(AnalysisRunState analysis) {
        journal.evidence().json("AnalysisRun", analysis);
        journal.observed("analysis: " + analysis.summary());
    }

    /** @throws AssertionError if there is a complaint: the criterion is not met */
    void require(Optional<String> complaint) {
        complaint.ifPresent(words -> {
            throw new AssertionError(words);
        });
    }

    /** What is found, unless the delivery does not have what the rest would need: then nothing is wrong. */
    <T> T applicable(Supplier<T> look) {
        try {
            return look.get();
        } catch (NotApplicable reason) {
            throw new TestAbortedException(reason.getMessage(), reason);
        }
    }

    /** The chart's values, against which the live Rollout is judged. */
    ChartConformance conformance() {
        return subject.conformance();
    }

    /** Shows the requests that are sent. */
    RequestJournal requestJournal() {
        return new RequestJournal(journal, subject.audience().entrance());
    }

    /** Waits until the gateway serves the new version alone, if the Rollout has switched users to it. */
    void awaitSwitched() {
        Release release = subject.release();
        versions.underWay().filter(version -> release.switchedTo(version.tag()))
                .ifPresent(subject.served()::await);
    }
}
