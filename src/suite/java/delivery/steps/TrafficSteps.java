package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.HeldWeight;
import delivery.chart.UnfitSteps;
import delivery.features.InvalidSelection;
import delivery.picture.Share;
import delivery.picture.SharesPicture;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.subject.AskedByValues;
import delivery.subject.CanaryWalk;
import delivery.subject.Subject;
import delivery.subject.Version;
import delivery.traffic.Judgement;
import delivery.traffic.Load;
import delivery.traffic.OnlyBy;
import delivery.traffic.Sample;
import delivery.traffic.Split;
import delivery.traffic.SplitVerdict;
import delivery.waiting.Limit;
import io.cucumber.java.After;
import io.cucumber.java.en.Given;
import io.cucumber.java.en.Then;
import io.cucumber.java.en.When;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

public final class TrafficSteps {

    private static final int CONCURRENCY = 8;
    private static final int OF_A_SERVICE = 20;
    /** One request in a hundred astray is seen among so many 19 times in 20. */
    private static final int OF_USERS = 300;
    private static final Duration LONGEST_LOAD = Duration.ofMinutes(5);

    /** What was served at one step of the canary. */
    private record Served(int number, int asked, Sample users, Optional<Sample> stable, Sample canary) {
    }

    private final Scene scene;
    private final List<Served> steps = new ArrayList<>();
    private List<String> missed = List.of();
    private Load load;
    private Sample sample;
    private String route;

    public TrafficSteps(Scene scene) {
        this.scene = scene;
    }

    @Given("shares are judged by {judgement}")
    public void judged(Judgement judgement) {
        scene.judge(judgement);
    }

    @Given("users send {rate} all the while")
    public void users(int perSecond) {
        load = scene.run().platform().gateway().watch(scene.subject().host(), LONGEST_LOAD, perSecond);
    }

    @When("{requests} are/is sent to the {service} Service over {duration}")
    public void sent(int requests, ServiceRole service, Duration over) {
        route = "the " + service;
        sample = scene.subject().services().ask(scene.subject().name(), service.in(scene.rollout()), requests,
                over);
        scene.run().evidence().attach("Requests to " + route, sample.table());
        scene.history().looked("for i in $(seq " + requests + "); do kubectl get --raw /api/v1/namespaces/"
                + scene.subject().name() + "/services/" + service.in(scene.rollout()) + ":http/proxy/version; done",
                "answered by version: " + sample.byVersion() + ", failed: " + sample.failures());
    }

    @Then("every request was answered by the {version} version")
    public void answeredBy(Age age) {
        sawOnly(route, scene.version(age), sample, scene.pods(scene.version(age)));
    }

    @Then("every request of the users was answered by the {version} version")
    public void usersAnsweredBy(Age age) {
        sample = askedAllTheWhile();
        sawOnly("the gateway", scene.version(age), sample, Set.of());
    }

    @Then("no request of the users was/is lost")
    public void noneLost() {
        sample = askedAllTheWhile();
        assertThat(sample.failures()).as("failed requests of the users, of " + sample.size()).isEmpty();
        assertThat(sample.byVersion().keySet()).as("versions that answered users")
                .isSubsetOf(scene.old().answers(), scene.next().answers());
        scene.saw("none of " + sample.size() + " requests of users was lost, they were answered by version "
                + sample.byVersion());
    }

    @Then("users are answered by the {version} version only")
    public void usersHave(Age age) {
        Version version = scene.version(age);
        scene.subject().awaitUsersHave(version);
        sawOnly("the gateway", version, sampleOfUsers(OF_USERS), scene.pods(version));
    }

    /** Nothing is waited for: users who had this version must not have left it. */
    @Then("users stay on the {version} version for {duration}")
    public void usersStay(Age age, Duration time) {
        Version version = scene.version(age);
        sawOnly("the gateway", version, seen(scene.run().platform().gateway().sample(scene.subject().host(), OF_USERS,
                time)), scene.pods(version));
    }

    @Then("users are answered by the old/previous/stable and the new/next version")
    public void usersHaveBoth() {
        scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()), Limit.PAUSE);
        scene.subject().awaitWeight(scene.next(), 0, scene.rollout().askedWeight());
        Sample users = sampleOfUsers(OF_USERS);
        assertThat(users.failures()).as("failed requests").isEmpty();
        assertThat(users.byVersion().keySet()).as("versions that answered users")
                .containsExactlyInAnyOrder(scene.old().answers(), scene.next().answers());
        scene.saw("of " + users.size() + " requests of users " + users.served(scene.old().answers())
                + " were answered by version " + scene.old().answers() + " and " + users.served(scene.next().answers())
                + " by " + scene.next().answers());
    }

    @Then("the {service} Service answers with the {version} version only")
    public void serviceAnswers(ServiceRole service, Age age) {
        Version version = scene.version(age);
        String name = service.in(scene.rollout());
        scene.subject().awaitServed(name, version);
        Sample answers = scene.subject().services().ask(scene.subject().name(), name, OF_A_SERVICE);
        scene.run().evidence().attach("Requests to the " + service, answers.table());
        sawOnly("the " + service, version, answers, scene.pods(version));
    }

    @Then("the preview Service answers with the new/next version number")
    public void previewAnswers() {
        scene.subject().await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), Limit.PAUSE);
        serviceAnswers(ServiceRole.PREVIEW, Age.NEW);
        scene.history().looked("kubectl get --raw /api/v1/namespaces/" + scene.subject().name()
                + "/services/sample-api-preview:http/proxy/version", "version " + scene.next().answers());
    }

    @When("the new/next version is released and promoted from pause to pause")
    public void promotedFromPauseToPause() {
        Subject subject = scene.subject();
        scene.releasing(Age.NEW);
        subject.release(scene.next());
        AskedByValues asked = new AskedByValues(subject.values());
        asked.requireSteps(scene.rollout().steps());
        asked.requireDelays(scene.rollout().strategy(), scene.rollout().timing());
        missed = new CanaryWalk(subject, scene.next()).toTheEnd(this::measure);
    }

    /** One sample, when the gateway has taken the weight up. */
    private void measure(HeldWeight weight, int before) {
        Subject subject = scene.subject();
        String stable = ServiceRole.STABLE.in(scene.rollout());
        String canary = ServiceRole.CANARY.in(scene.rollout());
        subject.awaitWeight(scene.next(), before, weight.percent());
        if (weight.percent() > 0) {
            subject.awaitServed(canary, scene.next());
        }
        // At the release's end the stable Service has the new version.
        boolean ended = scene.rollout().healthy();
        scene.history().observed("measured at " + (ended ? "the end" : "step " + scene.rollout().step().orElse(0)));
        steps.add(new Served(weight.step(), weight.percent(), sampleOfUsers(scene.requests()),
                ended ? Optional.empty()
                        : Optional.of(subject.services().ask(subject.name(), stable, OF_A_SERVICE)),
                subject.services().ask(subject.name(), canary, OF_A_SERVICE)));
    }

    @Then("at every step the new/next version served the share of requests that values.yaml asks for")
    @Then("at every step the new/next version served the share of requests that the step asks for")
    public void sharesServed() {
        Split split = scene.split();
        List<List<String>> rows = new ArrayList<>();
        List<Share> shares = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        for (Served step : steps) {
            int served = step.users().served(scene.next().answers());
            SplitVerdict verdict = split.judge(step.asked(), served, step.users().size());
            shares.add(new Share(step.number(), verdict,
                    step.users().failures().values().stream().mapToInt(Integer::intValue).sum()));
            boolean right = verdict.accepted() && step.users().failures().isEmpty();
            rows.add(List.of(String.valueOf(step.number()), step.asked() + "%", String.format(java.util.Locale.ROOT,
                    "%.1f%% of %d", step.users().share(scene.next().answers()), step.users().size()),
                    verdict.band().sentence(), right ? "as asked" : "NOT as asked"));
            scene.history().observed("step " + step.number() + ": " + verdict.sentence());
            scene.saw("at step " + step.number() + " " + verdict.sentence());
            if (!right) {
                wrong.add("At step " + step.number() + " " + verdict.sentence()
                        + (step.users().failures().isEmpty() ? "" : "; failed: " + step.users().failures()));
            }
        }
        scene.run().evidence().table("Wanted and served", List.of("step", "wanted", "served", "band", "verdict"), rows);
        scene.run().evidence().picture("Wanted and served, drawn", SharesPicture.of(shares));
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join(". ", wrong));
        }
        if (!missed.isEmpty()) {
            throw new UnfitSteps(String.join("; ", missed));
        }
        assertThat(steps).as("weights of values.yaml").isNotEmpty();
    }

    @Then("at every step each version was served by its own Service")
    public void ownServices() {
        for (Served step : steps) {
            String where = " at step " + step.number();
            step.stable().ifPresent(stable ->
                    requireOnly("the stable Service" + where, scene.old(), stable, Set.of()));
            if (step.asked() > 0) {
                requireOnly("the canary Service" + where, scene.next(), step.canary(), Set.of());
            }
        }
        scene.saw("each Service answered " + steps.stream().flatMap(step -> step.stable().stream()).mapToInt(Sample::size).sum()
                + " requests by its own version");
    }

    @After
    public void stop() {
        if (load != null) {
            load.close();
        }
    }

    private Sample askedAllTheWhile() {
        if (load == null) {
            throw new InvalidSelection("No user sends requests in this scenario: add \"users send 25 requests a second all the"
                    + " while\" before what they are to be sent through");
        }
        Sample asked = load.stop();
        scene.subject().timeline().ifPresent(timeline -> timeline.add(asked));
        scene.run().evidence().attach("Requests of the users all the while", asked.table());
        return asked;
    }

    private Sample sampleOfUsers(int requests) {
        return seen(scene.run().platform().gateway().sample(scene.subject().host(), requests, CONCURRENCY));
    }

    private Sample seen(Sample users) {
        scene.subject().timeline().ifPresent(timeline -> timeline.add(users));
        scene.run().evidence().attach("Requests of users", users.table());
        scene.history().looked("for i in $(seq " + users.size() + "); do curl -s -H 'Host: " + scene.subject().host()
                + "' " + scene.run().settings().gateway() + "/version; done",
                "answered by version: " + users.byVersion() + ", failed: " + users.failures());
        return users;
    }

    private void sawOnly(String asked, Version version, Sample answers, Set<String> pods) {
        requireOnly(asked, version, answers, pods);
        scene.saw(answers.served(version.answers()) + " of " + answers.size() + " requests to " + asked
                + " were answered by version " + version.answers());
    }

    private static void requireOnly(String route, Version version, Sample sample, Set<String> pods) {
        new OnlyBy(route, version.answers(), pods).complaint(sample).ifPresent(complaint -> {
            throw new AssertionError(complaint);
        });
    }
}
