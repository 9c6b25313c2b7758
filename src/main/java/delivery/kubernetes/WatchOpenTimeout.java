package delivery.kubernetes;

import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens a watch within a time limit or fails. Without it, a wait for a watch that is closed right after it was opened
 * may never end: if the close comes before the client has registered its listener, the client's
 * {@code VertxWebSocket.init} throws "WebSocket is closed", and nothing completes the future.
 */
record WatchOpenTimeout(WebSocket.Builder builder, Duration atMost) implements WebSocket.Builder {

    private static final int GOING_AWAY = 1001;

    /**
     * Fails with an exception that the client treats as a refusal, so that the watcher lists again and retries. With
     * any other kind of exception it would first try the same by a plain request.
     */
    @Override
    public CompletableFuture<WebSocket> buildAsync(WebSocket.Listener listener) {
        CompletableFuture<WebSocket> opened = new CompletableFuture<>();
        CompletableFuture.delayedExecutor(atMost.toMillis(), TimeUnit.MILLISECONDS).execute(() ->
                opened.completeExceptionally(new KubernetesClientException("A watch was not opened in time",
                        new TimeoutException("a watch was not opened within " + atMost.toMillis() + " ms"))));
        builder.buildAsync(listener).whenComplete((socket, failure) -> {
            boolean inTime = failure == null ? opened.complete(socket) : opened.completeExceptionally(failure);
            if (!inTime && socket != null) {
                socket.sendClose(GOING_AWAY, null);
            }
        });
        return opened;
    }

    @Override
    public WebSocket.Builder subprotocol(String protocol) {
        builder.subprotocol(protocol);
        return this;
    }

    @Override
    public WebSocket.Builder header(String name, String value) {
        builder.header(name, value);
        return this;
    }

    @Override
    public WebSocket.Builder setHeader(String name, String value) {
        builder.setHeader(name, value);
        return this;
    }

    @Override
    public WebSocket.Builder uri(URI uri) {
        builder.uri(uri);
        return this;
    }

    @Override
    public WebSocket.Builder connectTimeout(long timeout, TimeUnit unit) {
        builder.connectTimeout(timeout, unit);
        return this;
    }
}
