package delivery.subject;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.chart.Values;
import delivery.cluster.ApiFailure;
import delivery.cluster.Owner;
import delivery.cluster.Scope;
import delivery.evidence.Evidence;
import delivery.history.TestCase;
import delivery.platform.Platform;
import delivery.rollout.Action;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.ReleaseFeed;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutActions;
import delivery.rollout.Strategy;
import delivery.timeline.Timeline;
import delivery.traffic.RouteFeed;
import delivery.traffic.ServiceProbe;
import delivery.waiting.Expectation;
import delivery.waiting.Limit;
import delivery.waiting.Outcome;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * An Application of a scenario's own, in a namespace and under a host of its own: deployed like the user's, released,
 * promoted and undone as a person would, and removed again.
 */
public final class Subject implements AutoCloseable {

    private static final String STRATEGY = "rollouts.strategy";
    private static final String TAG = "image.tag";

    private static final int A_LOOK_AT_A_SERVICE = 5;

    /** Enough to see a switch by the second, little enough to cost nothing. */
    private static final double SEEN_PER_SECOND = 2;
    private static final Duration LONGEST_SEEN = Duration.ofMinutes(10);

    private final Platform platform;
    private final Pattern pattern;
    private final Waiting waiting;
    private final TestCase history;
    private final Evidence evidence;
    private final String run;
    private final String name;
    private final RolloutActions actions;
    private final ServiceProbe services;
    private final Audience audience;
    private final Object removal = new Object();
    private boolean removed;
    private ReleaseFeed releases;
    private ApplicationFeed applications;
    private Timeline timeline;

    /**
     * Makes nothing yet.
     *
     * @param name of the Application and the namespace; no other has it
     */
    public Subject(Platform platform, Pattern pattern, Waiting waiting, TestCase history, Evidence evidence,
            String run, String name) {
        this.platform = platform;
        this.pattern = pattern;
        this.waiting = waiting;
        this.history = history;
        this.evidence = evidence;
        this.run = run;
        this.name = name;
        this.actions = new RolloutActions(platform.cluster().client());
        this.services = new ServiceProbe(platform.cluster().client());
        this.audience = new Audience(platform, waiting, services, name, host(), this::timeline);
    }

    public String name() {
        return name;
    }

    /** Where users find the release. */
    public String host() {
        return name + "." + platform.settings().hostDomain();
    }

    /**
     * Deploys a version for the first time and waits until users have it: the release is healthy, the Application is
     * synced and healthy, and the gateway answers.
     */
    public void deploy(Strategy strategy, Version version) {
        deploy(strategy, version, Overrides.NONE);
    }

    /**
     * The same with values of its own.
     *
     * @throws delivery.chart.MissingValue if they take something from the chart that it has not
     */
    public void deploy(Strategy strategy, Version version, Overrides overrides) {
        ObjectNode own = overrides.values(pattern.values());
        make(() -> {
            try {
                Scope.create(platform.cluster().client(), run, name);
            } catch (KubernetesClientException refused) {
                throw ApiFailure.of("making the namespace " + name, refused);
            }
        });
        history.did("kubectl create namespace " + name, "POST /api/v1/namespaces", Instant.now());
        history.observed("created");
        releases = new ReleaseFeed(platform.cluster().client(), name);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("host", host());
        parameters.put(STRATEGY, value(strategy));
        parameters.put(TAG, version.tag());
        make(() -> did(platform.argoCd().create(
                pattern.application(name, parameters, own, Scope.labels(run), Owner.self().annotations()))));
        applications = platform.argoCd().follow(name, pattern.application().project());
        until(ApplicationExpectations.synced(), Limit.SYNC);
        await(ReleaseExpectations.healthy(version.tag()), Limit.AVAILABLE);
        until(ApplicationExpectations.syncedAnd("Healthy"), Limit.RECONCILE);
        audience.meet(version, audience.awaitServed(version));
        timeline = new Timeline(platform.gateway().observe(host(), LONGEST_SEEN, SEEN_PER_SECOND), releases);
        history.observed(strategy + " release of " + version.tag() + " healthy; users are answered by it"
                + (overrides.isEmpty() ? "" : "; values of its own: " + overrides.told()));
    }

    /**
     * Has Argo CD deploy values of the scenario's own over those that are deployed, and waits until the release follows
     * them: it has come to rest, and no new version has come of it.
     */
    public void override(Overrides overrides) {
        String hash = rollout().currentHash();
        ObjectNode own = Pattern.over(application().spec().path("source").path("helm"),
                overrides.values(pattern.values()));
        did(platform.argoCd().setValues(application(), own));
        until(Expectation.of("Argo CD has deployed the values " + overrides.told(), application ->
                own.equals(Subject::compare, application.deployed().path("helm").path("valuesObject"))
                        ? Outcome.met(application)
                        : Outcome.<Application>notYet("those of its last sync are "
                                + application.deployed().path("helm").path("valuesObject"))), Limit.SYNC);
        until(ApplicationExpectations.synced(), Limit.SYNC);
        Release release = await(ReleaseExpectations.that("the release follows the values " + overrides.told(), ready ->
                ready.rollout().filter(rollout -> !rollout.phase().equals("Progressing") && rollout.currentHash().equals(hash)
                        && overrides.pods().stream().allMatch(pods -> rollout.replicas() == pods)
                        && overrides.delay().stream().allMatch(delay -> rollout.delay() == delay.toSeconds())
                        && overrides.plan().stream().allMatch(plan -> plan.size() == rollout.steps().size()))
                        .isPresent()), Limit.AVAILABLE);
        history.observed("values of its own: " + overrides.told() + "; " + release.summary());
    }

    /** Numbers are the same whatever type they are held in. */
    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber() ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    /** A run that is interrupted removes what there is while scenarios still make more: that comes after it, or not at all. */
    private void make(Runnable making) {
        synchronized (removal) {
            if (removed) {
                throw new IllegalStateException(name + " was removed while it was made: the run was interrupted");
            }
            making.run();
        }
    }

    /** As {@code argocd app set}: changes parameters, and waits until Argo CD has synced them. */
    public Application update(Map<String, String> changes) {
        did(platform.argoCd().set(application(), changes), "updated to " + changes.values().stream().sorted()
                .collect(Collectors.joining(", ")));
        // The stream may be a moment behind the call that was just answered.
        until(Expectation.of("Argo CD has taken up " + changes, application ->
                application.parameters().entrySet().containsAll(changes.entrySet())
                        ? Outcome.met(application)
                        : Outcome.<Application>notYet("its parameters are " + application.parameters())),
                Limit.RECONCILE);
        Application synced = until(ApplicationExpectations.synced(), Limit.SYNC);
        timeline().ifPresent(seen -> seen.mark("synced"));
        history.observed("Argo CD: " + synced.summary());
        return synced;
    }

    /** Has Argo CD deploy a version, and waits until the release asks for it: Argo CD has applied what the chart made of it. */
    public Application release(Version version) {
        Application synced = update(Map.of(TAG, version.tag()));
        await(ReleaseExpectations.asksFor(version.tag()), Limit.RECONCILE);
        return synced;
    }

    /** Has Argo CD deploy by another strategy. */
    public Application changeStrategy(Strategy strategy) {
        return update(Map.of(STRATEGY, value(strategy)));
    }

    /**
     * Promotes a release that waits, as a person does, and waits until the controller has taken it up: the promotion is
     * a change of the status alone, which no generation counts.
     */
    public Release promote() {
        Rollout before = rollout();
        did(actions.promote(before), "promoted");
        Release after = await(ReleaseExpectations.that("the controller takes the promotion up", release -> {
            Rollout now = release.rollout().orElseThrow();
            boolean moved = now.step().orElse(-1) > before.step().orElse(-1)
                    || !now.stableHash().equals(before.stableHash()) || !now.activeHash().equals(before.activeHash());
            boolean unpausing = now.controllerPause() && now.pauses().isEmpty();
            return moved && !unpausing;
        }), Limit.PROMOTION);
        history.observed(after.summary());
        return after;
    }

    /** Promotes to the end what is under way, and waits until the release is healthy. */
    public Release promoteFully(Version version) {
        did(actions.promoteFully(rollout()), "promoted to the end");
        Expectation<Release, Release> healthy = ReleaseExpectations.healthy(version.tag());
        Release promoted = await(Expectation.of(healthy.description(), release ->
                release.rollout().filter(rollout -> rollout.asksFor(version.tag())).isPresent() ? healthy.judge(release)
                        : Outcome.impossible("the release was taken back, it asks for another version again: "
                                + release.summary())), Limit.PROMOTION);
        history.observed(promoted.summary());
        return promoted;
    }

    /** Undoes the release, and waits until the controller has taken that up. */
    public Release undo(Version back) {
        String before = rollout().currentHash();
        did(actions.undo(release()), "undone");
        Release undone = await(ReleaseExpectations.that("the controller takes the undo to " + back.tag() + " up",
                release -> release.rollout().filter(rollout -> rollout.asksFor(back.tag())
                        && rollout.observedGeneration() == rollout.generation()
                        && !rollout.currentHash().equals(before)).isPresent()), Limit.RECONCILE);
        history.observed(undone.summary());
        return undone;
    }

    /** Waits for something of the release. */
    public <R> R await(Expectation<? super Release, R> expectation, Limit limit) {
        return waiting.until(releases, expectation, limit);
    }

    /** Waits for something of the Application. */
    public <R> R until(Expectation<? super Application, R> expectation, Limit limit) {
        return waiting.until(applications, expectation, limit);
    }

    /** Waits until the gateway answers users with this version alone. */
    public void awaitUsersHave(Version version) {
        audience.awaitServed(version);
    }

    /** Waits until the gateway serves a version by the weight that is asked for, no longer by the one before. */
    public void awaitWeight(Version version, int before, int asked) {
        audience.awaitWeight(version, before, asked);
    }

    /** Its users. */
    public Audience audience() {
        return audience;
    }

    /** Waits until a Service answers with this version alone. */
    public void awaitServed(String service, Version version) {
        waiting.until(new RouteFeed(() -> services.ask(name, service, A_LOOK_AT_A_SERVICE),
                "kubectl get --raw /api/v1/namespaces/" + name + "/services/" + service + ":http/proxy/version"),
                RouteFeed.answersOnly("the Service " + service, version.answers()), Limit.ROUTE);
    }

    /** The release now. */
    public Release release() {
        return releases.latest();
    }

    /** The Rollout now. */
    public Rollout rollout() {
        return release().rollout().orElseThrow(() -> new IllegalStateException("There is no Rollout in " + name));
    }

    /** The Application now. */
    public Application application() {
        return applications.latest();
    }

    /** The Application when Argo CD has compared it anew: what it said before may be of the time before the last change. */
    public Application compared() {
        return platform.argoCd().refresh(name, pattern.application().project());
    }

    /** What the chart is rendered with, at the revision that is deployed. */
    public Values values() {
        return Pattern.values(application(), platform.argoCd());
    }

    public ServiceProbe services() {
        return services;
    }

    /** Whether anything was made. */
    public boolean deployed() {
        return releases != null;
    }

    /** A strategy as the chart's values spell it. */
    private static String value(Strategy strategy) {
        return strategy == Strategy.CANARY ? "canary" : "blueGreen";
    }

    /** What its users were served and what happened to it, from its first deployment on; empty before. */
    public Optional<Timeline> timeline() {
        return Optional.ofNullable(timeline);
    }

    private void did(Action action, String moment) {
        timeline().ifPresent(seen -> seen.mark(action.at(), moment));
        did(action);
    }

    private void did(Action action) {
        history.did(action.command(), action.calls().get(0), action.at());
        for (String further : action.calls().subList(1, action.calls().size())) {
            history.observed("accepted; the command goes on");
            history.did(action.command(), further, action.at());
        }
        evidence.attach("What was sent", action.at() + "\n" + action.command() + "\n" + String.join("\n", action.calls()));
    }

    /**
     * Removes all of it, and lets nothing be made any more. The Application goes first: it would put back what goes with
     * the namespace. Does not wait until the namespace is empty.
     */
    public void remove() {
        synchronized (removal) {
            removed = true;
            Instant at = Instant.now();
            // A call that found nothing ran all the same: a history without it would differ from what was done.
            platform.applications().remove(name).ifPresent(application -> {
                history.did(application.command(), application.call(), at);
                history.observed(application.there() ? "deleted" : "there was none");
            });
            Instant after = Instant.now();
            platform.cluster().client().namespaces().withName(name).delete();
            history.did("kubectl delete namespace " + name, "DELETE /api/v1/namespaces/" + name, after);
            history.observed("deleted");
        }
    }

    /** Ends the watches. */
    @Override
    public void close() {
        timeline().ifPresent(Timeline::close);
        if (applications != null) {
            applications.close();
        }
        if (releases != null) {
            releases.close();
        }
    }
}
