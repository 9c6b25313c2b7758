package delivery.steps;

import delivery.release.PodWatch;
import delivery.release.SelfHeal;
import delivery.rollout.CanaryPods;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.rollout.RolloutExpectations;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;
import java.time.Duration;

public final class PodSteps {

    private final ScenarioWorld scene;
    private final ScenarioPods pods;

    public PodSteps(ScenarioWorld scene, ScenarioPods pods) {
        this.scene = scene;
        this.pods = pods;
    }

    @Then("a ReplicaSet of the new/next version has all its pods available, and keeps them for {duration}")
    public void allAvailable(Duration time) {
        scene.conformance().requireReplicas(scene.rollout().replicas());
        ReplicaSetState set = available(scene.rollout().previewPods());
        scene.require(pods.old().complaint(set, scene.rollout()));
        String kept = new PodWatch(scene.subject(), set.hash()).stayFor(time);
        scene.saw("ReplicaSet " + set.summary() + "; " + kept);
    }

    @Then("a ReplicaSet of the new/next version has as many pods as the first step asks for")
    public void canaryPods() {
        scene.conformance().requireReplicas(scene.rollout().replicas());
        scene.conformance().requireScale(scene.rollout().steps());
        CanaryPods asked = atPause();
        available(scene.subject().await(asked.available(scene.next().tag()), WaitLimit.AVAILABLE), asked.why());
        scene.observed("the canary has " + asked.count());
    }

    @Then("a ReplicaSet of the new/next version has {pods}")
    public void hasPods(int count) {
        ReplicaSetState set = available(count);
        scene.observed("the new ReplicaSet has " + set.available() + " of " + count + " pods available");
    }

    @Then("the new/next version has kept all its pods for {duration}")
    public void podsKept(Duration time) {
        scene.saw("of " + scene.next().tag() + " " + pods.fresh().stayFor(time));
    }

    @Then("the old/previous/stable ReplicaSet keeps all its pods for {duration}")
    @Then("the old/previous/stable ReplicaSet keeps all pods that the canary does not replace for {duration}")
    public void oldKept(Duration time) {
        scene.saw(pods.old().keepAll(time));
    }

    @Then("the old/previous/stable version keeps its pods until users are switched")
    public void keptUntilSwitched() {
        scene.require(pods.old().complaint(pods.atSwitch()));
        scene.saw("the old version had " + pods.old().atSwitch(pods.atSwitch()) + " when users were switched");
    }

    @Then("the old/previous/stable ReplicaSet is scaled down within the delay that the chart sets")
    public void scaledDown() {
        scene.conformance().requireDelays(scene.rollout().strategy(), scene.rollout().timing(),
                scene.rollout().keepsOldVersion());
        String kept = pods.old().end(scene.rollout().delay());
        scene.observed("the old ReplicaSet was scaled down " + kept + ", the chart asks for " + scene.rollout().delay()
                + " s, and its pods are gone");
    }

    @Then("pods of the old/previous/stable version come up")
    public void oldPods() {
        scene.saw(scene.healed().map(SelfHeal::started).orElseGet(this::readyPods));
    }

    private String readyPods() {
        long ready = scene.subject().await(RolloutExpectations.podsReady(scene.rollout().currentHash()),
                WaitLimit.AVAILABLE);
        return "pods of " + scene.old().tag() + " that are ready: " + ready;
    }

    private CanaryPods atPause() {
        Release release = scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()),
                WaitLimit.PAUSE);
        return new CanaryPods(release.rollout().orElseThrow());
    }

    private ReplicaSetState available(int count) {
        ReplicaSetState set = scene.subject().await(ReleaseExpectations.available(scene.next().tag(), count),
                WaitLimit.AVAILABLE);
        available(set, "");
        return set;
    }

    private void available(ReplicaSetState set, String why) {
        scene.journal().evidence().attach("The new ReplicaSet", (set.summary() + "\n" + why).strip());
    }
}
