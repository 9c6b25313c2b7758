package delivery.steps;

import delivery.registry.PushedImage;
import delivery.release.PodImages;
import delivery.rollout.PodState;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReplicaSetState;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.List;
import java.util.Optional;

public final class RegistrySteps {

    private final ScenarioWorld scene;

    public RegistrySteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @When("a new/next version is built and pushed")
    public void built() {
        scene.next(scene.own());
        scene.journal().evidence().json("Pushed image", image());
    }

    @Then("the registry holds the new/next version under its tag")
    public void held() {
        Optional<String> held = scene.run().environment().platform().registry().manifestDigest(image().name());
        scene.require(new PodImages(image()).complaint(held));
        scene.saw("the registry has " + image().name() + " as " + image().digest());
        scene.journal().looked("docker manifest inspect " + image().name(), "the registry has " + image().digest());
    }

    @Then("the pods of the new/next version run the very image that was pushed")
    public void run() {
        ReplicaSetState set = scene.subject()
                .await(ReleaseExpectations.available(scene.next().tag(), 0), WaitLimit.AVAILABLE);
        List<PodState> pods = scene.subject().release().pods(set.hash());
        scene.require(new PodImages(image()).complaint(pods));
        scene.saw("pods that run that image: " + pods.size() + " of " + pods.size());
    }

    private PushedImage image() {
        return scene.versions().image(scene.next());
    }
}
