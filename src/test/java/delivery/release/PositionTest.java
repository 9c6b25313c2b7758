package delivery.release;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canary;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static delivery.rollout.ReleaseFixture.waiting;
import static delivery.rollout.ReleaseFixture.with;
import static org.assertj.core.api.Assertions.assertThat;

import delivery.release.Position.Deployment;
import delivery.release.pool.Stage;
import delivery.rollout.ConditionState;
import delivery.rollout.Release;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Strategy;
import delivery.rollout.Symptoms;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PositionTest {

    private static final Version OLD = new Version("1.0", "1.0");
    private static final Version NEW = new Version("1.1", "1.1");
    private static final Version FAULTY = new Version("1.1-faulty", "1.1-faulty-by-mistake", true);
    private static final String ACTIVE_OLD = ",blueGreen:{activeSelector:'old',previewSelector:'new'}";
    private static final ReplicaSetState OLD_SET = set("old", 1, "1.0", 2, 2);
    private static final ReplicaSetState NEW_SET = set("new", 2, "1.1", 2, 2);

    @Test
    void whereUsersHaveWhatTheApplicationAsksForItIsStable() {
        Position found = position(release(blueGreen("1.0", healthy("old")), OLD_SET), Strategy.BLUE_GREEN, OLD, OLD);
        assertThat(found.standing().stage()).isEqualTo(Stage.STABLE);
        assertThat(found.old()).isEqualTo(OLD);
        assertThat(found.next()).isEmpty();
    }

    @Test
    void aVersionBesideTheOneOfUsersWaitsOnPreview() {
        Position found = position(onPreview("1.1"), Strategy.BLUE_GREEN, NEW, OLD, NEW);
        assertThat(found.standing().stage()).isEqualTo(Stage.PREVIEW);
        assertThat(found.old()).isEqualTo(OLD);
        assertThat(found.next()).contains(NEW);
    }

    @Test
    void oneThatUsersWereSwitchedToWaitsForNobody() {
        Release switched = release(blueGreen("1.1", paused("BlueGreenPause", 0)
                + ",blueGreen:{activeSelector:'new',previewSelector:'new'}"), OLD_SET, NEW_SET);
        assertThat(position(switched, Strategy.BLUE_GREEN, NEW, OLD, NEW).standing().stage())
                .isEqualTo(Stage.UNDER_WAY);
    }

    /** No scenario may take it for the new version. */
    @Test
    void aFaultyVersionIsNeverHandedOn() {
        Release preview = release(blueGreen("1.1-faulty", paused("BlueGreenPause", 0) + ACTIVE_OLD), OLD_SET,
                set("new", 2, "1.1-faulty", 2, 2));
        Position found = position(preview, Strategy.BLUE_GREEN, FAULTY, OLD, FAULTY);
        assertThat(found.standing().stage()).isEqualTo(Stage.UNDER_WAY);
        assertThat(found.next()).isEmpty();
        Release promoted = release(blueGreen("1.1-faulty", healthy("new")), OLD_SET, set("new", 2, "1.1-faulty", 2, 2));
        assertThat(of(promoted, Strategy.BLUE_GREEN, FAULTY, OLD, FAULTY)).isEmpty();
    }

    @Test
    void aCanaryWaitsAtItsLastPauseOrAtAnother() {
        assertThat(position(atStep(1), Strategy.CANARY, NEW, OLD, NEW).standing().stage()).isEqualTo(Stage.PAUSED);
        assertThat(position(atStep(4), Strategy.CANARY, NEW, OLD, NEW).standing().stage())
                .isEqualTo(Stage.LAST_PAUSE);
    }

    @Test
    void aCanaryThatWasAbortedIsUnderWay() {
        Release aborted = release(canary("1.1", "phase:'Degraded',abort:true,message:'RolloutAborted',"
                + "currentPodHash:'new',stableRS:'old',currentStepIndex:0"), OLD_SET, NEW_SET);
        assertThat(position(aborted, Strategy.CANARY, NEW, OLD, NEW).standing().stage()).isEqualTo(Stage.UNDER_WAY);
    }

    @Test
    void aCanaryThatWasPromotedIsThatOnceNothingOfTheOldVersionRuns() {
        Release gone = release(canary("1.1", healthy("new")), set("old", 1, "1.0", 0, 0), NEW_SET);
        Position found = position(gone, Strategy.CANARY, NEW, OLD, NEW);
        assertThat(found.standing().stage()).isEqualTo(Stage.PROMOTED);
        assertThat(found.old()).isEqualTo(OLD);
        assertThat(found.next()).contains(NEW);
        Release terminating = with(gone, waiting("old", "Completed", ""));
        assertThat(position(terminating, Strategy.CANARY, NEW, OLD, NEW).standing().stage()).isEqualTo(Stage.STABLE);
    }

    @Test
    void soIsABlueGreenReleaseButNotOneThatChangedItsStrategySince() {
        Release gone = release(blueGreen("1.1", healthy("new")), set("old", 1, "1.0", 0, 0), NEW_SET);
        assertThat(position(gone, Strategy.BLUE_GREEN, NEW, OLD, NEW).standing().stage()).isEqualTo(Stage.PROMOTED);
        Release switched = release(canary("1.1", healthy("new")), set("old", 1, "1.0", 0, 0), NEW_SET);
        List<Deployment> past = List.of(new Deployment(OLD, Strategy.BLUE_GREEN),
                new Deployment(NEW, Strategy.BLUE_GREEN));
        assertThat(Position.of(switched, new Desired(Strategy.CANARY, NEW, Overrides.NONE), past).orElseThrow()
                .standing().stage()).isEqualTo(Stage.STABLE);
    }

    /** An undo would return to another version than the one that users had before. */
    @Test
    void onlyThePreviousRevisionIsWhatAnUndoReturnsTo() {
        Release other = release(canary("1.1", healthy("new")), set("old", 1, "1.0", 0, 0),
                set("between", 2, "0.9", 0, 0), set("new", 3, "1.1", 2, 2));
        assertThat(position(other, Strategy.CANARY, NEW, OLD, NEW).standing().stage()).isEqualTo(Stage.STABLE);
    }

    @Test
    void whatWasUndoneIsSetBackOnceItHasComeToRest() {
        Release undone = release(canary("1.0", healthy("old")), set("old", 3, "1.0", 2, 2),
                set("new", 2, "1.1", 0, 0));
        Position found = position(undone, Strategy.CANARY, NEW, OLD, NEW);
        assertThat(found.standing().stage()).isEqualTo(Stage.UNDER_WAY);
        assertThat(found.old()).isEqualTo(OLD);
        String back = paused("CanaryPauseStep", 1).replace("'new'", "'x'").replace("'old'", "'new'")
                .replace("'x'", "'old'");
        Release onItsWay = release(canary("1.0", back), set("old", 3, "1.0", 1, 1), NEW_SET);
        assertThat(of(onItsWay, Strategy.CANARY, NEW, OLD, NEW)).isEmpty();
    }

    @Test
    void nothingIsKnownOfWhatTheApplicationDidNotAskFor() {
        assertThat(of(onPreview("1.1"), Strategy.CANARY, NEW, OLD, NEW)).isEmpty();
        Release other = release(blueGreen("9.9", healthy("x")), set("x", 1, "9.9", 2, 2));
        assertThat(of(other, Strategy.BLUE_GREEN, OLD, OLD)).isEmpty();
        assertThat(of(release(blueGreen("1.0", healthy("old") + ",observedGeneration:'6'"), OLD_SET),
                Strategy.BLUE_GREEN, OLD, OLD)).isEmpty();
        assertThat(of(release(blueGreen("1.0", healthy("old").replace("Healthy", "Degraded")), OLD_SET),
                Strategy.BLUE_GREEN, OLD, OLD)).isEmpty();
    }

    /** Another scenario would take its old problem for a cause. */
    @Test
    void whatShowsThatSomethingIsWrongIsHandedToNobody() {
        Release well = release(blueGreen("1.0", healthy("old")), set("old", 1, "1.0", 2, 1));
        assertThat(of(well, Strategy.BLUE_GREEN, OLD, OLD)).isPresent();
        ConditionState refused = new ConditionState("ReplicaSet", "sample-api-old", "ReplicaFailure", "True",
                "FailedCreate", "pods are forbidden: exceeded quota: small");
        Release ill = new Release(well.rollout(), well.replicaSets(), List.of(), List.of(), List.of(),
                new Symptoms(List.of(refused), List.of(), List.of(), "", Set.of()));
        assertThat(of(ill, Strategy.BLUE_GREEN, OLD, OLD)).isEmpty();
    }

    private static Release onPreview(String tag) {
        return release(blueGreen(tag, paused("BlueGreenPause", 0) + ACTIVE_OLD), OLD_SET, set("new", 2, tag, 2, 2));
    }

    private static Release atStep(int step) {
        return release(canary("1.1", paused("CanaryPauseStep", step)), OLD_SET, NEW_SET);
    }

    private static Position position(Release release, Strategy strategy, Version asked, Version... past) {
        return of(release, strategy, asked, past).orElseThrow();
    }

    private static Optional<Position> of(Release release, Strategy strategy, Version asked, Version... past) {
        return Position.of(release, new Desired(strategy, asked, Overrides.NONE),
                List.of(past).stream().map(version -> new Deployment(version, strategy)).toList());
    }
}
