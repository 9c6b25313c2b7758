package delivery.release;

import delivery.argocd.Application;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.release.Position.Deployment;
import delivery.rollout.Release;
import delivery.rollout.ReleaseExpectations;
import delivery.rollout.Rollout;
import delivery.rollout.Strategy;
import delivery.waiting.Expectation;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The release that a scenario acts on: a copy of the live Application with its own namespace and host or, in place, the
 * live Application itself. It is deployed, released, promoted and undone as a person would do it, and removed or
 * restored afterwards.
 */
public final class ReleaseUnderTest implements CanaryRelease, MeasuredRelease, AnalysedRelease, WatchedRelease,
        AutoCloseable {

    /** Requests per second, enough to see the second of a switch, and few enough to cost nothing. */
    private static final double SEEN_PER_SECOND = 2;
    private static final Duration LONGEST_SEEN = Duration.ofMinutes(10);

    private final Platform platform;
    private final Blueprint pattern;
    private final Waiting waiting;
    private final ReleaseSite site;
    private final Journal journal;
    private final Lifespan lifespan;
    private final ReleaseNamespace namespace;
    private final ReleaseWatch watch;
    private final Delivery delivery;
    private final ReleaseOperator operator;
    private final Audience audience;
    private final ServedWait served;
    /** Every deployment that was asked for, by any scenario. */
    private final List<Deployment> deployments;

    /** Prepares the release. Creates and changes nothing yet. */
    public ReleaseUnderTest(Platform platform, Blueprint pattern, Waiting waiting, Journal journal, String run,
            ReleaseSite site) {
        this.platform = platform;
        this.pattern = pattern;
        this.waiting = waiting;
        this.site = site;
        this.journal = journal;
        this.lifespan = new Lifespan(site.name());
        this.namespace = new ReleaseNamespace(platform, pattern, run, site, lifespan, journal);
        this.watch = new ReleaseWatch(waiting, site.namespace(), this::delivery);
        this.delivery = site.delivery(platform, pattern, waiting, run, lifespan, watch, journal);
        this.operator = new ReleaseOperator(platform.cluster().client(), watch, delivery, journal);
        this.audience = site.audience(platform, pattern);
        this.served = new ServedWait(waiting, watch, audience, journal);
        this.deployments = new CopyOnWriteArrayList<>();
    }

    private ReleaseUnderTest(ReleaseUnderTest left, Waiting waiting, Journal journal) {
        this.platform = left.platform;
        this.pattern = left.pattern;
        this.waiting = waiting;
        this.site = left.site;
        this.journal = journal;
        this.lifespan = left.lifespan;
        this.namespace = left.namespace.withJournal(journal);
        this.watch = left.watch.waitedBy(waiting, this::delivery);
        this.delivery = left.delivery.handedTo(waiting, watch, journal);
        this.operator = new ReleaseOperator(platform.cluster().client(), watch, delivery, journal);
        this.audience = left.audience;
        this.served = new ServedWait(waiting, watch, audience, journal);
        this.deployments = left.deployments;
    }

    /**
     * The same release for another scenario. The text says who left it, and how: "that BG-1 left on preview at
     * 10:02:11Z".
     */
    public ReleaseUnderTest handedTo(Waiting other, Journal others, String before) {
        ReleaseUnderTest handed = new ReleaseUnderTest(this, other, others);
        journal.close();
        others.looked("kubectl argo rollouts get rollout " + rollout().name() + " -n " + site.namespace(),
                "took over the release " + before + ": " + release().summary());
        handed.seeUsers();
        return handed;
    }

    private void seeUsers() {
        journal.begin(audience.entrance().observe(audience.version(), LONGEST_SEEN, SEEN_PER_SECOND),
                watch.releases());
    }

    /** The release's position, read now; empty if no scenario could continue from there. */
    public Optional<Position> position() {
        return watch.reusable().flatMap(now -> Position.of(now, delivery.desired(), List.copyOf(deployments)));
    }

    public Set<String> tags() {
        return deployments.stream().map(deployment -> deployment.version().tag()).collect(Collectors.toSet());
    }

    @Override
    public ReleaseSite site() {
        return site;
    }

    /** Name of its Application. */
    public String name() {
        return site.name();
    }

    /** The beginnings of the commands that create, deliver and promote the release. */
    public List<String> commands() {
        return Stream.concat(delivery.commands().stream(), Stream.of("kubectl argo rollouts promote ")).toList();
    }

    /**
     * Deploys a version for the first time and waits until users have it: the Application is synced, the release is
     * healthy, and users are answered by it. The Rollout decides whether it is healthy; Argo CD may report that later.
     */
    public void deploy(Strategy strategy, Version version, Overrides overrides) {
        Desired desired = new Desired(strategy, version, overrides);
        delivery.require(desired);
        namespace.create();
        deployments.add(new Deployment(version, strategy));
        watch.begin(namespace);
        delivery.create(desired);
        operator.awaitDeployed(version);
        audience.meet(version, served.await(version), rollout().stableService());
        watch.foreign().begin();
        seeUsers();
        journal.observed(strategy + " release of " + version.tag() + " healthy; users are answered by it; Argo CD says "
                + application().summary()
                + (overrides.isEmpty() ? "" : "; with other values: " + overrides.summary()));
    }

    /** Delivers overrides of the deployed values, which create no new version; waits until the release is at rest. */
    public void override(Overrides overrides) {
        String hash = rollout().currentHash();
        delivery.change(delivery.desired().with(overrides));
        Release release = await(overrides.followed(hash), WaitLimit.AVAILABLE);
        journal.observed("with other values: " + overrides.summary() + "; " + release.summary());
    }

    /** Delivers a version, and waits until the release asks for it. */
    public void release(Version version) {
        watch.released();
        deployments.add(new Deployment(version, delivery.desired().strategy()));
        delivery.change(delivery.desired().with(version));
        await(ReleaseExpectations.asksFor(version.tag()), WaitLimit.RECONCILE);
    }

    /** Switches the release to another strategy, once its Services can lead users to no other version's pods. */
    public void changeStrategy(Strategy strategy) {
        await(ReleaseExpectations.onlyStable(), WaitLimit.SCALE_DOWN, Release::timeToScaleDown);
        delivery.change(delivery.desired().with(strategy));
    }

    /** Promotes a release that waits, as a person does, and waits until the controller has acted on that. */
    public Release promote() {
        return operator.promote();
    }

    /** Promotes only if the release still waits at this step of its canary. Returns whether it did. */
    @Override
    public boolean promoteAt(int step) {
        return operator.promoteAt(step);
    }

    /** Promotes the version that is under way to the end, and waits until the release is healthy. */
    public Release promoteFully(Version version) {
        return operator.promoteFully(version);
    }

    /** Undoes the release, and waits until the controller has acted on that, and until it is clear that it lasts. */
    public Release undo(Version back) {
        return operator.undo(back);
    }

    /** Undoes the release, but lets self-heal revert that: returns how it did, or empty if the undo lasts. */
    public Optional<SelfHeal> triggerUndo(Version back) {
        return operator.triggerUndo(back);
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
        return watch.await(expectation, limit);
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit,
            Function<Release, Duration> ownTime) {
        return watch.await(expectation, limit, ownTime);
    }

    @Override
    public void throughout(Expectation<? super Release, ?> expectation, Duration time) {
        watch.throughout(expectation, time);
    }

    /** Reads the release now. Throws {@link EnvironmentNotFit} if somebody else acted on it. */
    public Release look() {
        return watch.look();
    }

    /** An action of somebody else on the release that is known by now; empty if there is none. */
    public Optional<EnvironmentNotFit> foreign() {
        return watch.foreign().found().or(delivery::foreign);
    }

    public <R> R until(Expectation<? super Application, R> expectation, WaitLimit limit) {
        return waiting.until(delivery.applications(), watch.explained(expectation), limit);
    }

    /** The waits for what the gateway and the Services serve. */
    @Override
    public ServedWait served() {
        return served;
    }

    @Override
    public Audience audience() {
        return audience;
    }

    @Override
    public Release release() {
        return watch.release();
    }

    @Override
    public Rollout rollout() {
        return release().rollout().orElseThrow(watch::noRollout);
    }

    public Application application() {
        return delivery.applications().lastKnown();
    }

    /** The Application after a new comparison, because its state may date from before the last change. */
    public Application compared() {
        return delivery.compared();
    }

    /** Expects that Argo CD calls the release, which is at rest, healthy, and finds only differences that must be. */
    public Expectation<Application, Application> atRest(boolean undone) {
        return delivery.atRest(watch::release, undone);
    }

    /** The values that ask for a version, by path. */
    public Map<String, String> askedBy(Version version) {
        return pattern.changesOfTag(version.tag()).parameters();
    }

    /** Judges whether the live Rollout has what the values ask for. */
    public ChartConformance conformance() {
        return new ChartConformance(delivery.values(), pattern.judged());
    }

    @Override
    public Journal journal() {
        return journal;
    }

    Delivery delivery() {
        return delivery;
    }

    /**
     * Removes the release, and prevents any further part of it from being created. The Application is removed first,
     * because it would recreate what is deleted with the namespace. Does not wait until the namespace is gone.
     */
    public void remove() {
        foreign().ifPresent(unfit -> site.held().ifPresent(held -> held.stop(unfit)));
        lifespan.end(() -> {
            delivery.remove();
            namespace.remove(watch.known());
        });
    }

    @Override
    public void close() {
        journal.close();
        delivery.close();
        watch.close();
    }
}
