package delivery.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.failure.EnvironmentNotFit;
import delivery.gateway.HostEntrance;
import delivery.history.CallLog;
import delivery.traffic.Endpoint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Users who come by a gateway: their page, and the Services behind it that the Kubernetes API is asked for. */
@Timeout(60)
class AudienceOfRouteTest {

    private static final String NAME = "shop-bg-5-abcde";
    private static final String HOST = NAME + ".shop.test";
    private static final Version OLD = new Version("1.0.0", "1.0.0");
    private static final Version NEXT = new Version("1.1.0", "1.1.0");

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger lostPages = new AtomicInteger();
    private volatile String active = OLD.answers();
    private volatile int usersPage = 200;
    private volatile int servicesPage = 200;
    private volatile int gateway = 200;
    private volatile String unreached = "";

    @TempDir
    Path folder;

    private Platform platform;
    private Audience audience;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answer(request.getPath(), HOST.equals(request.getHeader("Host")));
            }
        });
        server.start();
        platform = OneServer.platform(server.url("/").toString(), folder, new CallLog());
        audience = new Audience(platform, NAME, new HostEntrance(platform.gateway(), HOST), Endpoint.VERSION);
    }

    private MockResponse answer(String path, boolean user) {
        MockResponse json = new MockResponse().setHeader("Content-Type", "application/json");
        if (!user && path.contains("/proxy/") && !unreached.isEmpty()) {
            return json.setResponseCode(503).setBody("{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":"
                    + "\"Failure\",\"code\":503,\"message\":\"" + unreached + "\"}");
        }
        if (user && path.equals("/version") || path.endsWith("/proxy/version")) {
            return json.setResponseCode(user ? gateway : 200)
                    .setBody("{\"version\": \"" + active + "\", \"pod\": \"shop-1\"}");
        }
        if (user || path.endsWith("/proxy/")) {
            boolean lost = user && lostPages.getAndDecrement() > 0;
            return new MockResponse().setResponseCode(lost ? 502 : user ? usersPage : servicesPage)
                    .setBody("<p>version " + active + "</p>");
        }
        return json.setBody(path.contains("/services/")
                ? "{\"spec\": {\"ports\": [{\"name\": \"http\", \"port\": 80}]}}"
                : path.equals("/version") ? "{\"gitVersion\":\"v1.36.2\"}" : "{\"items\": []}");
    }

    @AfterEach
    void stop() throws IOException {
        platform.close();
        server.shutdown();
    }

    @Test
    void aPageThatIsAnErrorWithTheNewVersionIsJudged() {
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        assertThat(served(OLD).complaint()).isEmpty();
        assertThat(served(OLD).sentence()).contains("100 of 100 for the page");
        active = NEXT.answers();
        usersPage = 500;
        servicesPage = 500;
        assertThat(served(NEXT).complaint()).contains("Every one of 100 requests to the gateway for the page / must be"
                + " answered by version 1.1.0; 100 failed (HTTP 500)");
    }

    /** A front end may serve the page, and the release only a path: its own Service never had the page. */
    @ParameterizedTest
    @ValueSource(ints = {404, 500})
    void aPageOfAnotherApplicationIsNotJudged(int status) {
        servicesPage = status;
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        usersPage = 500;
        assertThat(served(OLD).complaint()).isEmpty();
        assertThat(served(OLD).sentence()).contains("the page / was not judged");
    }

    /** The application may take only requests for its own hosts. */
    @ParameterizedTest
    @ValueSource(ints = {400, 403, 421})
    void aPageThatOnlyTheServiceRefusesIsNotJudged(int status) {
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        servicesPage = status;
        assertThat(served(OLD).complaint()).isEmpty();
        assertThat(served(OLD).sentence()).contains("the page / was not judged: the Service shop, asked for it"
                + " directly, does not name 1.0.0 alone");
    }

    @Test
    void oneErrorAtTheFirstLookSaysNothingAboutThePage() {
        lostPages.set(2);
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        assertThat(served(OLD).sentence()).contains("100 of 100 for the page");
        usersPage = 404;
        audience.meet(OLD, audience.newcomers(1, 1), Optional.of("shop"));
        assertThat(served(OLD).sentence()).contains("the page / was not judged: HTTP 404");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dial tcp 10.0.0.1:8080: i/o timeout", "dial tcp 10.0.0.1:8080: connect: no route to host",
        "read tcp 10.0.0.9:40000->10.0.0.1:8080: read: connection reset by peer", "EOF"})
    void anApiThatReachesNoPodSaysNothingAboutServices(String why) {
        unreached = "error trying to reach service: " + why;
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> new ServiceReach(audience).require("shop"))
                .withMessageContaining("The Kubernetes API reaches no pod of the Service shop (the API server got no"
                        + " answer from its pod: " + why.replaceFirst(".*: ", "") + "), by which the gateway serves"
                        + " users");
        gateway = 503;
        assertThatCode(() -> new ServiceReach(audience).require("shop")).as("users are not served either")
                .doesNotThrowAnyException();
    }

    @Test
    void anApiThatReachesThePodsOfUsersLeavesTheFindingAlone() {
        assertThatCode(() -> new ServiceReach(audience).require("shop")).doesNotThrowAnyException();
        unreached = "error trying to reach service: dial tcp 10.0.0.1:8080: connect: connection refused";
        assertThatCode(() -> new ServiceReach(audience).require("shop")).as("the pod was reached")
                .doesNotThrowAnyException();
    }

    private ServedUsers served(Version version) {
        return audience.servedOnly(version, List.of(OLD, NEXT), Set.of(), Optional.of("shop"),
                audience.sample(Endpoint.VERSION, 300), (sample, endpoint) -> { });
    }
}
