package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.traffic.BackgroundTraffic;
import delivery.traffic.Endpoint;
import delivery.traffic.Page;
import delivery.traffic.Sample;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServiceEntranceTest {

    private static final String SERVICE = "/api/v1/namespaces/shop/services/";
    private static final String UNREADY = "{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 503,"
            + " \"message\": \"no endpoints available for service \\\"shop\\\"\"}";
    private static final String OVERLOADED = "{\"kind\": \"Status\", \"status\": \"Failure\", \"code\": 429,"
            + " \"message\": \"too many requests\"}";

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile String ports = "[{\"name\": \"http\", \"port\": 80}]";
    private volatile MockResponse pods = version("1.0.0");
    private volatile String name = "shop";
    private KubernetesClient client;
    private ServiceEntrance users;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String path = request.getPath();
                if (path.contains("/proxy/")) {
                    asked.incrementAndGet();
                    return path.startsWith(SERVICE) ? pods.clone() : new MockResponse().setResponseCode(404);
                }
                return new MockResponse().setHeader("Content-Type", "application/json").setBody(
                        path.startsWith(SERVICE) ? "{\"spec\": {\"ports\": " + ports + "}}"
                                : "{\"gitVersion\": \"v1.34.1\"}");
            }
        });
        server.start();
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder().withMasterUrl(server.url("/").toString())
                .withRequestRetryBackoffLimit(0).build()).build();
        users = new ServiceEntrance(client, "shop", () -> name);
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.shutdown();
    }

    private static MockResponse version(String version) {
        return new MockResponse().setHeader("Content-Type", "application/json").setHeader("Set-Cookie", "a=b")
                .setBody("{\"version\": \"" + version + "\", \"pod\": \"shop-1\"}");
    }

    @Test
    void eachRequestOfASampleIsOneAndGoesToAPodOfTheService() {
        Sample sample = users.sample(Endpoint.VERSION, 20, 8);
        assertThat(sample.served("1.0.0")).isEqualTo(20);
        assertThat(asked).hasValue(20);
        assertThat(users.cookies()).as("the API server keeps nobody at a pod").isEmpty();
        assertThat(users).hasToString("the Service shop");
        assertThat(users.isRouted()).isFalse();
    }

    @Test
    void theApiServerIsAskedNoFasterThanIsGoodForOthers() {
        Instant begun = Instant.now();
        users.sample(Endpoint.VERSION, 100, 64);
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(900));
        begun = Instant.now();
        users.sample(Endpoint.VERSION, 50, Duration.ofMillis(10));
        assertThat(Duration.between(begun, Instant.now())).isGreaterThan(Duration.ofMillis(450));
    }

    @Test
    void theHistoryTellsTheCommandWithPortAndScheme() {
        assertThat(users.command(Endpoint.VERSION)).isEqualTo("kubectl get --raw " + SERVICE
                + "shop:http/proxy/version");
        assertThat(users.command(Page.naming("1.0.0"))).isEqualTo("kubectl get --raw " + SERVICE + "shop:http/proxy/");
        ports = "[{\"name\": \"grpc\", \"port\": 9000}, {\"name\": \"https-web\", \"port\": 8443}]";
        assertThat(users.command(Endpoint.VERSION)).isEqualTo("kubectl get --raw " + SERVICE
                + "https:shop:https-web/proxy/version");
        ports = "[{\"name\": \"http-metrics\", \"port\": 9090}, {\"name\": \"web\", \"port\": 80}]";
        assertThat(users.command(Endpoint.VERSION)).as("no user asks for measurements")
                .endsWith("/services/shop:80/proxy/version");
        ports = "[{\"name\": \"metrics\", \"port\": 9090}]";
        assertThat(users.command(Endpoint.VERSION)).endsWith("/services/shop:9090/proxy/version");
        ports = "[{\"port\": 8000}]";
        assertThat(users.command(Endpoint.VERSION)).endsWith("/services/shop:8000/proxy/version");
    }

    @Test
    void aServiceWithoutAReadyPodLeavesUsersUnserved() throws InterruptedException {
        pods = new MockResponse().setResponseCode(503).setHeader("Content-Type", "application/json").setBody(UNREADY);
        assertThat(users.ask(Endpoint.VERSION).failure()).contains("HTTP 503");
        assertThat(users.sample(Endpoint.VERSION, 5, 4).failures()).isEqualTo(Map.of("HTTP 503", 5));
        try (BackgroundTraffic load = users.watch(Endpoint.VERSION, Duration.ofMinutes(1), 50)) {
            await(load, 3);
            assertThat(load.stop().failures()).containsOnlyKeys("HTTP 503");
        }
    }

    @Test
    void anApiServerThatDoesNotPassRequestsOnIsNoFindingAboutTheRelease() throws InterruptedException {
        try (BackgroundTraffic load = users.watch(Endpoint.VERSION, Duration.ofMinutes(1), 50);
                BackgroundTraffic seen = users.observe(Endpoint.VERSION, Duration.ofMinutes(1), 50)) {
            await(load, 2);
            pods = new MockResponse().setResponseCode(429).setHeader("Content-Type", "application/json")
                    .setBody(OVERLOADED);
            await(load, load.soFar().size() + 20);
            await(seen, seen.soFar().size() + 20);
            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(load::stop).withMessageContaining("(429)");
            assertThat(seen.soFar().failures()).containsKey("the Kubernetes API did not pass it on");
            assertThat(seen.stop().failures()).as("users do not come through it").isEmpty();
        }
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> users.sample(Endpoint.VERSION, 5, 4));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() ->
                users.watch(Endpoint.VERSION, Duration.ofMinutes(1), 50));
    }

    @Test
    void anApiServerThatHasNoWayToThePodsSaysSo() {
        pods = new MockResponse().setResponseCode(503).setHeader("Content-Type", "application/json").setBody(
                UNREADY.replace("no endpoints available for service \\\"shop\\\"",
                        "error trying to reach service: No agent available"));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> users.ask(Endpoint.VERSION))
                .withMessageContaining("No agent available");
    }

    @Test
    void aPodThatDoesNotAnswerIsNotTheApiServersSilence() {
        pods = new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE);
        assertThat(users.ask(Endpoint.VERSION).failure()).contains("no answer within 10 s");
    }

    @Test
    void usersFollowTheServiceOfTheReleaseAsItIsNow() throws InterruptedException {
        try (BackgroundTraffic load = users.watch(Endpoint.VERSION, Duration.ofMinutes(1), 50)) {
            await(load, 2);
            name = "shop-active";
            pods = version("1.1.0");
            Instant end = Instant.now().plusSeconds(20);
            while (!users.name().equals("shop-active") && Instant.now().isBefore(end)) {
                await(load, load.soFar().size() + 1);
            }
            assertThat(users.command(Endpoint.VERSION)).contains("/services/shop-active:http/");
            assertThat(load.stop().failures()).isEmpty();
        }
    }

    private static void await(BackgroundTraffic load, int answers) throws InterruptedException {
        Instant end = Instant.now().plusSeconds(20);
        while (load.soFar().size() < answers && Instant.now().isBefore(end)) {
            load.endsWithin(Duration.ofMillis(20));
        }
        assertThat(load.soFar().size()).isGreaterThanOrEqualTo(answers);
    }
}
