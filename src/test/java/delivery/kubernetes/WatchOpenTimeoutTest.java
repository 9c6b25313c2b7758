package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.history.CallLog;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.SocketPolicy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A watch on an API that answers too late, or never. */
@Timeout(30)
class WatchOpenTimeoutTest {

    private static final int REQUEST_MILLIS = 1_000;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final MockWebServer server = new MockWebServer();
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server.start();
        client = Cluster.client(new ConfigBuilder(Config.empty()).withMasterUrl("http://127.0.0.1:" + server.getPort())
                .withRequestRetryBackoffLimit(0).withRequestTimeout(REQUEST_MILLIS).build(), new CallLog());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.shutdown();
    }

    @Test
    void oneThatIsNotOpenedIsGivenUp() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        assertThatThrownBy(this::watch).isInstanceOf(KubernetesClientException.class).satisfies(late ->
                assertThat(ApiFailure.of("watching the namespaces", late))
                        .hasMessageStartingWith("The Kubernetes API did "
                        + "not answer while watching the namespaces: a watch was not opened within 1000 ms"));
    }

    @Test
    void whoCanDoWithoutItDoes() {
        server.enqueue(new MockResponse().setSocketPolicy(SocketPolicy.NO_RESPONSE));
        server.enqueue(new MockResponse().setHeader("Content-Type", "application/json")
                .setBody("{\"kind\":\"Namespace\",\"apiVersion\":\"v1\",\"metadata\":{\"name\":\"shop\"}}"));
        try (NamespaceFeed feed = new NamespaceFeed(client, "shop")) {
            assertThat(feed.lastKnown()).isPresent();
        }
    }

    @Test
    void oneThatIsOpenedTooLateIsClosedAgain() throws InterruptedException {
        server.enqueue(upgrade().setHeadersDelay(2 * REQUEST_MILLIS, TimeUnit.MILLISECONDS));
        assertThatThrownBy(this::watch).isInstanceOf(KubernetesClientException.class);
        assertThat(next()).isEqualTo("opened");
        assertThat(next()).isEqualTo("closed by the client: 1001");
    }

    /** It also stays open after the time limit for opening it. */
    @Test
    void oneThatIsOpenedInTimeIsHeard() throws InterruptedException {
        server.enqueue(upgrade().setHeadersDelay(REQUEST_MILLIS / 10, TimeUnit.MILLISECONDS));
        Watch watch = watch();
        assertThat(next()).isEqualTo("opened");
        assertThat(events.poll(2 * REQUEST_MILLIS, TimeUnit.MILLISECONDS)).isNull();
        watch.close();
        assertThat(next()).isEqualTo("closed by the client: 1000");
    }

    private String next() throws InterruptedException {
        return events.poll(20, TimeUnit.SECONDS);
    }

    private Watch watch() {
        return client.namespaces().withName("shop").watch(new Watcher<Namespace>() {
            @Override
            public void eventReceived(Action action, Namespace namespace) {
                events.add("heard of " + namespace.getMetadata().getName());
            }

            @Override
            public void onClose(WatcherException cause) {
                events.add("given up: " + cause.getMessage());
            }
        });
    }

    private MockResponse upgrade() {
        return new MockResponse().withWebSocketUpgrade(new WebSocketListener() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                events.add("opened");
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                events.add("closed by the client: " + code);
                socket.close(code, reason);
            }
        });
    }
}
