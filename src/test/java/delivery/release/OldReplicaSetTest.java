package delivery.release;

import static delivery.rollout.ReleaseFixture.blueGreen;
import static delivery.rollout.ReleaseFixture.canaryByPods;
import static delivery.rollout.ReleaseFixture.healthy;
import static delivery.rollout.ReleaseFixture.json;
import static delivery.rollout.ReleaseFixture.notYet;
import static delivery.rollout.ReleaseFixture.paused;
import static delivery.rollout.ReleaseFixture.release;
import static delivery.rollout.ReleaseFixture.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.rollout.PodState;
import delivery.rollout.Release;
import delivery.rollout.ReleaseFixture;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.ServiceState;
import delivery.waiting.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OldReplicaSetTest {

    private static final Duration TIME = Duration.ofSeconds(4);

    private final StagedRelease release = new StagedRelease(of(2, 2, pod("a", 0), pod("b", 0)));
    private final OldReplicaSet old = OldReplicaSet.of(release, "1");

    private static Release of(int desired, int available, PodState... pods) {
        return ReleaseFixture.with(release(blueGreen("1", healthy("old")), set("old", 1, "1", desired, available)),
                pods);
    }

    private static PodState pod(String name, int restarts) {
        return PodState.parse(json("{metadata:{name:'" + name + "',labels:{'rollouts-pod-template-hash':'old'}},"
                + "status:{conditions:[{type:'Ready',status:'True',lastTransitionTime:'2026-11-24T01:02:03Z'}],"
                + "containerStatuses:[{restartCount:" + restarts + "}]}}"));
    }

    /**
     * Returns a release whose users were switched at second 10, and whose old ReplicaSet lost its pods at the given
     * second.
     */
    private static Release scaledDown(int desired, int second, PodState... pods) {
        return new Release(Optional.of(blueGreen("2", healthy("new"))), List.of(ReplicaSetState.parse(json(
                "{metadata:{labels:{'rollouts-pod-template-hash':'old'},ownerReferences:[{controller:true,uid:'u1'}],"
                        + "managedFields:[" + change("replicas", second) + "]},spec:{replicas:" + desired + "},"
                        + "status:{availableReplicas:0}}"))), List.of(pods),
                List.of(ServiceState.parse(json("{metadata:{name:'active',managedFields:[" + change("selector", 10)
                        + "]}}"))), List.of());
    }

    private static String change(String field, int second) {
        return "{time:'2026-11-24T01:02:" + String.format("%02d", second) + "Z',fieldsV1:{'f:spec':{'f:"
                + field + "':{}}}}";
    }

    @Test
    void allPodsAreWatchedForTheTime() {
        assertThat(old.keepAll(TIME)).isEqualTo("the old ReplicaSet kept 2 of 2 pods available for 4 s");
        assertThat(release.watched).containsExactly(TIME);
        assertThat(release.seen).singleElement().isInstanceOf(Outcome.Met.class);
    }

    /** The old ReplicaSet is that of the version that users have, even if another version waits. */
    @Test
    void besideAVersionThatWaitsItIsTheStableOne() {
        StagedRelease waits = new StagedRelease(ReleaseFixture.with(release(blueGreen("2", paused("BlueGreenPause", 0)),
                set("old", 1, "1", 2, 2), set("new", 2, "2", 2, 2)), pod("a", 0), pod("b", 0)));
        assertThat(OldReplicaSet.stable(waits).keepAll(TIME)).startsWith("the old ReplicaSet kept 2 of 2 pods");
        assertThat(waits.seen).singleElement().isInstanceOf(Outcome.Met.class);
    }

    @Test
    void fewerThatAreAskedForAreALossThoughAllAreAvailableYet() {
        release.becomes(of(1, 2, pod("a", 0), pod("b", 0)));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("available pods of the old ReplicaSet, which had 2: ");
    }

    @Test
    void aPodThatIsNotAvailableIsALoss() {
        release.becomes(of(2, 1, pod("a", 0), pod("b", 0)));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("available pods of the old ReplicaSet");
    }

    @Test
    void aPodThatWasStartedAgainIsALossThoughAllAreAvailable() {
        release.becomes(of(2, 2, pod("a", 0), pod("b", 1)));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("pod b was started again");
    }

    /** 20% of two replicas and one surge pod leave both old pods; 60% leave one (argo-rollouts). */
    @Test
    void aCanaryByPodsReplacesSome() {
        Release canary = of(1, 1, pod("a", 0));
        release.becomes(new Release(Optional.of(canaryByPods("2", paused("CanaryPauseStep", 4))), canary.replicaSets(),
                canary.pods(), List.of(), List.of()));
        assertThat(old.keepAll(TIME)).isEqualTo("the old ReplicaSet kept 1 of 2 pods available for 4 s, as the canary"
                + " replaces 1");
        assertThat(release.seen).singleElement().isInstanceOf(Outcome.Met.class);
    }

    @Test
    void aCanaryByPodsReplacesNoMoreThanItHas() {
        Release canary = of(1, 1, pod("a", 0));
        release.becomes(new Release(Optional.of(canaryByPods("2", paused("CanaryPauseStep", 1))), canary.replicaSets(),
                canary.pods(), List.of(), List.of()));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("available pods of the old ReplicaSet, which had 2: ");
    }

    @Test
    void aPodThatACanaryLeavesMustStayAvailable() {
        Release canary = of(1, 1, pod("a", 1));
        release.becomes(new Release(Optional.of(canaryByPods("2", paused("CanaryPauseStep", 4))), canary.replicaSets(),
                canary.pods(), List.of(), List.of()));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("pod a was started again");
    }

    @Test
    void moreThanBeforeAreNoLoss() {
        release.becomes(of(3, 3, pod("a", 0), pod("b", 0), pod("c", 0)));
        old.keepAll(TIME);
        assertThat(release.seen).singleElement().isInstanceOf(Outcome.Met.class);
    }

    @Test
    void aReplicaSetThatIsGoneIsALoss() {
        release.becomes(release(blueGreen("2", healthy("new"))));
        old.keepAll(TIME);
        assertThat(notYet(release.seen.get(0))).startsWith("the old ReplicaSet is gone");
        assertThat(old.complaint(release(blueGreen("2", healthy("new"))))).hasValueSatisfying(why ->
                assertThat(why).contains("until users were switched: the old ReplicaSet is gone"));
    }

    @Test
    void itKeepsItsPodsUntilTheSwitch() {
        Release kept = of(2, 2, pod("a", 0), pod("b", 0));
        assertThat(old.complaint(kept)).isEmpty();
        assertThat(old.atSwitch(kept)).isEqualTo("2 of 2 pods available");
        assertThat(old.complaint(of(2, 2, pod("a", 0), pod("b", 1)))).hasValueSatisfying(why ->
                assertThat(why).contains("until users were switched: pod b was started again"));
    }

    @Test
    void aSwitchThatIsSeenLateIsJudgedByTheServersTimes() {
        assertThat(old.complaint(scaledDown(0, 10))).isEmpty();
        assertThat(old.complaint(scaledDown(1, 12))).isEmpty();
        assertThat(old.complaint(scaledDown(0, 9))).hasValueSatisfying(why ->
                assertThat(why).startsWith("Users were switched 1 s after the end of the old ReplicaSet: "));
    }

    /** The ReplicaSet and its pods come from two watches: one may be a moment behind the other. */
    @Test
    void podsThatAreGoneBeforeTheirReplicaSetSaysSoAreJudgedByWhatItSaysThen() {
        Release behind = of(2, 2);
        release.becomes(scaledDown(0, 12));
        assertThat(old.complaint(behind)).isEmpty();
        release.becomes(scaledDown(0, 9));
        assertThat(old.complaint(behind)).hasValueSatisfying(why ->
                assertThat(why).startsWith("Users were switched 1 s after the end of the old ReplicaSet: "));
        release.becomes(of(2, 1, pod("a", 0)));
        assertThat(old.complaint(behind)).hasValueSatisfying(why ->
                assertThat(why).contains("until users were switched: of 2 pods that were available 0 are left"));
    }

    @Test
    void itsEndIsJudgedByTheDelay() {
        release.becomes(scaledDown(0, 15));
        assertThat(old.end(5)).isEqualTo("5 s after the switch");
        assertThatThrownBy(() -> old.end(7)).isInstanceOf(AssertionError.class)
                .hasMessageStartingWith("The Rollout keeps the old version for 7 s, but it was 5 s to the end");
    }

    @Test
    void itsEndIsNotThereWhileAPodIsLeft() {
        release.becomes(scaledDown(0, 15, pod("a", 0)));
        assertThatThrownBy(() -> old.end(5)).hasMessageContaining("its pods are gone");
        assertThatThrownBy(() -> old.awaitEndWithin(30, 30)).hasMessageContaining("its pods are gone");
        old.awaitEndWithin(31, 30);
        release.becomes(scaledDown(0, 15));
        old.awaitEndWithin(30, 30);
    }

    @Test
    void theNewVersionNeedsAReplicaSetOfItsOwn() {
        assertThat(old.complaint(set("new", 2, "2", 2, 2), blueGreen("2", healthy("new")))).isEmpty();
        assertThat(old.complaint(set("old", 2, "2", 2, 2), blueGreen("2", healthy("old")))).isPresent();
        assertThat(old.complaint(set("other", 2, "2", 2, 2), blueGreen("2", healthy("new")))).hasValueSatisfying(why ->
                assertThat(why).contains("a ReplicaSet of its own; it has sample-api-other"));
    }
}
