package delivery.kubernetes;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import delivery.traffic.PacedRequests;
import delivery.traffic.Sample;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.Status;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Client;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.InterruptedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Requests a Service's version through the Kubernetes API, for Services that the gateway does not serve, such as a
 * preview. The API server chooses one of the ready pods for each request.
 */
public final class ServiceProbe {

    private static final int MOST_REQUESTS = 10_000;
    private static final int SIDE_BY_SIDE = 4;
    private static final int MOST_CAUSES = 10;
    private static final Duration DELAY = Duration.ofSeconds(10);
    /** The messages of API servers that have no route to any pod (konnectivity, SSH tunnels). */
    private static final Pattern NO_WAY = Pattern.compile("(?i)no agents? available|no SSH tunnels");
    /** The message of an API server that got no answer from a pod; one that was refused did reach it. */
    private static final Pattern OUT_OF_REACH =
            Pattern.compile("error trying to reach service: (?!.*connection refused)(.*)", Pattern.DOTALL);
    private static final String UNREACHED = "the API server got no answer from its pod: ";
    /** Names of ports that are not meant for users. */
    private static final Pattern ASIDE =
            Pattern.compile("(?i).*(metrics|prom|monitor|admin|management|health|probe|debug|grpc).*");

    private final KubernetesClient client;
    private final Client once;
    private final Endpoint version;

    /** @param version the endpoint at which the application reports its version */
    public ServiceProbe(KubernetesClient client, Endpoint version) {
        this.client = client;
        this.version = version;
        // The client would repeat a failed request, and so hide the failure.
        once = client.newClient(new RequestConfigBuilder(client.getConfiguration().getRequestConfig())
                .withRequestRetryBackoffLimit(0)
                .build());
    }

    /**
     * Sends requests for the version, one after the other. The answers include every failure, even that of a missing
     * Service.
     *
     * @param requests 1 to 10,000
     * @throws EnvironmentNotFit if the Kubernetes API itself does not answer or refuses, which says nothing about the
     *                           Service
     */
    public Sample ask(String namespace, String service, int requests) {
        return ask(namespace, service, version, requests);
    }

    /** Sends requests for another endpoint. */
    public Sample ask(String namespace, String service, Endpoint endpoint, int requests) {
        if (requests < 1 || requests > MOST_REQUESTS) {
            throw new IllegalArgumentException("requests must be 1 to 10,000: " + requests);
        }
        return new Sample(Stream.generate(request(namespace, service, endpoint)).limit(requests).toList());
    }

    /** Returns requests to the Service as it is now: a lookup before each one would double the number of requests. */
    Supplier<Answer> request(String namespace, String service, Endpoint endpoint) {
        return target(namespace, service)
                .<Supplier<Answer>>map(target -> () -> send(proxied(namespace, target, endpoint), endpoint))
                .orElse(() -> Answer.lost(Instant.now(), "there is no Service " + service + " with a port",
                        Duration.ZERO));
    }

    /**
     * Sends requests for the version at a steady rate over a time, like {@link #ask(String, String, int)}.
     *
     * @throws EnvironmentNotFit as that method does, and if they took longer than three times that time and ten seconds
     * @throws IllegalStateException if the thread is interrupted
     */
    public Sample ask(String namespace, String service, int requests, Duration over) {
        Duration longest = over.multipliedBy(3).plus(DELAY);
        return new Sample(new PacedRequests(requests, over, SIDE_BY_SIDE, longest)
                .ask(request(namespace, service, version), () ->
                new EnvironmentNotFit("The Kubernetes API could not pass on " + requests + " requests to the Service "
                        + service + " within " + longest.toSeconds() + " s; they were meant to take "
                        + over.toSeconds() + " s", "Ask for fewer requests, or over a longer time")));
    }

    private Answer send(String path, Endpoint endpoint) {
        Instant at = Instant.now();
        long start = System.nanoTime();
        try {
            HttpResponse<String> answer = get(path, endpoint);
            Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            answer.headers().forEach((name, values) -> headers.put(name, values.get(0)));
            return endpoint.read(at, answer.code(), answer.body(), headers, since(start));
        } catch (KubernetesClientException e) {
            // The client reports -1 if there was no answer.
            if (e.getCode() <= 0 && isLate(e) && apiAnswers()) {
                return Answer.lost(at, Answer.late(Answer.LIMIT), since(start));
            }
            if (e.getCode() <= 0 || isOfTheApi(e)) {
                throw ApiFailure.of("asking a Service for its version by GET " + path, e);
            }
            Matcher unreached = OUT_OF_REACH.matcher(message(e));
            if (unreached.matches()) {
                return Answer.lost(at, UNREACHED + unreached.group(1).replaceFirst(".*: ", ""), since(start));
            }
            return endpoint.read(at, e.getCode(), "", Map.of(), since(start));
        }
    }

    /** Sends a GET like the client's {@code raw}, which returns neither the answer's code nor its headers. */
    private HttpResponse<String> get(String path, Endpoint endpoint) {
        HttpClient http = once.getHttpClient();
        HttpRequest request = http.newHttpRequestBuilder().uri(URI.create(once.getMasterUrl()
                + path.substring(1))).header("Accept", endpoint.accept()).build();
        try {
            HttpResponse<String> answer = http.sendAsync(request, String.class)
                    .get(Answer.LIMIT.toSeconds(), TimeUnit.SECONDS);
            if (!answer.isSuccessful()) {
                throw new KubernetesClientException(status(answer));
            }
            return answer;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a Service was asked", interrupted);
        } catch (ExecutionException | TimeoutException failed) {
            throw new KubernetesClientException("GET " + path + " failed: " + failed.getMessage(), failed);
        }
    }

    private static boolean isLate(KubernetesClientException failed) {
        return Stream.<Throwable>iterate(failed, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES)
                .anyMatch(cause -> cause instanceof TimeoutException || cause instanceof InterruptedIOException);
    }

    /** Whether the API server answers. If not, a missing answer may be its fault instead of the pod's. */
    private boolean apiAnswers() {
        try {
            once.raw("/version");
            return true;
        } catch (KubernetesClientException refused) {
            return refused.getCode() > 0;
        }
    }

    private static Status status(HttpResponse<String> answer) {
        try {
            Status own = Serialization.unmarshal(answer.body(), Status.class);
            if (own != null && own.getCode() != null) {
                return own;
            }
        } catch (RuntimeException none) {
            // A pod's answer is not a Status and is reported by its code.
        }
        return new StatusBuilder().withCode(answer.code()).build();
    }

    /**
     * Whether the API server itself refused. A pod's answer is not a Status of the server; and the server's Status of
     * code 503 is about a Service without a ready pod, or a pod that it cannot reach, and not a refusal (apiserver,
     * pkg/util/proxy and pkg/endpoints/handlers/responsewriters).
     */
    private static boolean isOfTheApi(KubernetesClientException refused) {
        Status status = refused.getStatus();
        String message = message(refused);
        boolean own = status != null && "Failure".equals(status.getStatus());
        if (own && NO_WAY.matcher(message).find()) {
            return true;
        }
        boolean ofTheService = refused.getCode() == 404 || refused.getCode() == 503
                && (message.contains("no endpoints available") || message.contains("error trying to reach service"));
        return own && !ofTheService;
    }

    private static String message(KubernetesClientException refused) {
        Status status = refused.getStatus();
        return status == null || status.getMessage() == null ? "" : status.getMessage();
    }

    /** Whether an answer may be missing because the API server has no way to the pods of the Service. */
    public boolean isOutOfReach(Answer answer) {
        return answer.isLate() || answer.failure().filter(why -> why.startsWith(UNREACHED)).isPresent();
    }

    /**
     * Returns the path of a Service in the API: {@code /api/v1/namespaces/shop/services/sample-api:http/proxy/version}.
     * That of a missing Service, or one without a port, contains no port.
     *
     * @throws EnvironmentNotFit if the Kubernetes API does not answer or refuses
     */
    public String path(String namespace, String service) {
        return path(namespace, service, version);
    }

    /** Returns the path for another endpoint. */
    String path(String namespace, String service, Endpoint endpoint) {
        return proxied(namespace, target(namespace, service).orElse(service + ":"), endpoint);
    }

    /** Returns the name in the API's path: {@code shop:http}, {@code https:shop:8443}; empty without a port. */
    private Optional<String> target(String namespace, String name) {
        Service service;
        try {
            service = client.services().inNamespace(namespace).withName(name).get();
        } catch (KubernetesClientException e) {
            throw ApiFailure.of("reading the Service " + name + " of " + namespace, e);
        }
        List<ServicePort> ports = service == null || service.getSpec() == null
                ? List.of()
                : service.getSpec().getPorts();
        return port(ports).map(port -> (isTls(port) ? "https:" : "") + name + ":" + (isHttp(port) ? port.getName()
                : String.valueOf(port.getPort())));
    }

    /** Returns the port named http, one whose name begins so, or the first; ports not meant for users come last. */
    private static Optional<ServicePort> port(List<ServicePort> all) {
        List<ServicePort> users = all.stream().filter(port -> !ASIDE.matcher(String.valueOf(port.getName())).matches()
                && !List.of("UDP", "SCTP").contains(String.valueOf(port.getProtocol()))).toList();
        List<ServicePort> ports = users.isEmpty() ? all : users;
        return ports.stream().filter(port -> "http".equals(port.getName())).findFirst()
                .or(() -> ports.stream().filter(ServiceProbe::isHttp).findFirst())
                .or(() -> ports.stream().findFirst());
    }

    private static boolean isHttp(ServicePort port) {
        return port.getName() != null && port.getName().startsWith("http");
    }

    /** The API server speaks TLS to pods only on request. */
    private static boolean isTls(ServicePort port) {
        return "https".equals(port.getAppProtocol())
                || isHttp(port) && port.getName().startsWith("https");
    }

    private static String proxied(String namespace, String target, Endpoint endpoint) {
        return "/api/v1/namespaces/" + namespace + "/services/" + target + "/proxy" + endpoint.path();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
