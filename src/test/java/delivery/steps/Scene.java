package delivery.steps;

import delivery.acceptance.AcceptanceTest;
import delivery.criteria.Criterion;
import delivery.evidence.Evidence;
import delivery.history.TestCase;
import delivery.picture.TimelinePicture;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.run.Run;
import delivery.subject.Subject;
import delivery.subject.Version;
import delivery.subject.Versions;
import delivery.timeline.Story;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.opentest4j.TestAbortedException;

/** What the steps of one scenario share: its release, its versions and its history. */
public final class Scene {

    private static final Map<String, Integer> NUMBERS = new ConcurrentHashMap<>();

    private String id;
    private Criterion criterion;
    private TestCase history;
    private Subject subject;
    private Evidence ofTheCase;
    private Version old;
    private Version next;

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
        return AcceptanceTest.run();
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

    /** Has users served by the old version. */
    void deploy(Strategy strategy) {
        subject = run().subject(criterion, NUMBERS.merge(criterion.id(), 1, Integer::sum), history);
        old = versions().old();
        ofTheCase = run().evidence().ofTheCase();
        subject.deploy(strategy, old);
    }

    boolean deployed() {
        return subject != null;
    }

    Subject subject() {
        return subject;
    }

    Version old() {
        return old;
    }

    /** The version that is released now; built when it is first asked for. */
    Version next() {
        if (next == null) {
            next = versions().next(history);
        }
        return next;
    }

    void next(Version version) {
        next = version;
    }

    Version version(Age age) {
        return age == Age.OLD ? old : next();
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

    /** Puts the release as it is now beside the step. */
    void show(String name) {
        run().evidence().attach(name, subject.release().summary() + "\n" + "Argo CD: " + subject.application().summary());
    }
}
