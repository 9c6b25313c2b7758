package delivery.steps;

import delivery.environment.Check;
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
        scene.journal().evidence().attach("What the checks found", String.join("\n",
                scene.run().environment().validation().findings().values().stream().map(finding -> finding.sentence()
                        + finding.unfit().map(unfit -> ": NOT SO, " + unfit.getMessage()).orElse("")).toList()));
        scene.run().environment().validation().layout().ifPresent(layout -> scene.journal().evidence().attach(
                "How the delivery is laid out", String.join("\n", LayoutTable.of(layout))));
    }

    @Then("the cluster is reachable, and has nodes that take pods")
    public void cluster() {
        require(Check.CLUSTER, "kubectl get nodes");
    }

    @Then("Argo Rollouts reconciles a release")
    public void rollouts() {
        require(Check.ROLLOUTS, "kubectl argo rollouts list rollouts --all-namespaces");
    }

    @Then("Argo CD reconciles the Application, which is synced and healthy")
    public void argoCd() {
        require(Check.ARGO_CD, "argocd app get " + scene.run().environment().settings().application());
    }

    @Then("the registry accepts a push")
    public void registry() {
        require(Check.REGISTRY, "docker login");
    }

    @Then("the gateway answers")
    public void gateway() {
        require(Check.GATEWAY, "curl " + scene.run().environment().settings().gateway());
    }

    private void require(Check check, String command) {
        scene.run().environment().validation().require(check);
        String found = scene.run().environment().validation().findings().get(check).sentence();
        scene.journal().looked(command, found);
        scene.saw(found.replaceFirst("^[^:]*: ", ""));
    }
}
