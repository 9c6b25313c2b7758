package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.release.CanaryPlan;
import delivery.release.Capability;
import delivery.release.PodWatch;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.ServiceState;
import delivery.rollout.Strategy;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.List;

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
        assertThat(scene.rollout().replicas()).as("pods that the Rollout asks for").isEqualTo(pods);
        assertThat(scene.pods(scene.old())).as("pods of the " + age + " version").hasSize(pods);
    }

    @Given("the release has {pods}")
    public void pods(int pods) {
        scene.override(overrides -> overrides.withPods(pods));
    }

    @Needs(Capability.CANARY)
    @Given("the canary's steps are {shares}, each {pause}")
    public void steps(List<Integer> shares, CanaryPlan.Pause pause) {
        CanaryPlan plan = CanaryPlan.EMPTY;
        for (int share : shares) {
            plan = plan.weight(share).pause(pause);
        }
        steps(plan);
    }

    @Needs(Capability.CANARY)
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
        assertThat(application.compared()).as("what Argo CD compared the cluster with")
                .containsEntry("image.tag", scene.next().tag());
        scene.saw("Argo CD is " + application.sync() + " with image.tag " + application.compared().get("image.tag"));
    }

    @Then("the release follows the {strategy} strategy")
    public void follows(Strategy strategy) {
        scene.subject().await(ReleaseExpectations.follows(strategy), WaitLimit.RECONCILE);
        scene.show("The release by " + strategy);
        scene.saw("the Rollout's strategy is " + scene.rollout().strategy());
    }

    @Then("nothing of the {strategy} strategy is left on the Services")
    public void nothingLeft(Strategy gone) {
        Rollout rollout = scene.rollout();
        assertThat(rollout.strategy())
                .as("the strategy that the release follows, of which much is left on the Services")
                .isNotEqualTo(gone);
        scene.subject().await(ReleaseExpectations.that("no Service beside " + rollout.services()
                + " is looked after by the Rollout", release -> release.services().stream()
                .filter(service -> !rollout.services().contains(service.name()))
                .allMatch(service -> service.hash().isEmpty() && service.managedBy().isEmpty())), WaitLimit.RECONCILE);
        assertThat(scene.subject().release().services()).as("Services of the " + rollout.strategy() + " strategy")
                .extracting(ServiceState::name).containsAll(rollout.services());
        scene.journal().evidence().json("Services", scene.subject().release().services());
        scene.saw("of " + scene.subject().release().services().size() + " Services the Rollout looks after none beside "
                + rollout.services());
    }

    /** Compared anew: what the controller did last may have come after the comparison that said that all is synced. */
    @Then("Argo CD finds nothing that differs from what the Application asks for")
    public void nothingDiffers() {
        Application compared = scene.subject().compared();
        assertThat(compared.synced()).as("Argo CD finds nothing that differs; it says " + compared.summary()).isTrue();
        scene.subject().until(ApplicationExpectations.syncedAnd("Healthy"), WaitLimit.AVAILABLE);
        scene.saw("Argo CD compared again and says " + scene.subject().application().summary());
    }

    @Then("the release stays healthy for {duration}, and Argo CD says so too")
    public void healthy(Duration time) {
        Expectation<Release, Release> healthy = ReleaseExpectations.healthy(scene.next().tag());
        Release release = scene.subject().await(healthy, WaitLimit.PROMOTION);
        String kept = new PodWatch(scene.subject(), release.rollout().orElseThrow().stableHash())
                .stayFor(time, healthy);
        scene.subject().until(ApplicationExpectations.syncedAnd("Healthy"), WaitLimit.AVAILABLE);
        scene.show("The release, promoted");
        scene.saw("the release is " + scene.rollout().phase() + ", its " + kept + ", Argo CD says "
                + scene.subject().application().summary());
    }

    @Then("what Argo CD says of it is recorded")
    public void recorded() {
        Application application = scene.subject().compared();
        scene.journal()
                .looked("argocd app get " + application.name() + " --refresh", "Argo CD: " + application.summary());
        scene.show("What Argo CD says of the rollback");
        scene.saw("Argo CD says " + application.summary());
    }
}
