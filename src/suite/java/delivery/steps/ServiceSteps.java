package delivery.steps;

import delivery.kubernetes.ServiceProbe;
import delivery.release.Version;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ServiceRole;
import delivery.rollout.Strategy;
import delivery.traffic.AnyOf;
import delivery.traffic.Sample;
import delivery.traffic.ServedOnlyBy;
import delivery.waiting.WaitLimit;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.Set;

public final class ServiceSteps {

    private static final int OF_A_SERVICE = 20;
    private static final int OF_USERS = 300;

    private final ScenarioWorld scene;
    private Sample sample;
    private String route;

    public ServiceSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @When("{requests} are/is sent to the {service} Service over {duration}")
    public void sent(int requests, ServiceRole service, Duration over) {
        asked(service, probe().ask(scene.subject().site().namespace(), service.in(scene.rollout()), requests, over));
    }

    @Then("every request was answered by the {version} version")
    public void answeredBy(VersionRole age) {
        Version version = scene.version(age);
        scene.require(new ServedOnlyBy(route, version.answers(), scene.pods(version)).complaint(sample));
        scene.saw(sample.served(version.answers()) + " of " + sample.size() + " requests to " + route
                + " were answered by version " + version.answers());
    }

    @Then("the {service} Service answers with the {version} version only")
    public void serviceAnswers(ServiceRole service, VersionRole age) {
        String name = service.in(scene.rollout());
        scene.subject().served().await(name, scene.version(age));
        asked(service, probe().ask(scene.subject().site().namespace(), name, OF_A_SERVICE));
        answeredBy(age);
    }

    @Then("the new/next version answers with its own version number")
    public void newAnswers() {
        if (scene.rollout().strategy() == Strategy.BLUE_GREEN) {
            previewAnswers();
        } else {
            canaryAnswers();
        }
    }

    private void canaryAnswers() {
        if (scene.rollout().newService().isPresent()) {
            serviceAnswers(ServiceRole.CANARY, VersionRole.NEW);
        } else {
            canaryAnswersUsers();
        }
    }

    /** Without a Service of its own, the canary is among the pods that answer the users. */
    private void canaryAnswersUsers() {
        Sample users = scene.subject().served().sampleOfBoth(scene.next(), scene.rollout().askedWeight(), OF_USERS);
        scene.requestJournal().requests(users, scene.subject().audience().version());
        scene.require(bothVersions().complaint(users));
        scene.saw("of " + users.size() + " requests of users " + users.sentence());
    }

    private AnyOf bothVersions() {
        return new AnyOf("the users", Set.of(scene.old().answers(), scene.next().answers()), true);
    }

    @Then("the preview Service answers with the new/next version number")
    public void previewAnswers() {
        scene.subject().await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), WaitLimit.PAUSE);
        serviceAnswers(ServiceRole.PREVIEW, VersionRole.NEW);
    }

    private void asked(ServiceRole service, Sample answers) {
        sample = answers;
        route = "the " + service;
        scene.requestJournal().service(answers, route, probe().path(scene.subject().site().namespace(),
                service.in(scene.rollout())));
    }

    private ServiceProbe probe() {
        return scene.subject().audience().services();
    }
}
