package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.gateway.Gateway;
import delivery.gateway.HostEntrance;
import delivery.traffic.Endpoint;
import delivery.waiting.Expectation;
import delivery.waiting.Feed;
import delivery.waiting.Outcome;
import delivery.waiting.Subscription;
import delivery.waiting.WaitLimit;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.util.Optional;
import java.util.function.IntFunction;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users of the live release: if they were not served, no criterion fails for it, but the run is not green. */
@Timeout(60)
class LiveUsersTest {

    private final MockWebServer server = new MockWebServer();
    private volatile IntFunction<MockResponse> answers = number -> version("1.0.0");
    private Gateway gateway;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return answers.apply(server.getRequestCount());
            }
        });
        server.start();
        gateway = new Gateway(server.url("/").uri(), Optional.empty());
    }

    @AfterEach
    void stop() throws IOException {
        gateway.close();
        server.shutdown();
    }

    @Test
    void usersWhoAreServedByOtherVersionsAreServed() {
        answers = number -> version(number % 2 == 0 ? "1.0.0" : "2.0.0");
        LiveUsers users = asked(5);

        assertThat(users.unserved()).isEmpty();
        assertThat(users.words()).contains("answered by version 1.0.0").contains("answered by version 2.0.0");
    }

    @Test
    void oneRequestThatFailsIsReported() {
        answers = number -> number == 3 ? new MockResponse().setResponseCode(503) : version("1.0.0");
        LiveUsers users = asked(5);

        assertThat(users.unserved().orElseThrow().getMessage()).contains("Users of the live release were not served")
                .contains("1 of ").contains("1 × HTTP 503").contains("No criterion is judged by that");
        assertThat(users.availability().failed()).hasSize(1);
    }

    @Test
    void ofUsersWhoWereNotServedBeforeNothingIsLearned() {
        answers = number -> new MockResponse().setResponseCode(404);
        LiveUsers users = new LiveUsers(new HostEntrance(gateway, "shop.test"), Endpoint.VERSION).come();
        users.end();

        assertThat(users.unserved()).isEmpty();
        assertThat(users.words()).contains("shop.test did not serve them before the run either: HTTP 404");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    /** Returns users that have sent this many requests and got their answers. */
    private LiveUsers asked(int requests) {
        LiveUsers users = new LiveUsers(new HostEntrance(gateway, "shop.test"), Endpoint.VERSION).come();
        new Waiting(1, (what, elapsed, seen) -> { }).until(new Feed<Integer>() {
            @Override
            public Integer lastKnown() {
                return server.getRequestCount();
            }

            @Override
            public Subscription onChange(Runnable listener) {
                return () -> { };
            }

            @Override
            public String whereToLook() {
                return "the gateway";
            }
        }, Expectation.of("users ask", asked -> asked >= requests ? Outcome.met(asked)
                : Outcome.<Integer>notYet(asked + " requests")), WaitLimit.ROUTE);
        users.end();
        return users;
    }

    private static MockResponse version(String version) {
        return new MockResponse().setHeader("Content-Type", "application/json")
                .setBody("{\"version\":\"" + version + "\"}");
    }
}
