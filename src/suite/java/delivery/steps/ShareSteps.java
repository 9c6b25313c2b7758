package delivery.steps;

import delivery.failure.InvalidSelection;
import delivery.picture.SharesPicture;
import delivery.picture.SharesPicture.Share;
import delivery.release.CanaryMeasurement;
import delivery.release.CanaryWalk;
import delivery.release.ReleaseUnderTest;
import delivery.traffic.ServedSteps;
import delivery.traffic.ShareTolerance;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.util.Optional;

public final class ShareSteps {

    private final ScenarioWorld scene;
    private Optional<CanaryMeasurement> measured = Optional.empty();

    public ShareSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Given("shares are judged by {judgement}")
    public void judged(ShareTolerance judgement) {
        scene.judge(judgement);
    }

    @When("the new/next version is released and promoted from pause to pause")
    public void promotedFromPauseToPause() {
        scene.releasing(VersionRole.NEW);
        scene.subject().audience().arrive(scene.requests());
        scene.subject().release(scene.next());
        conform();
        measured = Optional.of(measurement().along(new CanaryWalk(scene.subject(), scene.next())));
    }

    /** Runs before the measurement, which takes a while. */
    private void conform() {
        scene.conformance().requireSteps(scene.rollout().steps());
        scene.conformance().requireDelays(scene.rollout().strategy(), scene.rollout().timing(),
                scene.rollout().keepsOldVersion());
    }

    private CanaryMeasurement measurement() {
        ReleaseUnderTest subject = scene.subject();
        return new CanaryMeasurement(subject, scene.old(), scene.next(), scene.known(), scene.requests(),
                scene.requestJournal());
    }

    @Then("at every step the new/next version served the share of requests that values.yaml asks for")
    @Then("at every step the new/next version served the share of requests that the step asks for")
    public void sharesServed() {
        show(measured().served(scene.split(), scene.splitByChance()));
        scene.require(measured().complaint(scene.split(), scene.splitByChance()));
        measured().requireMeasured();
    }

    private void show(ServedSteps served) {
        served.sentences().forEach(scene::observed);
        scene.journal().evidence().table("Wanted and served", ServedSteps.HEADER, served.rows());
        scene.journal().evidence().picture("Wanted and served, drawn", SharesPicture.of(Share.of(served)));
        measured().cookies().forEach(cookie -> scene.saw("users kept the cookie " + cookie));
    }

    @Then("at every step each version was served by its own Service")
    public void ownServices() {
        scene.require(measured().complaintOfServices());
        scene.saw(measured().servedBy());
    }

    private CanaryMeasurement measured() {
        return measured.orElseThrow(() -> new InvalidSelection("Nothing is measured in this scenario: add \"When the"
                + " new version is released and promoted from pause to pause\" before this step"));
    }
}
