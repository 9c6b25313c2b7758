package delivery.release;

import delivery.environment.Platform;
import delivery.gateway.Users;
import delivery.traffic.RouteFeed;
import delivery.traffic.Sample;
import delivery.waiting.Expectation;
import delivery.waiting.NotMet;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;

/** The waits for what the gateway and the Services of a release serve. */
final class ServedWait {

    /** Requests of one look at a route. Of 30 with one in ten astray, one look in 24 would miss that. */
    private static final int A_LOOK = 30;
    private static final int A_LOOK_AT_A_SERVICE = 5;
    private static final int SIDE_BY_SIDE = 4;

    private final Platform platform;
    private final Waiting waiting;
    private final ReleaseWatch watch;
    private final Audience audience;
    private final Journal journal;

    ServedWait(Platform platform, Waiting waiting, ReleaseWatch watch, Audience audience, Journal journal) {
        this.platform = platform;
        this.waiting = waiting;
        this.watch = watch;
        this.audience = audience;
        this.journal = journal;
    }

    /** Until the gateway answers users with this version alone. */
    Sample await(Version version) {
        return await(RouteFeed.answersOnly("the gateway", version.answers()));
    }

    /** Until the gateway serves a version by the weight that is asked for, no longer by the one before. */
    void awaitWeight(Version version, int before, int asked) {
        await(RouteFeed.tookUp("the gateway", version.answers(), before, asked));
    }

    /** Until a Service answers with this version alone. */
    void await(String service, Version version) {
        waiting.until(new RouteFeed(() -> audience.services().ask(audience.namespace(), service, A_LOOK_AT_A_SERVICE),
                "kubectl get --raw /api/v1/namespaces/" + audience.namespace() + "/services/" + service
                        + ":http/proxy" + audience.version().path()),
                watch.explained(RouteFeed.answersOnly("the Service " + service, version.answers())), WaitLimit.ROUTE);
    }

    private <R> R await(Expectation<Sample, R> expectation) {
        RouteFeed feed = new RouteFeed(() -> {
            Sample look = platform.gateway().sample(new Users(audience.host()), audience.version(), A_LOOK,
                    SIDE_BY_SIDE);
            journal.timeline().ifPresent(seen -> seen.add(look));
            return look;
        }, "curl -H 'Host: " + audience.host() + "' " + platform.settings().gateway()
                + audience.version().path());
        try {
            return waiting.until(feed, watch.explained(expectation), WaitLimit.ROUTE);
        } catch (NotMet notMet) {
            throw audience.routes().complaint()
                    .map(cause -> new AssertionError(cause + ".\n" + notMet.getMessage(), notMet)).orElse(notMet);
        }
    }
}
