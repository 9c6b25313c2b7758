package delivery.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.chart.Values;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.evidence.Evidence;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.MissingValue;
import delivery.failure.UnsafeClone;
import delivery.history.CaseHistory;
import delivery.history.PerformedAction;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.LiveNamespace;
import delivery.kubernetes.ProcessIdentity;
import delivery.kubernetes.ReleaseFeed;
import delivery.kubernetes.RolloutActions;
import delivery.kubernetes.RunNamespaces;
import delivery.kubernetes.ServiceProbe;
import delivery.release.Audience;
import delivery.release.GuardedRelease;
import delivery.release.GuardedSync;
import delivery.release.Overrides;
import delivery.rollout.Diagnosis;
import delivery.rollout.ForeignChange;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.rollout.UndoReversal;
import delivery.text.OwnershipLabels;
import delivery.timeline.Timeline;
import delivery.traffic.RouteFeed;
import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An Application of a scenario's own, in a namespace and under a host of its own: deployed like the user's, released,
 * promoted and undone as a person would, and removed again.
 */
public final class ReleaseUnderTest implements AutoCloseable {

    private static final int A_LOOK_AT_A_SERVICE = 5;

    /** Enough to see a switch by the second, little enough to cost nothing. */
    private static final double SEEN_PER_SECOND = 2;
    private static final Duration LONGEST_SEEN = Duration.ofMinutes(10);
    /** Argo CD heals within seconds; a sync of many objects takes longest. */
    private static final Duration LASTS = Duration.ofSeconds(30);

    private final Platform platform;
    private final Blueprint pattern;
    private final Waiting waiting;
    private final CaseHistory history;
    private final Evidence evidence;
    private final String run;
    private final String name;
    private final RolloutActions actions;
    private final ServiceProbe services;
    private final GuardedSync guard;
    private final Audience audience;
    private final Object removal = new Object();
    private boolean removed;
    private final ForeignChange foreign = new ForeignChange(OwnershipLabels.OWNER, Instant::now);
    private Optional<UndoReversal> undone = Optional.empty();
    private ReleaseFeed releases;
    private GuardedRelease guarded;
    private ApplicationFeed applications;
    private Timeline timeline;

    /**
     * Makes nothing yet.
     *
     * @param name of the Application and the namespace; no other has it
     */
    public ReleaseUnderTest(Platform platform, Blueprint pattern, Waiting waiting, CaseHistory history, Evidence evidence,
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
        this.guard = new GuardedSync(platform, pattern, name);
        this.audience = new Audience(platform, waiting, services, name, host(), this::timeline, this::obstacles);
    }

    public String name() {
        return name;
    }

    /** Where users find the release. */
    public String host() {
        return name + "." + platform.settings().hostDomain();
    }

    /**
     * Deploys a version for the first time and waits until users have it: the Application is synced, the release is
     * healthy, and the gateway answers. The Rollout decides whether it is healthy; Argo CD may say so later.
     */
    public void deploy(Strategy strategy, Version version) {
        deploy(strategy, version, Overrides.NONE);
    }

    /**
     * The same with values of its own.
     *
     * @throws delivery.failure.MissingValue if they take something from the chart that it has not
     * @throws delivery.failure.UnsafeClone  if it would touch what is not its own; nothing was applied
     */
    public void deploy(Strategy strategy, Version version, Overrides overrides) {
        ObjectNode own = overrides.values(pattern.values());
        make(() -> {
            try {
                RunNamespaces.create(platform.cluster().client(), run, name);
            } catch (KubernetesClientException refused) {
                throw ApiFailure.of("making the namespace " + name, refused);
            }
        });
        history.did("kubectl create namespace " + name, "POST /api/v1/namespaces", Instant.now());
        history.observed("created");
        releases = new ReleaseFeed(platform.cluster().client(), name,
                pattern.values().find("image.repository"), foreign::see);
        LiveNamespace live = new LiveNamespace(platform.cluster().client(),
                pattern.application().spec().path("destination").path("namespace").asText(""));
        guarded = new GuardedRelease(releases, foreign, live::has, name, System::nanoTime);
        make(() -> did(platform.argoCd().create(pattern.application(name,
                Blueprint.parameters(host(), strategy, version.tag()), own, RunNamespaces.labels(run), ProcessIdentity.self().annotations()))));
        applications = platform.argoCd().follow(name, pattern.application().project());
        awaitSynced();
        await(ReleaseExpectations.healthy(version.tag()), WaitLimit.AVAILABLE);
        audience.meet(version, audience.awaitServed(version));
        foreign.begin();
        timeline = new Timeline(platform.gateway().observe(host(), LONGEST_SEEN, SEEN_PER_SECOND), releases);
        history.observed(strategy + " release of " + version.tag() + " healthy; users are answered by it; Argo CD says "
                + application().summary()
                + (overrides.isEmpty() ? "" : "; values of its own: " + overrides.told()));
    }

    /**
     * Has Argo CD deploy values of the scenario's own over those that are deployed, and waits until the release follows
     * them: it has come to rest, and no new version has come of it.
     */
    public void override(Overrides overrides) {
        String hash = rollout().currentHash();
        ObjectNode own = Blueprint.over(application().spec().path("source").path("helm"),
                overrides.values(pattern.values()));
        did(platform.argoCd().setValues(application(), own));
        applications.fresh();
        awaitSynced();
        until(overrides.deployed(own), WaitLimit.SYNC);
        Release release = await(overrides.followed(hash), WaitLimit.AVAILABLE);
        history.observed("values of its own: " + overrides.told() + "; " + release.summary());
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
                WaitLimit.RECONCILE);
        Application synced = awaitSynced();
        timeline().ifPresent(seen -> seen.mark("synced"));
        history.observed("Argo CD: " + synced.summary());
        return synced;
    }

    private Application awaitSynced() {
        return guard.sync(applications, waiting, history, this::did);
    }

    /** Has Argo CD deploy a version, and waits until the release asks for it: Argo CD has applied what the chart made of it. */
    public Application release(Version version) {
        undone = Optional.empty();
        Application synced = update(Map.of(Blueprint.TAG, version.tag()));
        await(ReleaseExpectations.asksFor(version.tag()), WaitLimit.RECONCILE);
        return synced;
    }

    /** Has Argo CD deploy by another strategy. */
    public Application changeStrategy(Strategy strategy) {
        return update(Blueprint.parameters(strategy));
    }

    /**
     * Promotes a release that waits, as a person does, and waits until the controller has taken it up: the promotion is
     * a change of the status alone, which no generation counts.
     */
    public Release promote() {
        return promote(look().rollout().orElseThrow(this::noRollout));
    }

    /**
     * The same if it still waits at this step of its canary; a pause with a duration may have ended.
     *
     * @return whether it did
     */
    public boolean promoteAt(int step) {
        Rollout now = look().rollout().orElseThrow(this::noRollout);
        boolean waits = now.step().orElse(-1) == step && now.paused(ReleaseExpectations.CANARY_PAUSE);
        if (waits) {
            promote(now);
        }
        return waits;
    }

    private Release promote(Rollout before) {
        foreign.acts(before);
        did(actions.promote(before), "promoted");
        Release after = await(ReleaseExpectations.that("the controller takes the promotion up", release -> {
            Rollout now = release.rollout().orElseThrow();
            boolean moved = now.step().orElse(-1) > before.step().orElse(-1)
                    || !now.stableHash().equals(before.stableHash()) || !now.activeHash().equals(before.activeHash());
            boolean unpausing = now.controllerPause() && now.pauses().isEmpty();
            return moved && !unpausing;
        }), WaitLimit.PROMOTION);
        history.observed(after.summary());
        return after;
    }

    /** Promotes to the end what is under way, and waits until the release is healthy. */
    public Release promoteFully(Version version) {
        Rollout before = look().rollout().orElseThrow(this::noRollout);
        foreign.promotesAll(before);
        did(actions.promoteFully(before), "promoted to the end");
        Release promoted = await(ReleaseExpectations.healthy(version.tag()), WaitLimit.PROMOTION);
        history.observed(promoted.summary());
        return promoted;
    }

    /**
     * Undoes the release, and waits until the controller has taken that up. Where Argo CD heals what differs from the
     * Application, it is watched whether the undo lasts: until it is taken back, its pods may come up or not.
     */
    public Release undo(Version back) {
        Release now = look();
        Rollout rollout = now.rollout().orElseThrow(this::noRollout);
        String before = rollout.currentHash();
        foreign.acts(rollout);
        undone = Optional.of(new UndoReversal(back.tag(), rollout.generation()));
        did(actions.undo(now), "undone");
        Release taken = await(ReleaseExpectations.that("the controller takes the undo to " + back.tag() + " up",
                release -> release.rollout().filter(seen -> seen.asksFor(back.tag())
                        && seen.observedGeneration() == seen.generation()
                        && !seen.currentHash().equals(before)).isPresent()), WaitLimit.RECONCILE);
        history.observed(taken.summary());
        if (guard.selfHeals()) {
            throughout(keptUndone(Expectation.of("the undo lasts", Outcome::met)), LASTS);
        }
        return taken;
    }

    /** Waits for something of the release. */
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
        return await(expectation, limit, Release::ownTime);
    }

    /** The same where it may take longer than the limit, by what the release itself says. */
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit, Function<Release, Duration> ownTime) {
        return waiting.until(guarded, Expectation.explained(keptUndone(expectation), Diagnosis::of), limit, ownTime);
    }

    /** The same expectation, which cannot be met any more when an undo is taken back. */
    private <R> Expectation<? super Release, R> keptUndone(Expectation<? super Release, R> expectation) {
        return undone.<Expectation<? super Release, R>>map(undo -> undo.orElse(expectation,
                () -> guard.whoTakesBack(application()))).orElse(expectation);
    }

    /** Watches something of the release that must stay as it is. */
    public void throughout(Expectation<? super Release, ?> expectation, Duration time) {
        waiting.throughout(guarded, expectation, time);
    }

    /**
     * Looks at the release directly, not at what is told of it: it must still be as it was seen last.
     *
     * @throws EnvironmentNotFit if somebody else acted on it
     */
    public Release look() {
        try {
            return guarded.fresh();
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking at the release in " + name, refused);
        }
    }

    /** What somebody else did to the release, as far as it is known by now; empty if nobody did anything. */
    public Optional<EnvironmentNotFit> foreign() {
        return foreign.found();
    }

    /** Waits for something of the Application. */
    public <R> R until(Expectation<? super Application, R> expectation, WaitLimit limit) {
        return waiting.until(applications, explained(expectation), limit);
    }

    /**
     * What keeps a release from going on is most often why Argo CD and the gateway do not show it either. It ends no wait
     * for them: Argo CD may be about to apply what is missing.
     */
    private <T, R> Expectation<T, R> explained(Expectation<? super T, R> expectation) {
        return Expectation.explained(expectation, unused -> obstacles());
    }

    private List<Obstacle> obstacles() {
        return Diagnosis.of(release()).stream().map(Obstacle::mayPass).toList();
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
                explained(RouteFeed.answersOnly("the Service " + service, version.answers())), WaitLimit.ROUTE);
    }

    /** The release now. */
    public Release release() {
        return releases.latest();
    }

    /** The Rollout now. */
    public Rollout rollout() {
        return release().rollout().orElseThrow(this::noRollout);
    }

    private IllegalStateException noRollout() {
        return new IllegalStateException("There is no Rollout in " + name);
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
        return Blueprint.values(application(), platform.argoCd());
    }

    public ServiceProbe services() {
        return services;
    }

    /** Whether anything was made. */
    public boolean deployed() {
        return releases != null;
    }

    /** What its users were served and what happened to it, from its first deployment on; empty before. */
    public Optional<Timeline> timeline() {
        return Optional.ofNullable(timeline);
    }

    private void did(PerformedAction action, String moment) {
        timeline().ifPresent(seen -> seen.mark(action.at(), moment));
        did(action);
    }

    private void did(PerformedAction action) {
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
