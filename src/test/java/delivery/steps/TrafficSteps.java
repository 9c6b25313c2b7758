package delivery.steps;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.chart.CanaryStep;
import delivery.picture.Share;
import delivery.picture.SharesPicture;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.subject.Subject;
import delivery.subject.Version;
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
    private record Served(int number, int asked, Sample users, Sample stable, Sample canary) {
    }

    private final Scene scene;
    private final List<Served> steps = new ArrayList<>();
    private Load load;
    private Sample sample;
    private String route;

    public TrafficSteps(Scene scene) {
        this.scene = scene;
    }

    @Given("users send {int} requests a second all the while")
    public void users(int perSecond) {
        load = scene.run().platform().gateway().watch(scene.subject().host(), LONGEST_LOAD, perSecond);
    }

    @When("{int} requests are sent to the {service} Service over {int} seconds")
    public void sent(int requests, ServiceRole service, int seconds) {
        route = "the " + service;
        sample = scene.subject().services().ask(scene.subject().name(), service.in(scene.rollout()), requests,
                Duration.ofSeconds(seconds));
        scene.run().evidence().attach("Requests to " + route, sample.table());
        scene.history().looked("for i in $(seq " + requests + "); do kubectl get --raw /api/v1/namespaces/"
                + scene.subject().name() + "/services/" + service.in(scene.rollout()) + ":http/proxy/version; done",
                "answered by version: " + sample.byVersion() + ", failed: " + sample.failures());
    }

    @Then("every request was answered by the {version} version")
    public void answeredBy(Age age) {
        requireOnly(route, scene.version(age), sample, scene.pods(scene.version(age)));
    }

    @Then("every request of the users was answered by the {version} version")
    public void usersAnsweredBy(Age age) {
        sample = load.stop();
        scene.subject().timeline().ifPresent(timeline -> timeline.add(sample));
        scene.run().evidence().attach("Requests of the users", sample.table());
        requireOnly("the gateway", scene.version(age), sample, Set.of());
    }

    @Then("users are answered by the {version} version only")
    public void usersHave(Age age) {
        Version version = scene.version(age);
        scene.subject().awaitUsersHave(version);
        requireOnly("the gateway", version, sampleOfUsers(OF_USERS), scene.pods(version));
    }

    @Then("users are answered by the old and the new version")
    public void usersHaveBoth() {
        scene.subject().await(ReleaseExpectations.waitsAtPauseAfter(-1, scene.next().tag()), Limit.PAUSE);
        scene.subject().awaitWeight(scene.next(), 0, scene.rollout().askedWeight());
        Sample users = sampleOfUsers(OF_USERS);
        assertThat(users.failures()).as("failed requests").isEmpty();
        assertThat(users.byVersion().keySet()).as("versions that answered users")
                .containsExactlyInAnyOrder(scene.old().answers(), scene.next().answers());
    }

    @Then("the {service} Service answers with the {version} version only")
    public void serviceAnswers(ServiceRole service, Age age) {
        Version version = scene.version(age);
        String name = service.in(scene.rollout());
        scene.subject().awaitServed(name, version);
        Sample answers = scene.subject().services().ask(scene.subject().name(), name, OF_A_SERVICE);
        scene.run().evidence().attach("Requests to the " + service, answers.table());
        requireOnly("the " + service, version, answers, scene.pods(version));
    }

    @Then("the preview Service answers with the new version number")
    public void previewAnswers() {
        scene.subject().await(ReleaseExpectations.waitsOnPreview(scene.next().tag()), Limit.PAUSE);
        serviceAnswers(ServiceRole.PREVIEW, Age.NEW);
        scene.history().looked("kubectl get --raw /api/v1/namespaces/" + scene.subject().name()
                + "/services/sample-api-preview:http/proxy/version", "version " + scene.next().answers());
    }

    @When("the new version is released and promoted from pause to pause")
    public void promotedFromPauseToPause() {
        Subject subject = scene.subject();
        subject.release(scene.next());
        int reached = -1;
        while (true) {
            Release release = subject.await(ReleaseExpectations.waitsAtPauseAfterOrEnds(reached, scene.next().tag()),
                    Limit.PAUSE);
            Rollout rollout = release.rollout().orElseThrow();
            if (rollout.healthy()) {
                return;
            }
            reached = rollout.step().orElse(0);
            scene.history().observed("waits at step " + reached);
            measure(reached);
            subject.promote();
        }
    }

    /** One sample, when the gateway has taken the step's weight up. */
    private void measure(int pause) {
        Subject subject = scene.subject();
        Optional<Integer> asked = askedBefore(pause);
        if (asked.isEmpty()) {
            return;
        }
        String stable = ServiceRole.STABLE.in(scene.rollout());
        String canary = ServiceRole.CANARY.in(scene.rollout());
        subject.awaitWeight(scene.next(), steps.isEmpty() ? 0 : steps.get(steps.size() - 1).asked(), asked.get());
        if (asked.get() > 0) {
            subject.awaitServed(canary, scene.next());
        }
        steps.add(new Served(pause, asked.get(), sampleOfUsers(scene.run().settings().requests()),
                subject.services().ask(subject.name(), stable, OF_A_SERVICE),
                subject.services().ask(subject.name(), canary, OF_A_SERVICE)));
    }

    /** What values.yaml asks for at a pause: its last setWeight before it. */
    private Optional<Integer> askedBefore(int pause) {
        Optional<Integer> asked = Optional.empty();
        List<CanaryStep> wanted = scene.subject().values().canarySteps();
        for (int index = 0; index < Math.min(pause, wanted.size()); index++) {
            if (wanted.get(index) instanceof CanaryStep.SetWeight weight) {
                asked = Optional.of(weight.percent());
            }
        }
        return asked;
    }

    @Then("at every step the new version served the share of requests that values.yaml asks for")
    public void sharesServed() {
        Split split = new Split(scene.run().settings().falseRedRate());
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
            if (!right) {
                wrong.add("At step " + step.number() + " " + verdict.sentence()
                        + (step.users().failures().isEmpty() ? "" : "; failed: " + step.users().failures()));
            }
        }
        scene.run().evidence().table("Wanted and served", List.of("step", "wanted", "served", "band", "verdict"), rows);
        scene.run().evidence().picture("Wanted and served, drawn", SharesPicture.of(shares));
        List<Integer> wanted = scene.subject().values().canarySteps().stream()
                .filter(CanaryStep.SetWeight.class::isInstance)
                .map(step -> ((CanaryStep.SetWeight) step).percent()).toList();
        List<Integer> live = scene.rollout().steps().stream().filter(step -> step.weight().isPresent())
                .map(step -> step.weight().getAsInt()).toList();
        if (!wrong.isEmpty()) {
            throw new AssertionError(String.join(". ", wrong) + ". The Rollout's own steps have the weights " + live
                    + ", those of values.yaml " + wanted);
        }
        assertThat(live).as("weights of the Rollout's steps, values.yaml has " + wanted).isEqualTo(wanted);
        assertThat(steps).as("pauses after a setWeight of values.yaml, at which its share can be seen").isNotEmpty();
    }

    @Then("at every step each version was served by its own Service")
    public void ownServices() {
        for (Served step : steps) {
            String where = " at step " + step.number();
            requireOnly("the stable Service" + where, scene.old(), step.stable(), Set.of());
            if (step.asked() > 0) {
                requireOnly("the canary Service" + where, scene.next(), step.canary(), Set.of());
            }
        }
    }

    @After
    public void stop() {
        if (load != null) {
            load.close();
        }
    }

    private Sample sampleOfUsers(int requests) {
        Sample users = scene.run().platform().gateway().sample(scene.subject().host(), requests, CONCURRENCY);
        scene.subject().timeline().ifPresent(timeline -> timeline.add(users));
        scene.run().evidence().attach("Requests of users", users.table());
        scene.history().looked("for i in $(seq " + users.size() + "); do curl -s -H 'Host: " + scene.subject().host()
                + "' " + scene.run().settings().gateway() + "/version; done",
                "answered by version: " + users.byVersion() + ", failed: " + users.failures());
        return users;
    }

    private static void requireOnly(String route, Version version, Sample sample, Set<String> pods) {
        new OnlyBy(route, version.answers(), pods).complaint(sample).ifPresent(complaint -> {
            throw new AssertionError(complaint);
        });
    }
}
