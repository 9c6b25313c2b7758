package delivery.release;

import delivery.argocd.Application;
import delivery.argocd.ApplicationExpectations;
import delivery.argocd.ApplicationFeed;
import delivery.chart.Values;
import delivery.failure.EnvironmentNotFit;
import delivery.failure.NotApplicable;
import delivery.rollout.Release;
import delivery.rollout.Rollout;
import delivery.waiting.Expectation;
import delivery.waiting.Obstacle;
import delivery.waiting.Waiting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Delivery of plain YAML in place, as {@code kubectl argo rollouts set image} changes it: the image is set in the live
 * Rollout, and the Application goes on asking for the image in Git.
 */
final class ImageDelivery implements Delivery {

    private final ImageTarget target;
    private final Waiting waiting;
    private final Lifespan lifespan;
    private final Journal journal;
    private volatile Optional<Desired> wanted = Optional.empty();
    private volatile Optional<ApplicationFeed> followed = Optional.empty();
    /** Begin of the last sync before the release was taken; a later one puts the image of Git back. */
    private volatile String synced = "";
    private volatile int leastPods;

    ImageDelivery(ImageTarget target, Waiting waiting, Lifespan lifespan, Journal journal) {
        this.target = target;
        this.waiting = waiting;
        this.lifespan = lifespan;
        this.journal = journal;
    }

    @Override
    public ImageDelivery handedTo(Waiting other, ReleaseWatch watched, Journal others) {
        ImageDelivery handed = new ImageDelivery(target, other, lifespan, others);
        handed.wanted = wanted;
        handed.followed = followed;
        handed.synced = synced;
        handed.leastPods = leastPods;
        return handed;
    }

    /** @throws NotApplicable if it asks for other values, of which plain YAML has none */
    @Override
    public void require(Desired desired) {
        if (!desired.overrides().isEmpty()) {
            throw new NotApplicable("plain YAML has no values, and this needs others: " + desired.overrides()
                    .summary());
        }
    }

    @Override
    public void create(Desired desired) {
        require(desired);
        lifespan.make(() -> target.pause().ifPresent(journal::accepted));
        wanted = Optional.of(desired);
        followed = Optional.of(target.follow());
        synced = applications().lastKnown().operationBegan();
        leastPods = target.leastPods();
        target.giveUp(desired.version(), waiting, journal);
        if (!target.asksFor(desired.version(), waiting, journal)) {
            journal.accepted(target.set(desired.version()));
        }
        target.settle(desired, waiting, journal);
    }

    @Override
    public void change(Desired desired) {
        require(desired);
        if (desired.strategy() != desired().strategy()) {
            throw new NotApplicable("plain YAML has no value that switches the strategy to " + desired.strategy());
        }
        wanted = Optional.of(desired);
        journal.did(target.set(desired.version()), "updated to " + desired.version().tag());
        journal.observed("accepted");
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
        return new IllegalStateException("The Application " + target.name() + " was not taken yet");
    }

    /** The image of Git was not put back. */
    @Override
    public boolean isApplied() {
        return foreign().isEmpty();
    }

    @Override
    public Application compared() {
        return target.compared();
    }

    @Override
    public Values values() {
        return target.values();
    }

    @Override
    public int leastPods() {
        return leastPods;
    }

    @Override
    public <T> T act(Supplier<T> action) {
        return target.held().act(action);
    }

    /** Self-heal is paused. */
    @Override
    public boolean selfHeals() {
        return false;
    }

    @Override
    public Optional<String> reserve() {
        return target.reserve();
    }

    @Override
    public String reversalCause() {
        return "as somebody applied it; Argo CD says " + applications().lastKnown().summary();
    }

    /** None: the Application is not given any. */
    @Override
    public Map<String, String> asked() {
        return Map.of();
    }

    @Override
    public Optional<Obstacle> reversal() {
        return foreign().map(sync -> Obstacle.of("Sync", sync.what()).inEnvironment(Optional.of(sync.whatToDo()))
                .isFinal());
    }

    @Override
    public Optional<EnvironmentNotFit> foreign() {
        return known().filter(now -> !now.operationBegan().equals(synced)).map(now -> new EnvironmentNotFit("Somebody"
                + " had Argo CD sync the Application " + now.name() + " at " + now.operationBegan() + ", which puts"
                + " back the image that is in Git, while a run had set another one",
                "Let nobody sync the Application meanwhile, and start the run again"));
    }

    /** The Application; empty if it is not followed, or Argo CD cannot be followed, which other waits report. */
    private Optional<Application> known() {
        try {
            return followed.map(ApplicationFeed::lastKnown);
        } catch (EnvironmentNotFit unknown) {
            return Optional.empty();
        }
    }

    @Override
    public List<String> commands() {
        return List.of("kubectl argo rollouts set image ");
    }

    /** An image that was set past Argo CD must be found as a difference, and the one in Git must not. */
    @Override
    public Expectation<Application, Application> atRest(Supplier<Release> release, boolean undone) {
        Rollout now = release.get().rollout().orElseThrow();
        Supplier<Optional<String>> otherPaused = () -> release.get().otherPaused();
        return target.isPast(now) ? ApplicationExpectations.findsOnly(now.name(), otherPaused)
                : ApplicationExpectations.healthyBut(otherPaused);
    }

    /** Removes nothing: the run puts the release back. */
    @Override
    public void remove() {
        // The live Application stays.
    }

    @Override
    public void close() {
        followed.ifPresent(ApplicationFeed::close);
    }
}
