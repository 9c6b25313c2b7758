package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.failure.InvalidSelection;
import delivery.failure.UnmeasurableSteps;
import delivery.picture.Share;
import delivery.picture.SharesPicture;
import delivery.release.Audience;
import delivery.release.CanaryMeasurement;
import delivery.release.CanaryWalk;
import delivery.release.Capability;
import delivery.release.ChartConformance;
import delivery.release.ReleaseUnderTest;
import delivery.release.ServedUsers;
import delivery.release.Version;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Strategy;
import delivery.route.RouteFindings;
import delivery.traffic.AnyOf;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Sample;
import delivery.traffic.ServedOnlyBy;
import delivery.traffic.ServedStep;
import delivery.traffic.ServedSteps;
import delivery.traffic.ShareTolerance;
import delivery.traffic.SplitVerdict;
import delivery.waiting.WaitLimit;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

public final class TrafficSteps implements CanaryMeasurement.Shown {

    private static final int OF_A_SERVICE = 20;
    /** One request in a hundred astray is seen among so many 19 times in 20. */
    private static final int OF_USERS = 300;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(5);


    private final ScenarioWorld scene;
    private CanaryMeasurement measured;
    private List<String> missed = List.of();
    private BackgroundTraffic load;
    private Sample sample;
    private String route;

    public TrafficSteps(ScenarioWorld scene) {
        this.scene = scene;
    }

    @Given("shares are judged by {judgement}")
    public void judged(ShareTolerance judgement) {
        scene.judge(judgement);
    }

    @Given("users send {rate} all the while")
    public void users(int perSecond) {
        load = audience().comeAllTheWhile(LONGEST_LOAD, perSecond);
    }

    @When("{requests} are/is sent to the {service} Service over {duration}")
    public void sent(int requests, ServiceRole service, Duration over) {
        route = "the " + service;
        sample = scene.subject().audience().services()
                .ask(scene.subject().name(), service.in(scene.rollout()), requests, over);
        scene.journal().evidence().attach("Requests to " + route, sample.table());
        scene.journal().looked("for i in $(seq " + requests + "); do kubectl get --raw /api/v1/namespaces/"
                + scene.subject().name() + "/services/" + service.in(scene.rollout()) + ":http/proxy"
                + audience().version().path() + "; done",
                sample.sentence());
    }

    @Then("every request was answered by the {version} version")
    public void answeredBy(VersionRole age) {
        sawOnly(route, scene.version(age), sample, scene.pods(scene.version(age)));
    }

    @Then("every request of the users was answered by the {version} version")
    public void usersAnsweredBy(VersionRole age) {
        sample = askedAllTheWhile();
        sawOnly("the gateway", scene.version(age), sample, Set.of());
    }

    @Then("no request of the users was/is lost")
    public void noneLost() {
        sample = askedAllTheWhile();
        require(new AnyOf("the users", answers(), false).complaint(sample));
        scene.saw("none of " + sample.size() + " requests of users was lost: " + sample.sentence());
    }

    @Then("users are answered by the {version} version only")
    public void usersHave(VersionRole age) {
        Version version = scene.version(age);
        scene.subject().awaitUsersHave(version);
        servedOnly(version, audience().sample(audience().version(), OF_USERS));
    }

    /** Nothing is waited for: users who had this version must not have left it. */
    @Then("users stay on the {version} version for {duration}")
    public void usersStay(VersionRole age, Duration time) {
        servedOnly(scene.version(age), audience().sample(audience().version(), OF_USERS, time));
    }

    private void servedOnly(Version version, Sample api) {
        ServedUsers served = audience().servedOnly(version, scene.known(), scene.pods(version),
                ServiceRole.STABLE.in(scene.rollout()), api, this::requests);
        routes(served.routes());
        require(served.complaint());
        scene.saw(served.sentence());
    }

    @Needs(Capability.CANARY)
    @Then("users are answered by the old/previous/stable and the new/next version")
    public void usersHaveBoth() {
        scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()), WaitLimit.PAUSE);
        scene.subject().awaitWeight(scene.next(), 0, scene.rollout().askedWeight());
        Sample users = audience().sample(audience().version(), OF_USERS);
        requests(users, audience().version());
        RouteFindings routes = audience().routes();
        routes(routes);
        require(routes.and(new AnyOf("the users", answers(), true).complaint(users)));
        scene.saw("of " + users.size() + " requests of users " + users.sentence());
    }

    @Then("the {service} Service answers with the {version} version only")
    public void serviceAnswers(ServiceRole service, VersionRole age) {
        Version version = scene.version(age);
        String name = service.in(scene.rollout());
        scene.subject().awaitServed(name, version);
        Sample answers = scene.subject().audience().services().ask(scene.subject().name(), name, OF_A_SERVICE);
        scene.journal().evidence().attach("Requests to the " + service, answers.table());
        sawOnly("the " + service, version, answers, scene.pods(version));
    }

    @Then("the new/next version answers with its own version number")
    public void newAnswers() {
        if (scene.rollout().strategy() == Strategy.BLUE_GREEN) {
            previewAnswers();
        } else {
            new CanaryWalk(scene.subject(), scene.next()).toFirstPods();
            serviceAnswers(ServiceRole.CANARY, VersionRole.NEW);
        }
    }

    @Needs(Capability.BLUE_GREEN)
    @Then("the preview Service answers with the new/next version number")
    public void previewAnswers() {
        scene.subject().await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), WaitLimit.PAUSE);
        serviceAnswers(ServiceRole.PREVIEW, VersionRole.NEW);
        scene.journal().looked("kubectl get --raw /api/v1/namespaces/" + scene.subject().name()
                + "/services/" + ServiceRole.PREVIEW.in(scene.rollout()) + ":http/proxy" + audience().version().path(),
                "version " + scene.next().answers());
    }

    @Needs(Capability.CANARY)
    @When("the new/next version is released and promoted from pause to pause")
    public void promotedFromPauseToPause() {
        ReleaseUnderTest subject = scene.subject();
        scene.releasing(VersionRole.NEW);
        subject.audience().arrive(scene.requests());
        subject.release(scene.next());
        ChartConformance asked = new ChartConformance(subject.values());
        asked.requireSteps(scene.rollout().steps());
        asked.requireDelays(scene.rollout().strategy(), scene.rollout().timing());
        measured = new CanaryMeasurement(subject, scene.old(), scene.next(), scene.known(), scene.requests(), this);
        missed = new CanaryWalk(subject, scene.next()).toTheEnd((weight, before) -> {
            scene.journal().observed("measured at " + (scene.rollout().healthy() ? "the end"
                    : "step " + scene.rollout().step().orElse(0)));
            measured.at(weight, before, ServiceRole.STABLE.in(scene.rollout()), ServiceRole.CANARY.in(scene.rollout()));
        });
    }

    @Then("at every step the new/next version served the share of requests that values.yaml asks for")
    @Then("at every step the new/next version served the share of requests that the step asks for")
    public void sharesServed() {
        ServedSteps served = measured().served(scene.split(), scene.splitByChance());
        List<Share> shares = new ArrayList<>();
        for (ServedStep step : served.steps()) {
            SplitVerdict verdict = served.verdict(step);
            shares.add(new Share(step.number(), verdict, step.users().lost()));
            scene.journal().observed("step " + step.number() + ": " + verdict.sentence());
            scene.saw("at step " + step.number() + " " + verdict.sentence());
        }
        scene.journal().evidence().table("Wanted and served", ServedSteps.HEADER, served.rows());
        scene.journal().evidence().picture("Wanted and served, drawn", SharesPicture.of(shares));
        require(measured.complaint(scene.split(), scene.splitByChance()));
        if (!measured.cookies().isEmpty()) {
            scene.saw("users kept the cookies " + String.join(", ", measured.cookies()));
        }
        if (!missed.isEmpty()) {
            throw new UnmeasurableSteps(String.join("; ", missed));
        }
        assertThat(served.steps()).as("weights of values.yaml").isNotEmpty();
    }

    @Then("at every step each version was served by its own Service")
    public void ownServices() {
        require(measured().complaintOfServices());
        scene.saw("each Service answered by its own version at every step, " + measured.askedServices()
                + " requests in all");
    }

    private CanaryMeasurement measured() {
        if (measured == null) {
            throw new InvalidSelection(
                    "Nothing is measured in this scenario: add \"When the new version is released and"
                    + " promoted from pause to pause\" before what its steps are to have served");
        }
        return measured;
    }

    @After
    public void stop() {
        if (load != null) {
            load.close();
        }
    }

    private Sample askedAllTheWhile() {
        if (load == null) {
            throw new InvalidSelection(
                    "No user sends requests in this scenario: add \"users send 25 requests a second all the"
                    + " while\" before what they are to be sent through");
        }
        Sample asked = load.stop();
        scene.journal().timeline().ifPresent(timeline -> timeline.add(asked));
        scene.journal().evidence().attach("Requests of the users all the while", asked.table());
        return asked;
    }

    private Audience audience() {
        return scene.subject().audience();
    }

    private Set<String> answers() {
        return Set.of(scene.old().answers(), scene.next().answers());
    }

    @Override
    public void routes(RouteFindings routes) {
        if (!routes.text().isEmpty()) {
            scene.journal().evidence().attach("Where the routes lead", routes.text());
        }
    }

    @Override
    public void requests(Sample users, Endpoint endpoint) {
        boolean api = endpoint.equals(audience().version());
        if (api) {
            scene.journal().timeline().ifPresent(timeline -> timeline.add(users));
        }
        scene.journal().evidence().attach("Requests of users" + (api ? "" : " for the page"), users.table());
        scene.journal().looked("for i in $(seq " + users.size() + "); do curl -s -H 'Host: " + scene.subject().host()
                + "' " + scene.run().environment().settings().gateway() + endpoint.path() + "; done",
                users.sentence());
    }

    private void sawOnly(String asked, Version version, Sample answers, Set<String> pods) {
        requireOnly(asked, version, answers, pods);
        scene.saw(answers.served(version.answers()) + " of " + answers.size() + " requests to " + asked
                + " were answered by version " + version.answers());
    }

    private static void requireOnly(String route, Version version, Sample sample, Set<String> pods) {
        require(new ServedOnlyBy(route, version.answers(), pods).complaint(sample));
    }

    private static void require(Optional<String> complaint) {
        complaint.ifPresent(words -> {
            throw new AssertionError(words);
        });
    }
}
