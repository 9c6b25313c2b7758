package delivery.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.rollout.ReleaseFixture;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;

/** The part of a Kubernetes API that a feed needs, lists and watches, with failures on demand. */
final class FakeApi implements AutoCloseable {

    static final String ROLLOUTS = "rollouts";

    private static final long LONGEST_OPENING_SECONDS = 30;

    /** Answers that replace, in order, those to lists and to new watches of Rollouts. */
    final Queue<MockResponse> lists = new ConcurrentLinkedQueue<>();
    final Queue<MockResponse> watches = new ConcurrentLinkedQueue<>();
    /** The answer to every list of Rollouts, if it is set. */
    volatile MockResponse always;
    /** Number of watches of Rollouts that are closed as soon as they are open. */
    final AtomicInteger closedAtOnce = new AtomicInteger();
    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger listed = new AtomicInteger();
    /** Answers to all requests for other kinds, by their plural. */
    final Map<String, MockResponse> refusals = new ConcurrentHashMap<>();
    private final Set<WebSocket> open = ConcurrentHashMap.newKeySet();
    private final CountDownLatch isOpen = new CountDownLatch(1);
    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final AtomicLong version = new AtomicLong(100);
    private final MockWebServer server = new MockWebServer();

    FakeApi() throws IOException {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                String plural = request.getRequestUrl().pathSegments().get(request.getRequestUrl().pathSize() - 1);
                boolean watched = request.getPath().contains("watch=true");
                if (refusals.containsKey(plural)) {
                    return refusals.get(plural);
                }
                if (!plural.equals(ROLLOUTS)) {
                    return watched ? new MockResponse().withWebSocketUpgrade(new Closing())
                            : json("{\"kind\":\"List\",\"apiVersion\":\"v1\",\"metadata\":{\"resourceVersion\":"
                                    + "\"100\"},"
                                    + "\"items\":[" + objects.getOrDefault(plural, "") + "]}");
                }
                return watched ? watch(request.getRequestUrl().queryParameter("resourceVersion")) : list();
            }
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getPort();
    }

    /** Sets the state without an event. */
    void have(String plural, JsonNode... items) {
        StringBuilder text = new StringBuilder();
        for (JsonNode item : items) {
            text.append(text.isEmpty() ? "" : ",").append(item);
        }
        objects.put(plural, text.toString());
        version.incrementAndGet();
    }

    /** Sends a message to the watch of Rollouts. */
    void send(String message) {
        watched().forEach(socket -> socket.send(message));
    }

    void closeWatches() {
        watched().forEach(socket -> socket.close(1000, null));
    }

    /**
     * Returns the watches that are open on this side. A client sees a watch open earlier, and would miss what is sent
     * between.
     */
    private Set<WebSocket> watched() {
        try {
            assertThat(isOpen.await(LONGEST_OPENING_SECONDS, TimeUnit.SECONDS)).as("a watch of Rollouts is open")
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before a watch of Rollouts was open", e);
        }
        return open;
    }

    /** Returns an event with this resource version. */
    static String event(String type, JsonNode object, long resourceVersion) {
        ObjectNode copy = object.deepCopy();
        ((ObjectNode) copy.path("metadata")).put("resourceVersion", String.valueOf(resourceVersion));
        return "{\"type\":\"" + type + "\",\"object\":" + copy + "}";
    }

    static MockResponse json(String body) {
        return new MockResponse().setHeader("Content-Type", "application/json").setBody(body);
    }

    static MockResponse status(int code, String reason) {
        return json(statusText(code, reason)).setResponseCode(code);
    }

    static String statusText(int code, String reason) {
        return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\",\"reason\":\""
                + reason + "\",\"code\":" + code + ",\"message\":\"" + reason + "\"}";
    }

    private MockResponse list() {
        listed.incrementAndGet();
        MockResponse next = always != null ? always : lists.poll();
        return next != null ? next : json("{\"kind\":\"RolloutList\",\"apiVersion\":\"argoproj.io/v1alpha1\","
                + "\"metadata\":{\"resourceVersion\":\"" + version.get() + "\",\"unknown\":{\"a\":[1]}},"
                + "\"items\":[" + objects.getOrDefault(ROLLOUTS, "") + "]}");
    }

    /** Opens a watch, which first sends the changes since the version that it asks for. */
    private MockResponse watch(String since) {
        opened.incrementAndGet();
        MockResponse next = watches.poll();
        // Decided when the request arrives, and not when this side's thread runs.
        boolean closed = closedAtOnce.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
        Optional<String> missed = Optional.ofNullable(objects.get(ROLLOUTS))
                .filter(is -> !since.equals(version.toString()))
                .map(changed -> event("MODIFIED", ReleaseFixture.json(changed), version.get()));
        return next != null ? next : new MockResponse().withWebSocketUpgrade(new Closing() {
            @Override
            public void onOpen(WebSocket socket, Response response) {
                if (closed) {
                    socket.close(1000, null);
                    return;
                }
                open.add(socket);
                isOpen.countDown();
                missed.ifPresent(socket::send);
            }

            @Override
            public void onClosing(WebSocket socket, int code, String reason) {
                open.remove(socket);
                super.onClosing(socket, code, reason);
            }
        });
    }

    /** A listener that closes when the other side does. */
    private static class Closing extends WebSocketListener {
        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(1000, null);
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
    }
}
