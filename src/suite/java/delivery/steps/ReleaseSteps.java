package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.release.CanaryWalk;
import delivery.release.Capability;
import delivery.release.ChartConformance;
import delivery.release.PodWatch;
import delivery.release.Version;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.Rollout;
import delivery.rollout.ScaleDown;
import delivery.rollout.Strategy;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

public final class ReleaseSteps {

    private final ScenarioWorld scene;
    private static final Duration LONG_ENOUGH_TO_SEE = Duration.ofSeconds(2);
    private static final int LONGEST_DELAY_TO_WAIT_FOR = 30;

    private ReplicaSetState oldSet;
    private Release atSwitch;
    private PodWatch newPods;

    public ReleaseSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @When("the {version} version is released")
    public void released(VersionRole age) {
        scene.releasing(age);
        remember();
        scene.subject().release(scene.next());
    }

    @When("a good version is released")
    public void goodReleased() {
        released(VersionRole.NEW);
    }

    @Needs(Capability.FAULTY_VERSION)
    @When("a faulty version is released")
    public void faultyReleased() {
        scene.next(scene.versions().faulty(scene.journal()));
        released(VersionRole.NEW);
    }

    @Given("the new/next version waits for a person to promote it")
    public void waitsForPerson() {
        if (scene.preferring(Strategy.BLUE_GREEN) == Strategy.BLUE_GREEN) {
            waitsOnPreview();
        } else {
            atLastPause();
        }
    }

    @Needs(Capability.BLUE_GREEN)
    @Given("the new/next version waits on preview")
    public void waitsOnPreview() {
        scene.deploy(Strategy.BLUE_GREEN);
        released(VersionRole.NEW);
        awaitPreview();
    }

    @Needs(Capability.CANARY)
    @Given("the new/next version waits at the last pause of its canary")
    public void waitsAtLastPause() {
        atLastPause();
        new ChartConformance(scene.subject().values()).requireStepsIfAny(scene.rollout().steps());
    }

    private void atLastPause() {
        scene.deploy(Strategy.CANARY);
        released(VersionRole.NEW);
        waitsAt(new CanaryWalk(scene.subject(), scene.next()).toLastPause());
        scene.show("The canary at its last pause");
    }

    @Needs(Capability.CANARY)
    @Given("the new/next version was released by canary and promoted")
    public void promotedByCanary() {
        atLastPause();
        promotedToTheEnd();
    }

    @Given("the new/next version was released and promoted")
    public void releasedAndPromoted() {
        if (scene.preferring(Strategy.CANARY) == Strategy.CANARY) {
            promotedByCanary();
        } else {
            waitsOnPreview();
            promotedToTheEnd();
        }
    }

    private void promotedToTheEnd() {
        scene.subject().promote();
        Release healthy = scene.subject().await(ReleaseExpectations.healthy(scene.next().tag()), WaitLimit.PROMOTION);
        scene.subject().awaitUsersHave(scene.next());
        // Who undoes a release does so later, when nothing of the old version runs any more.
        if (healthy.rollout().orElseThrow().delay() <= LONGEST_DELAY_TO_WAIT_FOR) {
            scene.subject().await(ReleaseExpectations.scaledDown(oldSet.hash()), WaitLimit.SCALE_DOWN);
        }
    }

    @When("the release is promoted")
    public void promoted() {
        atSwitch = scene.subject().promote();
        scene.subject().awaitUsersHave(scene.next());
    }

    @When("the release is undone")
    public void undone() {
        scene.subject().undo(scene.old());
    }

    @When("the release is undone, and promoted as far as it needs")
    public void undoneAndPromoted() {
        scene.subject().undo(scene.old());
        if (!scene.rollout().currentHash().equals(scene.rollout().stableHash())) {
            scene.subject().promoteFully(scene.old());
        }
    }

    @Then("the release is {phase}")
    public void phase(String phase) {
        scene.subject()
                .await(ReleaseExpectations.that("the release of " + scene.next().tag() + " is " + phase, release ->
                release.rollout().filter(rollout -> rollout.asksFor(scene.next().tag())
                        && rollout.phase().equals(phase)).isPresent()), WaitLimit.PROMOTION);
        scene.show("The release, " + phase);
        scene.saw("the release of " + scene.next().tag() + " is " + phase);
    }

    @Then("the release asks for the new/next version")
    public void asksForNew() {
        scene.subject().await(ReleaseExpectations.asksFor(scene.next().tag()), WaitLimit.RECONCILE);
        scene.show("The release");
        scene.saw("the release asks for " + scene.next().tag());
    }

    @Then("the release asks for the old/previous/stable version again")
    public void asksForOld() {
        scene.subject().await(ReleaseExpectations.asksFor(scene.old().tag()), WaitLimit.RECONCILE);
        scene.show("The release, undone");
        scene.saw("the release asks for " + scene.old().tag() + " again");
    }

    @Then("pods of the old/previous/stable version come up")
    public void oldPods() {
        Rollout rollout = scene.rollout();
        scene.subject().await(ReleaseExpectations.that("pods of the old version are ready", release ->
                release.pods(rollout.currentHash()).stream().anyMatch(pod -> pod.ready() && !pod.terminating())),
                WaitLimit.AVAILABLE);
        scene.saw("pods of " + scene.old().tag() + " that are ready: " + scene.subject().release()
                .pods(rollout.currentHash()).stream().filter(pod -> pod.ready() && !pod.terminating()).count());
    }

    @Then("a ReplicaSet of the new/next version has all its pods available, and keeps them for {duration}")
    public void allAvailable(Duration time) {
        new ChartConformance(scene.subject().values()).requireReplicas(scene.rollout().replicas());
        ReplicaSetState set = scene.subject().await(
                ReleaseExpectations.available(scene.next().tag(), scene.rollout().replicas()), WaitLimit.AVAILABLE);
        assertThat(set.hash()).as("hash of the new ReplicaSet").isNotEqualTo(oldSet.hash())
                .isEqualTo(scene.rollout().currentHash());
        String kept = new PodWatch(scene.subject(), set.hash()).stayFor(time);
        scene.journal().evidence().attach("The new ReplicaSet", set.summary() + "\n" + kept);
        scene.saw("ReplicaSet " + set.summary() + "; " + kept);
    }

    @Needs(Capability.BLUE_GREEN)
    @Then("the release waits for a person to promote it")
    public void waitsForPromotion() {
        awaitPreview();
        scene.subject().throughout(ReleaseExpectations.waitsForPerson(scene.next().tag()), LONG_ENOUGH_TO_SEE);
        scene.saw("the release is " + scene.rollout().phase() + " with " + scene.next().tag() + " on preview");
    }

    @Needs(Capability.BLUE_GREEN)
    @Then("the release still waits on preview")
    public void stillWaits() {
        scene.subject().throughout(ReleaseExpectations.waitsOnPreview(scene.next().tag()), Duration.ZERO);
        scene.saw("the release still waited on preview after that");
    }

    @Needs(Capability.BLUE_GREEN)
    @Given("only a person can promote it")
    public void onlyAPerson() {
        scene.subject().throughout(ReleaseExpectations.waitsForPerson(scene.next().tag()), Duration.ZERO);
    }

    @Then("the new/next version has kept all its pods for {duration}")
    public void podsKept(Duration time) {
        scene.saw("of " + scene.next().tag() + " " + newPods.stayFor(time));
    }

    private void awaitPreview() {
        Release release = scene.subject()
                .await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), WaitLimit.PAUSE);
        newPods = new PodWatch(scene.subject(), release.rollout().orElseThrow().currentHash());
        scene.journal().observed("the new version waits on preview for a promotion");
        scene.show("The release on preview");
    }

    @Needs(Capability.CANARY)
    @Then("a ReplicaSet of the new/next version has as many pods as the first step asks for")
    public void canaryPods() {
        ChartConformance asked = new ChartConformance(scene.subject().values());
        asked.requireReplicas(scene.rollout().replicas());
        asked.requireScale(scene.rollout().steps());
        Release release = new CanaryWalk(scene.subject(), scene.next()).toFirstPods();
        waitsAt(release);
        Rollout rollout = release.rollout().orElseThrow();
        int pods = rollout.canaryPods();
        ReplicaSetState set = scene.subject().await(
                ReleaseExpectations.available(scene.next().tag(), pods), WaitLimit.AVAILABLE);
        scene.journal().evidence().attach("The canary's ReplicaSet", set.summary() + "\nA weight of "
                + rollout.askedWeight() + "% of " + rollout.replicas() + " pods makes " + pods + ", by the steps "
                + rollout.steps());
        scene.journal().observed("the canary has " + pods + " pod(s) at " + rollout.askedWeight() + "%");
        scene.saw("the canary has " + set.available() + " of " + rollout.replicas() + " pods at a weight of "
                + rollout.askedWeight() + "%");
    }

    @Then("the old/previous/stable ReplicaSet keeps all its pods")
    public void oldKept() {
        ReplicaSetState now = scene.subject().release().replicaSet(oldSet.hash()).orElseThrow(() ->
                new AssertionError("The old ReplicaSet is gone: " + scene.subject().release().summary()));
        // What is asked for changes first: those that are to go are available a moment longer.
        assertThat(Math.min(now.desired(), now.available()))
                .as("available pods of the old ReplicaSet: " + now.summary())
                .isEqualTo(oldSet.desired());
        scene.saw("the old ReplicaSet has " + now.available() + " of " + oldSet.desired() + " pods available");
    }

    @Then("a ReplicaSet of the new/next version has {pods}")
    public void hasPods(int pods) {
        ReplicaSetState set = scene.subject().await(
                ReleaseExpectations.available(scene.next().tag(), pods), WaitLimit.AVAILABLE);
        scene.journal().evidence().attach("The new ReplicaSet", set.summary());
        scene.journal().observed("the new ReplicaSet has " + pods + " pod(s)");
        scene.saw("the new ReplicaSet has " + set.available() + " of " + pods + " pods available");
    }

    @Then("the old/previous/stable version keeps its pods until users are switched")
    public void keptUntilSwitched() {
        ReplicaSetState then = atSwitch.replicaSet(oldSet.hash()).orElseThrow(() ->
                new AssertionError("The old ReplicaSet is gone at the switch: " + atSwitch.summary()));
        if (then.desired() < oldSet.desired()) {
            // Seen late: whether it was before the switch is by the API server's times.
            assertThat(atSwitch.fromSwitchToScaleDown(oldSet.hash()))
                    .as("from the switch to the end of the old ReplicaSet: "
                    + then.summary()).isGreaterThanOrEqualTo(Duration.ZERO);
        } else {
            assertThat(then.available()).as("available pods of the old version when users were switched: "
                    + then.summary()).isEqualTo(oldSet.available());
        }
        scene.journal().evidence().attach("The old ReplicaSet at the switch", then.summary());
        scene.saw("the old version had " + then.available() + " of " + oldSet.desired()
                + " pods available when users were switched");
    }

    @Then("the old/previous/stable ReplicaSet is scaled down within the delay that the chart sets")
    public void scaledDown() {
        new ChartConformance(scene.subject().values())
                .requireDelays(scene.rollout().strategy(), scene.rollout().timing());
        ScaleDown end = new ScaleDown(oldSet.hash(), scene.rollout().delay());
        Release ended = scene.subject().await(end.begun(), WaitLimit.SCALE_DOWN, end::ownTime);
        end.complaint(ended).ifPresent(wrong -> {
            throw new AssertionError(wrong);
        });
        scene.subject().await(ReleaseExpectations.scaledDown(oldSet.hash()), WaitLimit.SCALE_DOWN);
        String took = ended.delayToScaleDown(oldSet.hash()).toSeconds() + " s after the "
                + (ended.analysedAfterSwitch() ? "analysis of the new version had passed" : "switch");
        scene.journal().observed("the old ReplicaSet was scaled down " + took + ", and its pods are gone");
        scene.saw("the old ReplicaSet was scaled down " + took + ", the chart asks for " + end.delay()
                + " s, and its pods are gone");
    }

    /** A release by blue-green has no weight to be left. */
    @Then("the {version} version is the stable one, and no weight is left on the canary")
    public void stable(VersionRole age) {
        Version version = scene.version(age);
        scene.subject().await(ReleaseExpectations.healthy(version.tag()), WaitLimit.PROMOTION);
        // The controller takes the weight back a moment after it calls the release healthy.
        Release release = scene.rollout().strategy() == Strategy.BLUE_GREEN ? scene.subject().release()
                : scene.subject().await(ReleaseExpectations.that("no weight is left on the canary", ended ->
                ended.rollout().flatMap(Rollout::weights).map(weights -> weights.canary() == 0).orElse(false)),
                WaitLimit.RECONCILE);
        assertThat(release.running(version.tag()).map(ReplicaSetState::hash)).as("hash of the stable version")
                .contains(release.rollout().orElseThrow().stableHash());
        scene.show("The release at its end");
        scene.saw("the stable version is " + version.tag() + release.rollout().flatMap(Rollout::weights)
                .map(weights -> ", the canary's weight " + weights.canary() + "%").orElse(""));
    }

    @Needs(Capability.CANARY)
    @Then("the release goes on to its next pause")
    public void goesOn() {
        Release release = scene.subject().await(
                ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()), WaitLimit.PAUSE);
        waitsAt(release);
        scene.show("The release at its pause");
        scene.saw("the release waits at step " + release.rollout().orElseThrow().step().orElse(0));
    }

    @Then("the release is aborted for what it found")
    public void aborted() {
        Release release = scene.subject().await(ReleaseExpectations.aborted(scene.next().tag()), WaitLimit.ANALYSIS);
        String reason = release.rollout().orElseThrow().message();
        assertThat(reason).as("the reason that the release gives").contains("RolloutAborted").contains("nalysis");
        scene.journal().observed("aborted: " + reason);
        scene.saw("the release says " + reason);
        scene.show("The aborted release");
    }

    /** What the old version has before the new one comes. */
    private void remember() {
        // A Rollout may be seen healthy a moment before its ReplicaSet is: they are told of by two watches.
        oldSet = scene.subject().await(ReleaseExpectations.available(scene.old().tag(), 0), WaitLimit.AVAILABLE);
    }

    private void waitsAt(Release release) {
        scene.journal().observed("waits for a promotion at step " + release.rollout().orElseThrow().step().orElse(0));
    }
}
