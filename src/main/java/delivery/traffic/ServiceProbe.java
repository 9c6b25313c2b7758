package delivery.traffic;

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
     */
    public Sample ask(String namespace, String service, int requests) {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("requests must be 1 to 10,000: " + requests);
        }
        Supplier<Answer> request = port(namespace, service)
                .<Supplier<Answer>>map(port -> () -> send(path(namespace, service, port)))
                .orElse(() -> Answer.lost(Instant.now(), "there is no Service " + service + " with a port",
                        Duration.ZERO));
        return new Sample(Stream.generate(request).limit(requests).toList());
    }

    /**
     * Sends requests for {@code /version} at a steady rate over a time, as {@link #ask(String, String, int)} does.
     *
     * @throws IllegalStateException if the thread is interrupted, or the time was too short for so many requests
     */
    public Sample ask(String namespace, String service, int requests, Duration over) {
        Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newScheduledThreadPool(SIDE_BY_SIDE);
        try {
            for (int number = 0; number < requests; number++) {
                clock.schedule(() -> answers.addAll(ask(namespace, service, 1).answers()),
                        over.toNanos() * number / requests, TimeUnit.NANOSECONDS);
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
        return new Sample(List.copyOf(answers));
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
        } catch (KubernetesClientException e) {
            return e.getCode() == 0
                    ? Answer.lost(at, "the Kubernetes API did not answer", since(start))
                    : Answer.received(at, e.getCode(), "", since(start));
        }
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
