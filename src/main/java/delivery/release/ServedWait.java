package delivery.release;

import delivery.rollout.Release;
import delivery.rollout.ReplicaCounts;
import delivery.rollout.Rollout;
import delivery.rollout.RolloutExpectations;
import delivery.rollout.Strategy;
import delivery.traffic.AskedShare;
import delivery.traffic.RouteFeed;
import delivery.traffic.Sample;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.time.Duration;

/** The waits for what users of a release are served, and what its Services answer. */
public final class ServedWait implements MeasuredRelease.Routes {

    /** Requests of one look at a route. If one request in ten goes astray, one look in 24 misses that. */
    private static final int ROUTE_REQUESTS = 30;
    private static final int SERVICE_REQUESTS = 5;
    private static final int SIDE_BY_SIDE = 4;
    /** Traefik's {@code providersThrottleDuration} by default. */
    private static final Duration SETTLING = Duration.ofSeconds(2);

    private final Waiting waiting;
    private final ReleaseWatch watch;
    private final Audience audience;
    private final Journal journal;

    ServedWait(Waiting waiting, ReleaseWatch watch, Audience audience, Journal journal) {
        this.waiting = waiting;
        this.watch = watch;
        this.audience = audience;
        this.journal = journal;
    }

    /** Waits until users are answered by this version only. */
    public Sample await(Version version) {
        return await(only(version));
    }

    /**
     * Waits until a release has ended on this version, and users are answered by no other. At the end of a canary, the
     * controller gives the stable Service other pods and then all the weight (argo-rollouts, rollout/canary.go and
     * rollout/trafficrouting.go). A gateway that follows the weight before the pods leads users back to the earlier
     * version for a moment, although it has answered with the new one only. The answers must therefore last.
     */
    public Sample awaitEnd(Version version) {
        if (watch.release().rollout().filter(now -> now.strategy() == Strategy.CANARY).isEmpty()) {
            return await(version);
        }
        watch.await(RolloutExpectations.noWeightLeft(version.tag()), WaitLimit.SCALE_DOWN);
        return await(RouteFeed.lasting(only(version), SETTLING, System::nanoTime));
    }

    private Expectation<Sample, Sample> only(Version version) {
        return RouteFeed.answersOnly(audience.entrance().toString(), version.answers());
    }

    @Override
    public AskedShare awaitShare(Version version, AskedShare before, int percent) {
        AskedShare asked = countedShare(percent);
        Expectation<Sample, Sample> tookUp = tookUp(version, before, asked);
        await(asked.equals(before) ? tookUp : RouteFeed.settled(tookUp, SETTLING, System::nanoTime));
        // Pods may have come or gone meanwhile.
        return share(percent);
    }

    /** Waits until the version is served beside the one before, as some part of the gateway does. Judges no share. */
    void awaitBegun(Version version, int percent) {
        await(tookUp(version, AskedShare.ofWeight(0), countedShare(percent)));
    }

    private AskedShare countedShare(int percent) {
        if (watch.release().rollout().filter(Rollout::weighsByPods).isPresent()) {
            watch.await(RolloutExpectations.podsAsCounted(), WaitLimit.AVAILABLE);
        }
        return share(percent);
    }

    private Expectation<Sample, Sample> tookUp(Version version, AskedShare before, AskedShare asked) {
        return RouteFeed.tookUp(audience.entrance().toString(), version.answers(), before, asked);
    }

    /** Waits for a share of a version, and asks as many users as it takes to see both versions. */
    public Sample sampleOfBoth(Version version, int percent, int least) {
        AskedShare asked = awaitShare(version, AskedShare.ofWeight(0), percent);
        return audience.sample(audience.version(), asked.toSeeBoth(least));
    }

    /** @throws AssertionError if the routes' objects leave a weight on the canary once the version is stable */
    public Rollout awaitNoWeight(Version version) {
        Rollout ended = watch.await(RolloutExpectations.noWeightLeft(version.tag()), WaitLimit.SCALE_DOWN);
        audience.routes().complaint().ifPresent(cause -> {
            throw new AssertionError(cause);
        });
        return ended;
    }

    @Override
    public AskedShare share(int percent) {
        Release release = watch.release();
        ReplicaCounts pods = release.servingPods();
        return release.rollout().filter(Rollout::weighsByPods).isPresent() && pods.all() > 0
                ? AskedShare.ofPods(percent, pods.canary(), pods.all()) : AskedShare.ofWeight(percent);
    }

    @Override
    public void await(String service, Version version) {
        try {
            await(new RouteFeed(() -> audience.services().ask(audience.namespace(), service, SERVICE_REQUESTS),
                    "kubectl get --raw " + audience.services().path(audience.namespace(), service)),
                    RouteFeed.answersOnly("the Service " + service, version.answers()));
        } catch (AssertionError notMet) {
            watch.release().rollout().flatMap(Rollout::stableService).ifPresent(new ServiceReach(audience)::require);
            throw notMet;
        }
    }

    private <R> R await(Expectation<Sample, R> expectation) {
        return await(new RouteFeed(() -> {
            Sample look = audience.newcomers(ROUTE_REQUESTS, SIDE_BY_SIDE);
            journal.timeline().ifPresent(seen -> seen.add(look));
            return look;
        }, audience.entrance().command(audience.version())), expectation);
    }

    /** Waits for an expectation. If it is not met, the routes' targets are reported first, as the likely cause. */
    private <R> R await(RouteFeed feed, Expectation<Sample, R> expectation) {
        try {
            return waiting.until(feed, watch.explained(expectation), WaitLimit.ROUTE, look -> SETTLING);
        } catch (NotMet notMet) {
            throw audience.routes().complaint()
                    .map(cause -> new AssertionError(cause + ".\n" + notMet.getMessage(), notMet)).orElse(notMet);
        }
    }
}
