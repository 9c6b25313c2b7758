package delivery.steps;

import delivery.criteria.Criterion;
import delivery.evidence.Evidence;
import delivery.history.TestCase;
import delivery.picture.TimelinePicture;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.run.Run;
import delivery.subject.Overrides;
import delivery.subject.Subject;
import delivery.subject.Version;
import delivery.subject.Versions;
import delivery.timeline.Story;
import delivery.traffic.Judgement;
import delivery.traffic.Split;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/** What the steps of one scenario share: its release, its versions and its history. */
public final class Scene {

    private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();

    private final Run run;
    private String id;
    private Criterion criterion;
    private TestCase history;
    private Subject subject;
    private Evidence ofTheCase;
    private final Map<Age, Version> named = new EnumMap<>(Age.class);
    private Version before;
    private Version next;
    private Overrides overrides = Overrides.NONE;
    private Optional<Judgement> judgement = Optional.empty();

    /** @param run that the scenario belongs to */
    public Scene(Run run) {
        this.run = run;
    }

    void begin(Criterion proved, String scenario) {
        criterion = proved;
        id = scenario;
        try {
            run().require(proved.id());
        } catch (RuntimeException unfit) {
            if (proved.id().equals(Run.PRE_CHECK)) {
                throw unfit;
            }
            // Not run, rather than failed: one cause that is told sixteen times is hard to see.
            throw new TestAbortedException(unfit.getMessage(), unfit);
        }
        history = run().history(proved);
    }

    Run run() {
        return run;
    }

    Criterion criterion() {
        return criterion;
    }

    TestCase history() {
        return history;
    }

    /** Says what was seen that proves the criterion, with what was measured; the report shows it beside the verdict. */
    void saw(String fact) {
        run().observations().saw(id, fact);
    }

    Versions versions() {
        return run().versions();
    }

    /** Has users served by a version. */
    void deploy(Strategy strategy, Age age) {
        subject = run().subject(criterion, NUMBERS.merge(criterion.id(), 1, Integer::sum), history);
        before = version(age);
        ofTheCase = run().evidence().ofTheCase();
        subject.deploy(strategy, before, overrides);
    }

    /** Has users served by the old version. */
    void deploy(Strategy strategy) {
        deploy(strategy, Age.OLD);
    }

    /** What the chart's values are to be for this scenario, from its deployment on or from now on. */
    void override(UnaryOperator<Overrides> change) {
        overrides = change.apply(overrides);
        if (deployed()) {
            subject.override(overrides);
        }
    }

    void judge(Judgement judged) {
        judgement = Optional.of(judged);
    }

    /** Size of a sample that tells a share. */
    int requests() {
        return judgement.map(Judgement::requests).orElse(run().settings().requests());
    }

    /** What judges a share. */
    Split split() {
        return judgement.map(judged -> judged.split(run().settings().falseRedRate()))
                .orElse(new Split(run().settings().falseRedRate()));
    }

    /** What judges a share by a sample whose size no scenario chooses. */
    Split splitByChance() {
        return new Split(run().settings().falseRedRate());
    }

    boolean deployed() {
        return subject != null;
    }

    Subject subject() {
        return subject;
    }

    /** The version that users have before the one that is released now. */
    Version old() {
        return before;
    }

    /** The version that is released now; built when it is first asked for. */
    Version next() {
        return next == null ? version(Age.NEW) : next;
    }

    /** From now on this is the new version, and the one that is released. */
    void next(Version version) {
        named.put(Age.NEW, version);
        next = version;
    }

    /** A version is released after the one that users have now. */
    void releasing(Age age) {
        if (next != null && subject.release().rollout().filter(Rollout::healthy).isPresent()
                && !next.equals(version(age))) {
            before = next;
        }
        next = version(age);
    }

    Version version(Age age) {
        Version known = named.get(age);
        if (known == null) {
            known = switch (age) {
                case OLD -> versions().old();
                case NEW -> versions().next(history);
                case NEWER -> versions().newer(history);
            };
            named.put(age, known);
        }
        return known;
    }

    /** The versions that the scenario knows by now. */
    Set<Version> known() {
        Set<Version> known = new HashSet<>(named.values());
        known.add(before);
        if (next != null) {
            known.add(next);
        }
        return known;
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
        subject.timeline().ifPresent(timeline -> {
            Story story = timeline.soFar();
            timeline.close();
            ofTheCase.picture("Versions served over time", TimelinePicture.of(story));
            ofTheCase.table("Versions served over time, in numbers", story.header(), story.rows());
        });
    }

    /**
     * Makes sure that nobody else acted on the release.
     *
     * @param failed whether the step failed: what somebody did is then the reason that counts
     * @throws delivery.verdict.EnvironmentNotFit if somebody did, and the step did not fail
     */
    void requireOwn(boolean failed) {
        Optional.ofNullable(subject).flatMap(Subject::foreign).ifPresent(unfit -> {
            run().observations().spoiled(id, unfit);
            if (!failed) {
                throw unfit;
            }
        });
    }

    /** Puts the release as it is now beside the step. */
    void show(String name) {
        run().evidence().attach(name, subject.release().summary() + "\n" + "Argo CD: " + subject.application().summary());
    }
}
