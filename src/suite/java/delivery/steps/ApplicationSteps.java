package delivery.steps;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.release.CanaryPlan;
import delivery.release.PodWatch;
import delivery.release.SelfHeal;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.RolloutExpectations;
import delivery.rollout.ServiceState;
import delivery.rollout.Strategy;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

public final class ApplicationSteps {

    private final ScenarioWorld scene;

    public ApplicationSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Given("users have the {version} version, released by {strategy}")
    public void deployed(VersionRole age, Strategy strategy) {
        scene.deploy(strategy, age);
        scene.show("The release that users have");
    }

    @Given("users have the {version} version")
    public void deployed(VersionRole age) {
        deployed(age, scene.preferring(Strategy.BLUE_GREEN));
    }

    @Given("users have the {version} version on {pods}, released by {strategy}")
    public void deployed(VersionRole age, int pods, Strategy strategy) {
        scene.override(overrides -> overrides.withPods(pods));
        deployed(age, strategy);
        scene.subject().await(ReleaseExpectations.available(scene.old().tag(), pods), WaitLimit.AVAILABLE);
    }

    @Given("the release has {pods}")
    public void pods(int pods) {
        scene.override(overrides -> overrides.withPods(pods));
    }

    @Given("the canary's steps are {shares}, each {pause}")
    public void steps(List<Integer> shares, CanaryPlan.Pause pause) {
        steps(CanaryPlan.of(shares, pause));
    }

    @Given("the canary's steps are(:)")
    public void steps(CanaryPlan plan) {
        scene.override(overrides -> overrides.withPlan(plan));
    }

    @Given("the old version is kept for {delay} after a switch")
    public void kept(Duration delay) {
        scene.override(overrides -> overrides.withDelay(delay));
    }

    @When("the Application is updated to the new/next image tag")
    public void updated() {
        scene.releasing(VersionRole.NEW);
        scene.subject().release(scene.next());
    }

    @When("the Application is updated to the {strategy} strategy")
    public void updated(Strategy strategy) {
        scene.subject().changeStrategy(strategy);
    }

    @Then("Argo CD has synced the Application to the new/next image tag")
    public void synced() {
        Application application = scene.subject().until(ApplicationExpectations.synced(), WaitLimit.SYNC);
        scene.subject().askedBy(scene.next()).forEach((path, value) -> {
            scene.require(application.complaint(path, value));
            scene.saw("Argo CD is " + application.sync() + " with " + path + " " + application.compared().get(path));
        });
    }

    @Then("the release follows the {strategy} strategy")
    public void follows(Strategy strategy) {
        scene.subject().await(ReleaseExpectations.follows(strategy), WaitLimit.RECONCILE);
        scene.show("The release by " + strategy);
        scene.saw("the Rollout's strategy is " + scene.rollout().strategy());
    }

    @Then("nothing of the {strategy} strategy is left on the Services")
    public void nothingLeft(Strategy gone) {
        List<ServiceState> services = scene.subject().await(RolloutExpectations.left(gone), WaitLimit.RECONCILE);
        scene.journal().evidence().json("Services", services);
        scene.saw("of " + services.size() + " Services the Rollout manages none beside "
                + String.join(" and ", scene.rollout().services()));
    }

    /** Compares again: the controller may have changed something after the comparison that found all synced. */
    @Then("Argo CD finds nothing that differs from what the Application asks for")
    public void nothingDiffers() {
        scene.require(scene.subject().compared().complaint());
        scene.subject().until(ApplicationExpectations.healthyBut(this::otherPaused), WaitLimit.AVAILABLE);
        scene.saw("Argo CD compared again and says " + scene.subject().application().summary());
    }

    @Then("the release stays healthy for {duration}, and Argo CD says so too")
    public void healthy(Duration time) {
        String kept = PodWatch.healthy(scene.subject(), scene.next().tag(), time);
        scene.subject().until(scene.subject().atRest(false), WaitLimit.AVAILABLE);
        scene.show("The release, promoted");
        scene.saw("the release is " + scene.rollout().phase() + ", its " + kept + ", Argo CD says "
                + scene.subject().application().summary());
    }

    /** Only a person's undo changed the release: the Application still asks for the new version. */
    @Then("Argo CD finds that the release differs from what the Application asks for")
    public void differs() {
        scene.healed().map(SelfHeal::found).ifPresentOrElse(scene::saw,
                () -> compared(ApplicationExpectations.finds(scene.rollout().name())));
    }

    @Then("Argo CD calls the release healthy, and finds that nothing else differs")
    public void nothingElseDiffers() {
        compared(scene.subject().atRest(true));
    }

    private Optional<String> otherPaused() {
        return scene.subject().release().otherPaused();
    }

    private void compared(Expectation<Application, Application> expected) {
        scene.subject().compared();
        Application compared = scene.subject().until(expected, WaitLimit.SYNC);
        scene.journal().looked("argocd app get " + compared.name() + " --refresh", "Argo CD: " + compared.summary());
        scene.show("The rollback, as Argo CD sees it");
        scene.saw("Argo CD says " + compared.summary());
    }
}
