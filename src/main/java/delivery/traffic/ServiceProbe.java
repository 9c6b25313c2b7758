package delivery.traffic;

import delivery.cluster.ApiFailure;
import delivery.verdict.EnvironmentNotFit;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Asks a Service for its version through the Kubernetes API, for Services that the gateway does not serve: a preview.
 * The API server chooses one of the ready pods for each request.
 */
public final class ServiceProbe {

    private static final int MOST_REQUESTS = 10_000;
    private static final int SIDE_BY_SIDE = 4;
    private static final Set<String> OWN_REFUSALS = Set.of("Unauthorized", "TooManyRequests", "InternalError", "Timeout",
            "ServerTimeout", "ServiceUnavailable");
    private static final long LONGEST_DELAY_MILLIS = 10_000;

    private final KubernetesClient client;
    private final Client once;

    public ServiceProbe(KubernetesClient client) {
        this.client = client;
        // The client would send a request again that failed, and hide the failure.
        once = client.newClient(new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /**
     * Sends requests for {@code /version}, one after the other. What goes wrong is in the answers, a Service that is
     * not there too.
     *
     * @param requests 1 to 10,000
     * @throws EnvironmentNotFit if the Kubernetes API itself did not answer one of them: it passed nothing on
     */
    public Sample ask(String namespace, String service, int requests) {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("requests must be 1 to 10,000: " + requests);
        }
        Supplier<Answer> request = port(namespace, service)
                .<Supplier<Answer>>map(port -> () -> send(path(namespace, service, port)))
                .orElse(() -> Answer.lost(Instant.now(), "there is no Service " + service + " with a port",
                        Duration.ZERO));
        return requirePassedOn(service, requests, Stream.generate(request).limit(requests).toList());
    }

    /**
     * Sends requests for {@code /version} at a steady rate over a time, as {@link #ask(String, String, int)} does.
     *
     * @throws EnvironmentNotFit     if the Kubernetes API itself did not answer one of them, or took far too long
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample ask(String namespace, String service, int requests, Duration over) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        Queue<RuntimeException> broken = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(SIDE_BY_SIDE);
        try {
            for (int number = 0; number < requests; number++) {
                clock.schedule(() -> {
                    try {
                        answers.addAll(ask(namespace, service, 1).answers());
                    } catch (EnvironmentNotFit | KubernetesClientException unanswered) {
                        broken.add(unanswered);
                    }
                }, over.toNanos() * number / requests, TimeUnit.NANOSECONDS);
            }
            clock.shutdown();
            if (!clock.awaitTermination(over.toMillis() * 3 + LONGEST_DELAY_MILLIS, TimeUnit.MILLISECONDS)) {
                throw new EnvironmentNotFit("The Kubernetes API could not pass on " + requests + " requests to the"
                        + " Service " + service + " within three times the " + over.toSeconds() + " s they were meant to"
                        + " take", "Ask for fewer requests, or over a longer time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a Service was asked", e);
        } finally {
            clock.shutdownNow();
        }
        // A request that came to nothing must not be missing from the sample without a word.
        if (!broken.isEmpty()) {
            throw new EnvironmentNotFit("The Kubernetes API did not pass on " + (requests - answers.size()) + " of "
                    + requests + " requests to the Service " + service + ": " + broken.peek().getMessage(),
                    "See whether the API server is well, and prove again", broken.peek());
        }
        return requirePassedOn(service, requests, List.copyOf(answers));
    }

    private static Sample requirePassedOn(String service, int requests, List<Answer> answers) {
        long lost = answers.stream().filter(Answer::nobodyThere).count() + requests - answers.size();
        if (lost > 0) {
            throw new EnvironmentNotFit("The Kubernetes API did not answer " + lost + " of " + requests
                    + " requests to the Service " + service,
                    "See whether the API server is well and can be reached from here, and prove again");
        }
        return new Sample(answers);
    }

    private Answer send(String path) {
        Instant at = Instant.now();
        long start = System.nanoTime();
        try {
            String body = once.raw(path);
            // raw() has null for 404.
            return body == null
                    ? Answer.received(at, 404, "", since(start))
                    : Answer.received(at, 200, body, since(start));
        } catch (KubernetesClientException refused) {
            return unserved(at, path, refused, since(start));
        }
    }

    /** @throws EnvironmentNotFit if it was the API server itself that refused */
    static Answer unserved(Instant at, String path, KubernetesClientException refused, Duration took) {
        if (ofTheApi(refused)) {
            throw ApiFailure.of("passing on a request to " + path, refused);
        }
        // The client has -1 where there was no answer.
        return refused.getCode() <= 0
                ? Answer.lost(at, Answer.NOT_THERE, took)
                : Answer.received(at, refused.getCode(), "", took);
    }

    /**
     * Whether the API server itself refused, as its own answers say by their reason. A Service with no pod, and a pod that
     * does not answer, it tells of as unavailable: they are the delivery's.
     */
    private static boolean ofTheApi(KubernetesClientException refused) {
        String reason = refused.getStatus() == null ? null : refused.getStatus().getReason();
        boolean delivered = String.valueOf(refused.getMessage()).contains("no endpoints available")
                || String.valueOf(refused.getMessage()).contains("error trying to reach service");
        return reason != null && OWN_REFUSALS.contains(reason) && !delivered;
    }

    /** The port named http, or the first one by its number. */
    private Optional<String> port(String namespace, String name) {
        Service service = client.services().inNamespace(namespace).withName(name).get();
        List<ServicePort> ports = service == null || service.getSpec() == null
                ? List.of()
                : service.getSpec().getPorts();
        return ports.stream().map(ServicePort::getName).filter("http"::equals).findFirst()
                .or(() -> ports.stream().map(port -> String.valueOf(port.getPort())).findFirst());
    }

    private static String path(String namespace, String service, String port) {
        return "/api/v1/namespaces/" + namespace + "/services/" + service + ":" + port + "/proxy/version";
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
