package delivery.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.traffic.Endpoint;
import delivery.traffic.Page;
import delivery.traffic.Sample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Users with cookies at a gateway whose router may use these cookies or not. */
class UsersTest {

    private static final String HOST = "can-3.sample-api.test";

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger requests = new AtomicInteger();
    private final Users users = new Users(HOST);
    private volatile int weight;
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        server.start();
        gateway = new Gateway(URI.create("http://localhost:" + server.getPort()), Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.shutdown();
    }

    /** Without cookies, half of the requests would reach the new version and hide that no user stays on it. */
    @Test
    void whoWasSentToAVersionStaysThereByHisCookie() {
        answers(request -> {
            String cookie = request.getHeader("Cookie");
            String version = cookie != null ? cookie.replaceFirst(".*route=", "") : byWeight();
            return version(version).addHeader("Set-Cookie", "route=" + version + "; Path=/; HttpOnly");
        });

        assertThat(gateway.sample(users, Endpoint.VERSION, 40, 4).byVersion()).isEqualTo(Map.of("1", 40));
        weight = 50;
        Sample again = gateway.sample(users, Endpoint.VERSION, 40, 4);

        assertThat(again.byVersion()).isEqualTo(Map.of("1", 40));
        assertThat(again.stayed()).isEqualTo(40);
        assertThat(users.cookies()).containsExactly("route");
        assertThat(gateway.sample(new Users(HOST), Endpoint.VERSION, 40, 4).byVersion())
                .as("users who come now").containsKeys("1", "2");
        assertThat(gateway.sample(users, Endpoint.VERSION, 20, Duration.ofMillis(100)).byVersion())
                .as("over a time, too").isEqualTo(Map.of("1", 20));
    }

    @Test
    void aCookieThatTheRouterMakesNoUseOfKeepsNobody() {
        answers(request -> version(byWeight()).addHeader("Set-Cookie", "session=" + requests.get() + "; Path=/"));

        gateway.sample(users, Endpoint.VERSION, 40, 4);
        weight = 50;
        Sample again = gateway.sample(users, Endpoint.VERSION, 40, 4);

        assertThat(again.served("2")).isBetween(15, 25);
        assertThat(again.stayed()).isLessThan(40);
        assertThat(again.cookies()).containsExactly("session");
    }

    @Test
    void withoutCookiesARequestIsAsItEverWas() throws InterruptedException {
        answers(request -> version("1"));

        gateway.sample(users, Endpoint.VERSION, 10, 2);
        gateway.sample(users, Endpoint.VERSION, 10, 2);

        assertThat(users.cookies()).isEmpty();
        assertThat(requests).as("with one before each sample").hasValue(22);
        for (int request = 0; request < 22; request++) {
            assertThat(server.takeRequest().getHeader("Cookie")).isNull();
        }
    }

    @Test
    void aCookieIsReplacedOutlivedAndSentWhereItBelongs() {
        answers(request -> switch (request.getPath() + requests.get()) {
            case "/version2" -> version("1").addHeader("Set-Cookie", "a=1")
                    .addHeader("Set-Cookie", "b=1; Path=/elsewhere");
            case "/version4" -> version(String.valueOf(request.getHeader("Cookie"))).addHeader("Set-Cookie", "a=2");
            case "/version6" -> version(String.valueOf(request.getHeader("Cookie")))
                    .addHeader("Set-Cookie", "a=; Max-Age=0");
            default -> version(String.valueOf(request.getHeader("Cookie")));
        });

        assertThat(gateway.sample(users, Endpoint.VERSION, 1, 1).byVersion()).containsOnlyKeys("1");
        assertThat(gateway.sample(users, Endpoint.VERSION, 1, 1).byVersion()).containsOnlyKeys("a=1");
        assertThat(gateway.sample(users, Endpoint.VERSION, 1, 1).byVersion()).containsOnlyKeys("a=2");
        assertThat(gateway.sample(users, Endpoint.VERSION, 1, 1).byVersion()).containsOnlyKeys("null");
    }

    @Test
    void thePageIsAskedForLikeThis() {
        answers(request -> request.getPath().equals("/")
                ? new MockResponse().setBody("<title>shop</title> Version <b>v1.0.0</b>.") : version("1.1.0"));
        Page page = Page.naming("1.0.0", "1.1.0");

        assertThat(gateway.sample(users, page, 5, 1).byVersion()).isEqualTo(Map.of("1.0.0", 5));
        assertThat(gateway.ask(HOST, page).version()).contains("1.0.0");
    }

    private String byWeight() {
        return weight > 0 && requests.get() % 2 == 0 ? "2" : "1";
    }

    private void answers(Function<RecordedRequest, MockResponse> answer) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public synchronized MockResponse dispatch(RecordedRequest request) {
                requests.incrementAndGet();
                return answer.apply(request);
            }
        });
    }

    private static MockResponse version(String version) {
        return new MockResponse().setBody("{\"version\": \"" + version + "\"}");
    }
}
