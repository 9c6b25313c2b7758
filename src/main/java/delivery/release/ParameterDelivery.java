package delivery.release;

import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.chart.Values;
import delivery.environment.Blueprint;
import delivery.environment.Platform;
import delivery.rollout.Release;
import delivery.waiting.Expectation;
import delivery.waiting.Outcome;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Delivery by an Application's Helm parameters and values, as {@code argocd app set} changes them. */
final class ParameterDelivery implements Delivery {

    private final Platform platform;
    private final Blueprint pattern;
    private final Waiting waiting;
    private final String name;
    private final DeliveryTarget target;
    private final Lifespan lifespan;
    private final ReleaseWatch watch;
    private final Journal journal;
    private volatile Optional<Desired> wanted = Optional.empty();
    private volatile Optional<ApplicationFeed> followed = Optional.empty();
    /** Whether the Application was seen with the parameters that it was given last. */
    private volatile boolean takenUp;

    /**
     * @param name  the name of the Application
     * @param watch explains why Argo CD makes no progress
     */
    ParameterDelivery(Platform platform, Blueprint pattern, Waiting waiting, String name, DeliveryTarget target,
            Lifespan lifespan, ReleaseWatch watch, Journal journal) {
        this.platform = platform;
        this.pattern = pattern;
        this.waiting = waiting;
        this.name = name;
        this.target = target;
        this.lifespan = lifespan;
        this.watch = watch;
        this.journal = journal;
    }

    @Override
    public ParameterDelivery handedTo(Waiting other, ReleaseWatch watched, Journal others) {
        ParameterDelivery handed = new ParameterDelivery(platform, pattern, other, name, target, lifespan, watched,
                others);
        handed.wanted = wanted;
        handed.followed = followed;
        handed.takenUp = takenUp;
        return handed;
    }

    @Override
    public void require(Desired desired) {
        desired.overrides().values(pattern);
    }

    @Override
    public void create(Desired desired) {
        lifespan.make(() -> journal.accepted(target.make(desired, waiting, journal)));
        wanted = Optional.of(desired);
        followed = Optional.of(platform.argoCd().follow(name, pattern.application().project()));
        sync();
        takenUp = true;
        target.settle(desired, waiting, journal);
    }

    /** Sets only what differs; if nothing differs, the same parameters are set again. */
    @Override
    public void change(Desired desired) {
        Desired before = desired();
        wanted = Optional.of(desired);
        Map<String, String> changes = new LinkedHashMap<>();
        if (!desired.strategy().equals(before.strategy())) {
            changes.putAll(pattern.changes(desired.strategy()).parameters());
        }
        if (!desired.version().equals(before.version())) {
            changes.putAll(pattern.changesOfTag(desired.version().tag()).parameters());
        }
        if (!desired.overrides().equals(before.overrides())) {
            set(desired.overrides());
        } else if (changes.isEmpty()) {
            changes.putAll(pattern.changes(desired.strategy()).parameters());
            changes.putAll(pattern.changesOfTag(desired.version().tag()).parameters());
        }
        if (!changes.isEmpty()) {
            set(changes);
        }
    }

    private void set(Overrides overrides) {
        ObjectNode own = pattern.over(applications().lastKnown(), overrides.values(pattern));
        journal.accepted(target.setValues(applications().lastKnown(), own));
        applications().readNow();
        sync();
        until(overrides.deployed(own), WaitLimit.SYNC);
    }

    private void set(Map<String, String> changes) {
        takenUp = false;
        journal.did(target.set(applications().lastKnown(), changes), "updated to "
                + changes.values().stream()
                .sorted().collect(Collectors.joining(", ")));
        // The stream may be a moment behind the call that was just answered.
        until(Expectation.of("Argo CD has taken up " + words(changes), application ->
                application.parameters().entrySet().containsAll(changes.entrySet())
                        ? Outcome.met(application)
                        : Outcome.<Application>notYet("of its parameters it has "
                                + words(changes.keySet().stream().filter(application.parameters()::containsKey)
                                        .collect(Collectors.toMap(name -> name, application.parameters()::get))))),
                WaitLimit.RECONCILE);
        takenUp = true;
        journal.observed("accepted");
        Application synced = sync();
        journal.happened("synced");
        journal.observed("Argo CD: " + synced.summary());
    }

    private static String words(Map<String, String> parameters) {
        return parameters.entrySet().stream().map(Map.Entry::toString).sorted().collect(Collectors.joining(", "));
    }

    private Application sync() {
        return target.sync(applications(), waiting, journal);
    }

    private void until(Expectation<Application, Application> expectation, WaitLimit limit) {
        waiting.until(applications(), watch.explained(expectation), limit);
    }

    @Override
    public Desired desired() {
        return wanted.orElseThrow(this::notMade);
    }

    @Override
    public ApplicationFeed applications() {
        return followed.orElseThrow(this::notMade);
    }

    private IllegalStateException notMade() {
        return new IllegalStateException("The Application " + name + " was not made yet");
    }

    @Override
    public Application compared() {
        return platform.argoCd().refresh(name, pattern.application().project());
    }

    @Override
    public Values values() {
        return pattern.valuesOf(applications().lastKnown(), platform.argoCd());
    }

    @Override
    public int leastPods() {
        return target.leastPods();
    }

    @Override
    public boolean selfHeals() {
        return target.selfHeals();
    }

    @Override
    public <T> T act(Supplier<T> action) {
        return target.act(action);
    }

    @Override
    public Optional<String> reserve() {
        return target.reserve();
    }

    @Override
    public String reversalCause() {
        return target.reversalCause(applications().lastKnown());
    }

    @Override
    public Map<String, String> asked() {
        return wanted.filter(desired -> takenUp).map(desired -> pattern.changes(desired.strategy())
                .and(pattern.changesOfTag(desired.version().tag())).parameters()).orElse(Map.of());
    }

    @Override
    public List<String> commands() {
        return List.of(target.isCopy() ? "argocd app create " : "argocd app set ", "argocd app set ");
    }

    @Override
    public Expectation<Application, Application> atRest(Supplier<Release> release, boolean undone) {
        Supplier<Optional<String>> otherPaused = () -> release.get().otherPaused();
        return undone ? ApplicationExpectations.findsOnly(release.get().rollout().orElseThrow().name(), otherPaused)
                : ApplicationExpectations.healthyBut(otherPaused);
    }

    /** Records the call even if it found nothing, because the history must contain every call. */
    @Override
    public void remove() {
        Instant at = Instant.now();
        target.remove().ifPresent(application -> journal.did(application.command(),
                application.call(), at, application.there() ? "deleted" : "there was none"));
    }

    @Override
    public void close() {
        followed.ifPresent(ApplicationFeed::close);
    }
}
