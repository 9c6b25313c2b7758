package delivery.release;

import delivery.failure.EnvironmentNotFit;
import delivery.kubernetes.ApiFailure;
import delivery.kubernetes.ReleaseFeed;
import delivery.rollout.Diagnosis;
import delivery.rollout.ForeignChange;
import delivery.rollout.Release;
import delivery.rollout.UndoReversal;
import delivery.text.OwnershipLabels;
import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Watches the release: its state now, and the waits for its next states. */
final class ReleaseWatch implements WatchedRelease, AutoCloseable {

    private record Feeds(ReleaseFeed all, GuardedRelease guarded) {
    }

    private final Waiting waiting;
    private final String name;
    private final Supplier<Delivery> delivery;
    private final ForeignChange foreign;
    private volatile Optional<Feeds> feeds = Optional.empty();
    private Optional<UndoReversal> undone = Optional.empty();

    /** @param delivery the delivery of the release, which knows who would revert it */
    ReleaseWatch(Waiting waiting, String name, Supplier<Delivery> delivery) {
        this(waiting, name, delivery, new ForeignChange(OwnershipLabels.OWNER, Instant::now));
    }

    private ReleaseWatch(Waiting waiting, String name, Supplier<Delivery> delivery, ForeignChange foreign) {
        this.waiting = waiting;
        this.name = name;
        this.delivery = delivery;
        this.foreign = foreign;
    }

    /** The same watches for another scenario, with all that is known of other people's actions on the release. */
    ReleaseWatch waitedBy(Waiting other, Supplier<Delivery> handed) {
        ReleaseWatch watch = new ReleaseWatch(other, name, handed, foreign);
        watch.feeds = feeds;
        return watch;
    }

    /** Begins to follow the release, once it has a namespace. */
    void begin(ReleaseNamespace namespace) {
        ReleaseFeed releases = namespace.follow(foreign);
        feeds = Optional.of(new Feeds(releases, namespace.guarded(releases, foreign)));
    }

    ReleaseFeed releases() {
        return feeds().all();
    }

    private Feeds feeds() {
        return feeds.orElseThrow(() -> new IllegalStateException("The release in " + name + " was not deployed yet"));
    }

    Release release() {
        return releases().lastKnown();
    }

    /** Name of the Rollout that was seen last; empty if none was, or if it is not seen any more. */
    Optional<String> known() {
        try {
            return feeds.flatMap(known -> known.all().lastKnown().rollout()).map(rollout -> rollout.name());
        } catch (EnvironmentNotFit unseen) {
            return Optional.empty();
        }
    }

    /**
     * Reads the release now, instead of the last state that was watched.
     *
     * @throws EnvironmentNotFit if somebody else acted on it
     */
    Release look() {
        try {
            return feeds().guarded().readNow();
        } catch (KubernetesClientException refused) {
            throw ApiFailure.of("looking at the release in " + name, refused);
        }
    }

    /**
     * Reads the release now, for another scenario; empty if an undo of it was reverted. Self-heal waits longer each
     * time before it acts on the same Application, so the next undo would seem to last.
     */
    Optional<Release> reusable() {
        return Optional.of(look()).filter(now -> reversal(now).isEmpty());
    }

    /** Detects actions of somebody else on the release. It must be informed of every action of the suite. */
    ForeignChange foreign() {
        return foreign;
    }

    /** Marks the release as undone: from now on, a reverted undo ends every wait. */
    void undone(UndoReversal undo) {
        undone = Optional.of(undo);
    }

    /** Marks a new version as released, which ends the mark of an undo. */
    void released() {
        undone = Optional.empty();
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit,
            Function<Release, Duration> ownTime) {
        return waiting.until(feeds().guarded(), Expectation.explained(lasting(expectation), this::causes), limit,
                ownTime);
    }

    @Override
    public <R> R await(Expectation<? super Release, R> expectation, WaitLimit limit) {
        return await(expectation, limit, Release::ownTime);
    }

    @Override
    public void throughout(Expectation<? super Release, ?> expectation, Duration time) {
        waiting.throughout(feeds().guarded(), expectation, time);
    }

    /** The same expectation, which becomes impossible when an undo is reverted. */
    <R> Expectation<? super Release, R> lasting(Expectation<? super Release, R> expectation) {
        return undone.<Expectation<? super Release, R>>map(undo -> undo.orElse(expectation,
                        () -> delivery.get().reversalCause()))
                .orElse(expectation);
    }

    /**
     * Explains a wait for Argo CD or the gateway by the obstacles of the release, which are most often the cause. They
     * do not end such a wait, because Argo CD may be about to apply what is missing.
     */
    <T, R> Expectation<T, R> explained(Expectation<? super T, R> expectation) {
        return Expectation.explained(expectation,
                unused -> Stream.of(reversal(release()).stream(), delivery.get().reversal().stream(),
                        Diagnosis.of(release()).stream().map(Obstacle::mayPass)).flatMap(causes -> causes).toList());
    }

    /** The reversal of the last undo; empty if there was none. */
    Optional<Obstacle> reversal(Release release) {
        return undone.flatMap(undo -> undo.obstacle(release, () -> delivery.get().reversalCause()));
    }

    private List<Obstacle> causes(Release release) {
        return Stream.concat(delivery.get().reversal().stream(), Diagnosis.of(release).stream()).toList();
    }

    IllegalStateException noRollout() {
        return new IllegalStateException("There is no Rollout in " + name);
    }

    @Override
    public void close() {
        feeds.ifPresent(open -> open.all().close());
    }
}
