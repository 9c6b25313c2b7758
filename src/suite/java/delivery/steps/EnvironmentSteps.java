package delivery.steps;

import delivery.environment.Check;
import delivery.environment.Validation;
import delivery.layout.LayoutTable;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;

public final class EnvironmentSteps {

    private final ScenarioWorld scene;

    public EnvironmentSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @When("the environment is validated")
    public void validated() {
        scene.journal().evidence().attach("Findings of the checks", scene.run().environment().validation().summary());
        scene.run().environment().validation().layout().ifPresent(layout -> scene.journal().evidence().attach(
                "How the delivery is laid out", String.join("\n", LayoutTable.of(layout))));
    }

    @Then("the cluster is reachable, and has nodes that take pods")
    public void cluster() {
        require(Check.CLUSTER);
    }

    @Then("Argo Rollouts reconciles a release")
    public void rollouts() {
        require(Check.ROLLOUTS);
    }

    @Then("Argo CD reconciles the Application, which is synced and healthy")
    public void argoCd() {
        require(Check.ARGO_CD);
    }

    @Then("the registry accepts a push")
    public void registry() {
        require(Check.REGISTRY);
    }

    @Then("the gateway answers")
    public void gateway() {
        require(Check.GATEWAY);
    }

    private void require(Check check) {
        Validation validation = scene.run().environment().validation();
        validation.require(check);
        String found = validation.findings().get(check).sentence();
        scene.journal().looked(validation.command(check), found);
        scene.saw(found.replaceFirst("^[^:]*: ", ""));
    }
}
