package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Entrance;
import delivery.traffic.PacedRequests;
import delivery.traffic.Sample;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Users who reach a Service through the Kubernetes API. For each request, whoever sends it, the API server chooses one
 * of the ready pods at random (Kubernetes, {@code ResourceLocation} in pkg/registry/core/service/storage). So shares of
 * requests are those of the pods, as with kube-proxy, and no user gets a cookie that keeps them at a pod.
 */
public final class ServiceEntrance implements Entrance {

    /** A limit, as the API server has others to serve. */
    private static final double MOST_PER_SECOND = 100;
    private static final int SIDE_BY_SIDE = 4;
    private static final Duration DELAY = Duration.ofSeconds(30);
    /** The time after which the Service is looked up again: a release may change its name or port. */
    private static final Duration KNOWN = Duration.ofSeconds(1);
    private static final String SILENT = "the Kubernetes API did not pass it on";

    private final ServiceProbe probe;
    private final String namespace;
    private final Supplier<String> service;
    private String last;
    private long until;

    /** @param service returns the name of the Service that users reach now */
    public ServiceEntrance(KubernetesClient client, String namespace, Supplier<String> service) {
        this.probe = new ServiceProbe(client, Endpoint.VERSION);
        this.namespace = namespace;
        this.service = service;
    }

    /** @throws EnvironmentNotFit if the Kubernetes API does not answer or refuses */
    @Override
    public Answer ask(Endpoint endpoint) {
        return request(endpoint).get();
    }

    @Override
    public Sample sample(Endpoint endpoint, int requests, int sideBySide) {
        return paced(endpoint, requests, Duration.ZERO, Math.min(sideBySide, SIDE_BY_SIDE));
    }

    @Override
    public Sample sample(Endpoint endpoint, int requests, Duration over) {
        return paced(endpoint, requests, over, SIDE_BY_SIDE);
    }

    @Override
    public Sample newcomers(Endpoint endpoint, int requests, int sideBySide) {
        return sample(endpoint, requests, sideBySide);
    }

    private Sample paced(Endpoint endpoint, int requests, Duration over, int sideBySide) {
        Duration least = Duration.ofNanos((long) (requests / MOST_PER_SECOND * 1e9));
        Duration time = over.compareTo(least) > 0 ? over : least;
        Duration longest = time.multipliedBy(3).plus(DELAY);
        return new Sample(new PacedRequests(requests, time, sideBySide, longest).ask(request(endpoint), () ->
                new EnvironmentNotFit("The Kubernetes API passed on fewer than " + requests + " requests to " + this
                        + " in " + longest.toSeconds() + " s; they were meant to take " + time.toSeconds() + " s",
                        "Check the load of the API server, or lower REQUESTS")));
    }

    @Override
    public BackgroundTraffic watch(Endpoint endpoint, Duration atMost, double perSecond) {
        ask(endpoint);
        Steady requests = new Steady(endpoint);
        return new BackgroundTraffic(requests, requests::requirePassedOn, atMost, perSecond);
    }

    @Override
    public BackgroundTraffic observe(Endpoint endpoint, Duration atMost, double perSecond) {
        return new BackgroundTraffic(new Steady(endpoint), ServiceEntrance::passedOn, atMost, perSecond);
    }

    /** Drops requests that the Kubernetes API did not pass on: users do not go through it, so they prove nothing. */
    private static Sample passedOn(Sample sample) {
        return new Sample(sample.answers().stream().filter(answer -> answer.failure().filter(SILENT::equals).isEmpty())
                .toList());
    }

    @Override
    public Set<String> cookies() {
        return Set.of();
    }

    @Override
    public String command(Endpoint endpoint) {
        return "kubectl get --raw " + probe.path(namespace, name(), endpoint);
    }

    @Override
    public synchronized String name() {
        if (last == null || System.nanoTime() - until > 0) {
            last = service.get();
            until = System.nanoTime() + KNOWN.toNanos();
        }
        return last;
    }

    @Override
    public boolean isRouted() {
        return false;
    }

    @Override
    public String toString() {
        return "the Service " + name();
    }

    private Supplier<Answer> request(Endpoint endpoint) {
        return probe.request(namespace, name(), endpoint);
    }

    /** Steady requests of users; one that the API does not pass on is among the answers. */
    private final class Steady implements Supplier<Answer> {

        private final Endpoint endpoint;
        private final AtomicReference<EnvironmentNotFit> silent = new AtomicReference<>();
        private Supplier<Answer> request;
        private long since;

        Steady(Endpoint endpoint) {
            this.endpoint = endpoint;
        }

        @Override
        public Answer get() {
            Instant at = Instant.now();
            try {
                return now().get();
            } catch (EnvironmentNotFit unanswered) {
                silent.compareAndSet(null, unanswered);
                return Answer.lost(at, SILENT, Duration.between(at, Instant.now()));
            }
        }

        private synchronized Supplier<Answer> now() {
            if (request == null || System.nanoTime() - since > KNOWN.toNanos()) {
                request = request(endpoint);
                since = System.nanoTime();
            }
            return request;
        }

        Sample requirePassedOn(Sample sample) {
            Optional.ofNullable(silent.get()).filter(first -> sample.failures().containsKey(SILENT))
                    .ifPresent(first -> {
                        throw first;
                    });
            return sample;
        }
    }
}
