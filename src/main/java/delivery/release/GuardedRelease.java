package delivery.release;

import delivery.failure.EnvironmentNotFit;
import delivery.rollout.ForeignChange;
import delivery.rollout.MissingReferences;
import delivery.rollout.NamespacedObject;
import delivery.rollout.Presence;
import delivery.rollout.Release;
import delivery.waiting.Feed;
import delivery.waiting.Subscription;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * A feed of a release for waits. If somebody else acts on the release, or its namespace lacks an object that the live
 * one has, the wait ends as an environment problem, because the delivery is not the cause.
 */
final class GuardedRelease implements Feed<Release> {

    /** The time in which a controller may still add an object that a new namespace lacks. */
    private static final Duration MAY_COME = Duration.ofSeconds(20);

    private final Feed<Release> feed;
    private final ForeignChange foreign;
    private final Function<NamespacedObject, Presence> live;
    private final LongSupplier nanoTime;
    private final String namespace;
    private long missingSince = -1;

    /** @param live finds out whether the namespace of the live release has an object */
    GuardedRelease(Feed<Release> feed, ForeignChange foreign, Function<NamespacedObject, Presence> live,
            String namespace, LongSupplier nanoTime) {
        this.feed = feed;
        this.foreign = foreign;
        this.live = live;
        this.namespace = namespace;
        this.nanoTime = nanoTime;
    }

    /** @throws EnvironmentNotFit if somebody else acted on the release, or its namespace lacks a needed object */
    @Override
    public Release lastKnown() {
        return guarded(feed.lastKnown());
    }

    /** @throws EnvironmentNotFit if somebody else acted on the release, or its namespace lacks a needed object */
    @Override
    public Release readNow() {
        return guarded(feed.readNow());
    }

    private Release guarded(Release release) {
        release.rollout().ifPresent(foreign::see);
        foreign.require();
        requireNeeds(release);
        return release;
    }

    private synchronized void requireNeeds(Release release) {
        Optional<NamespacedObject> need = MissingReferences.object(release);
        Optional<String> refused = MissingReferences.credentials(release);
        if (need.isEmpty() && refused.isEmpty()) {
            missingSince = -1;
            return;
        }
        long now = nanoTime.getAsLong();
        boolean first = missingSince < 0;
        missingSince = first ? now : missingSince;
        boolean stays = now - missingSince >= MAY_COME.toNanos();
        if (need.isPresent() && (first || stays)) {
            Presence there = live.apply(need.get());
            if (there == Presence.BY_HAND || stays && there != Presence.MISSING) {
                throw new EnvironmentNotFit("The pods need " + need.get() + ", which namespace " + namespace
                        + " does not have" + (there == Presence.UNKNOWN
                                ? "; whether the live one has it may not be read here" : ", but the live one has"),
                        "Set COPY to have it copied into new namespaces, or have the chart make it");
            }
        }
        if (refused.isPresent() && stays) {
            throw new EnvironmentNotFit("The registry refuses the image to the pods in namespace " + namespace + ": "
                    + refused.get(), "Have the chart name the pull secret in imagePullSecrets, of the pods or of"
                    + " a ServiceAccount that it makes, as a new namespace's own one has none; and set COPY=secret/NAME"
                    + " to have it copied there, or have the chart make it. Or give the nodes credentials"
                    + " of their own");
        }
    }

    @Override
    public Subscription onChange(Runnable listener) {
        return feed.onChange(listener);
    }

    @Override
    public String whereToLook() {
        return feed.whereToLook();
    }
}
