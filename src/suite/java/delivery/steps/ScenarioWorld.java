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

/** The state that the steps of one scenario share: its release, its versions and its history. */
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

    /** @param run run that the scenario belongs to */
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
            // Not run, rather than failed: one cause that is reported sixteen times is hard to see.
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

    /** Reports the observation that proves the criterion, with its numbers; it is shown next to the verdict. */
    void saw(String fact) {
        run().observations().saw(id, fact);
    }

    /** Reports it likewise, and adds it to the Session History as the outcome of the last action. */
    void observed(String fact) {
        journal.observed(fact);
        saw(fact);
    }

    Versions versions() {
        return run().environment().versions();
    }

    /**
     * Makes a version serve the users. For the old version, another scenario's release may be used, whose state
     * determines which version that is. Any other version is the first one on a new release.
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

    /** Gets a release in a situation: users have the old version, and the new one is at the given stage. */
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

    /** Returns the release to the pool, if there is one. */
    void leave(boolean failed) {
        if (deployed()) {
            run().releases().end(subject, failed);
            subject = null;
        }
    }

    /** Undoes the release, whether or not self-heal reverts that. */
    void triggerUndo() {
        healed = subject.triggerUndo(old());
    }

    /** Returns how self-heal reverted the undo; empty if it did not. */
    Optional<SelfHeal> healed() {
        return healed;
    }

    /** Returns the strategy of the delivery, or the given one if it has both. */
    Strategy preferring(Strategy strategy) {
        return run().environment().validation().pattern().strategies().preferring(strategy);
    }

    /** Changes the chart's values for this scenario, from its deployment on or from now on. */
    void override(UnaryOperator<Overrides> change) {
        overrides = change.apply(overrides);
        if (deployed()) {
            subject.override(overrides);
        }
    }

    void judge(ShareTolerance judged) {
        judgement = Optional.of(judged);
    }

    /** Returns the size of a sample that measures a share. */
    int requests() {
        return judgement.map(ShareTolerance::requests).orElse(run().environment().settings().requests());
    }

    /** Returns the test of a share. */
    BinomialSplitTest split() {
        return judgement.map(judged -> judged.split(run().environment().settings().falseRedRate()))
                .orElse(new BinomialSplitTest(run().environment().settings().falseRedRate()));
    }

    /** Returns the test of a share by a sample whose size no scenario chooses. */
    BinomialSplitTest splitByChance() {
        return new BinomialSplitTest(run().environment().settings().falseRedRate());
    }

    boolean deployed() {
        return subject != null;
    }

    ReleaseUnderTest subject() {
        return subject;
    }

    /** Returns the version that users have before the one that is being released. */
    Version old() {
        return versions.old();
    }

    /** Returns the version that is being released; it is built when it is first needed. */
    Version next() {
        return versions.next();
    }

    /** Makes this the new version, and the one that is being released. */
    void next(Version version) {
        versions.release(version);
    }

    /** Records that a version is released after the one that users have now. */
    void releasing(VersionRole age) {
        versions.release(age, () -> subject.release().rollout().filter(Rollout::healthy).isPresent());
    }

    Version version(VersionRole age) {
        return versions.version(age);
    }

    /** Returns a version of this release whose content differs from its tag. */
    Version faulty() {
        return versions.faulty();
    }

    /** Returns a good new version that no other scenario has. */
    Version own() {
        return versions.own();
    }

    /** Returns the versions that the scenario has used so far. */
    Set<Version> known() {
        return versions.known();
    }

    Rollout rollout() {
        return subject.rollout();
    }

    /** Returns the names of the pods that run a version. */
    Set<String> pods(Version version) {
        Release release = subject.release();
        return release.running(version.tag()).stream().flatMap(set -> release.pods(set.hash()).stream())
                .map(pod -> pod.name()).collect(Collectors.toSet());
    }

    /** Attaches to the case which versions users were served over its whole time, as a picture and in numbers. */
    void showTimeline() {
        journal.timeline().ifPresent(timeline -> {
            TimelineSnapshot story = timeline.soFar();
            timeline.close();
            ofTheCase.picture("Versions served over time", TimelinePicture.of(story));
            ofTheCase.table("Versions served over time, in numbers", story.header(), story.rows());
        });
    }

    /**
     * Checks that nobody else acted on the release.
     *
     * @param failed whether the step failed: another's action is then the reason that counts
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

    /** Attaches the current state of the release to the step. */
    void show(String name) {
        journal.evidence()
                .attach(name, subject.release().summary() + "\n" + "Argo CD: " + subject.application().summary());
    }

    /** Attaches an analysis to the step, and adds it to the Session History. */
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

    /** Returns the result of a look; ends the scenario without a failure if the delivery lacks what it needs. */
    <T> T applicable(Supplier<T> look) {
        try {
            return look.get();
        } catch (NotApplicable reason) {
            throw new TestAbortedException(reason.getMessage(), reason);
        }
    }

    /** Returns the chart's values, against which the live Rollout is checked. */
    ChartConformance conformance() {
        return subject.conformance();
    }

    /** Returns the journal that shows requests. */
    RequestJournal requestJournal() {
        return new RequestJournal(journal, subject.audience().entrance());
    }

    /** Waits until the gateway serves only the new version, if the Rollout has switched users to it. */
    void awaitSwitched() {
        Release release = subject.release();
        versions.underWay().filter(version -> release.switchedTo(version.tag()))
                .ifPresent(subject.served()::await);
    }
}
