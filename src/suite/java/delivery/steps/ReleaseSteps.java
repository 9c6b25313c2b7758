package delivery.steps;

import delivery.release.CanaryWalk;
import delivery.release.SelfHeal;
import delivery.release.Version;
import delivery.release.pool.Stage;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutExpectations;
import delivery.rollout.Strategy;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;

public final class ReleaseSteps {

    private static final Duration LONG_ENOUGH_TO_SEE = Duration.ofSeconds(2);

    private final ScenarioWorld scene;
    private final ScenarioPods pods;

    public ReleaseSteps(ScenarioWorld scene, ScenarioPods pods) {
        this.scene = scene;
        this.pods = pods;
    }

    @When("the {version} version is released")
    public void released(VersionRole age) {
        scene.releasing(age);
        pods.watchOld();
        scene.subject().release(scene.next());
    }

    @When("the new/next version is released, up to the canary's first pods")
    public void releasedToFirstPods() {
        released(VersionRole.NEW);
        waits(walk().toFirstPods());
    }

    @When("the new/next version is released, up to its first pods")
    public void releasedToPods() {
        released(VersionRole.NEW);
        if (scene.rollout().strategy() == Strategy.CANARY) {
            waits(walk().toFirstPods());
        }
    }

    @When("a good version is released, up to its analysis")
    public void goodReleased() {
        released(VersionRole.NEW);
        walk().toAnalysis();
    }

    @When("a faulty version is released, up to its analysis")
    public void faultyReleased() {
        scene.next(scene.faulty());
        goodReleased();
    }

    @Given("the new/next version waits for a person to promote it")
    public void waitsForPerson() {
        waitsBy(scene.preferring(Strategy.BLUE_GREEN));
    }

    @Given("the new/next version was released and promoted")
    public void releasedAndPromoted() {
        scene.bring(scene.preferring(Strategy.CANARY), Stage.PROMOTED);
        scene.show("The release, promoted");
    }

    private void waitsBy(Strategy strategy) {
        pods.watchOld(scene.bring(strategy, Stage.waiting(strategy)));
        awaitPause(strategy);
    }

    private void awaitPause(Strategy strategy) {
        if (strategy == Strategy.CANARY) {
            waits(scene.subject().release());
        } else {
            awaitPreview();
        }
    }

    @Given("the new/next version waits on preview")
    public void waitsOnPreview() {
        waitsBy(Strategy.BLUE_GREEN);
    }

    @Given("the new/next version waits at the last pause of its canary")
    public void waitsAtLastPause() {
        waitsBy(Strategy.CANARY);
        scene.show("The canary at its last pause");
        scene.conformance().requireStepsIfAny(scene.rollout().steps());
    }

    @Given("the new/next version was released by canary and promoted")
    public void promotedByCanary() {
        scene.bring(Strategy.CANARY, Stage.PROMOTED);
        scene.show("The release, promoted by canary");
    }

    @When("the release is promoted")
    public void promoted() {
        pods.switched(scene.subject().promote());
    }

    @When("the release is undone")
    public void undone() {
        scene.triggerUndo();
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
        scene.subject().await(RolloutExpectations.inPhase(scene.next().tag(), phase), WaitLimit.PROMOTION);
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
        String asked = scene.healed().map(SelfHeal::undone).orElseGet(this::asksAgain);
        scene.show("The release, undone");
        scene.saw(asked);
    }

    @Then("the release waits for a person to promote it")
    public void waitsForPromotion() {
        awaitPreview();
        scene.subject().stays(ReleaseExpectations.waitsForPerson(scene.next().tag()), LONG_ENOUGH_TO_SEE);
        scene.saw("the release is " + scene.rollout().phase() + " with " + scene.next().tag() + " on preview");
    }

    @Then("the release still waits on preview")
    public void stillWaits() {
        scene.subject().stays(ReleaseExpectations.waitsOnPreview(scene.next().tag()), LONG_ENOUGH_TO_SEE);
        scene.saw("the release still waited on preview after that");
    }

    @Given("only a person can promote it")
    public void onlyAPerson() {
        scene.subject().throughout(ReleaseExpectations.waitsForPerson(scene.next().tag()), Duration.ZERO);
    }

    @Then("the {version} version is the stable one, and no weight is left on the canary")
    public void stable(VersionRole age) {
        Version version = scene.version(age);
        scene.subject().await(ReleaseExpectations.healthy(version.tag()), WaitLimit.PROMOTION);
        Rollout ended = scene.subject().served().awaitNoWeight(version);
        scene.show("The release at its end");
        scene.saw("the stable version is " + version.tag() + ended.endOfWeight());
    }

    @Then("the release goes on to its next pause")
    public void goesOn() {
        Release release = scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()),
                WaitLimit.PAUSE);
        waits(release);
        scene.show("The release at its pause");
        scene.saw("the release waits at step " + release.rollout().orElseThrow().step().orElse(0));
    }

    @Then("the release is aborted for what it found")
    public void aborted() {
        Release release = scene.subject().await(ReleaseExpectations.aborted(scene.next().tag()), WaitLimit.ANALYSIS);
        scene.require(release.complaintOfAbort());
        scene.observed("the release says " + release.rollout().orElseThrow().message());
        scene.show("The aborted release");
    }

    private void awaitPreview() {
        pods.watchNew(scene.subject().await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), WaitLimit.PAUSE));
        scene.journal().observed("the new version waits on preview for a promotion");
        scene.show("The release on preview");
    }

    private String asksAgain() {
        scene.subject().await(ReleaseExpectations.asksFor(scene.old().tag()), WaitLimit.RECONCILE);
        return "the release asks for " + scene.old().tag() + " again";
    }

    private void waits(Release release) {
        scene.journal().observed("waits for a promotion at step " + release.rollout().orElseThrow().step().orElse(0));
    }

    private CanaryWalk walk() {
        return new CanaryWalk(scene.subject(), scene.next());
    }
}
