package delivery.kubernetes;

import io.fabric8.kubernetes.client.RequestConfig;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import io.fabric8.kubernetes.client.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * Repeats only reads, as often as the configuration says, if the API answers 429 or 5xx or the connection breaks. The
 * client itself does not distinguish reads from changes: it would also repeat a change, although the first may have
 * been carried out and only its answer lost.
 */
final class ReadRetryClient implements HttpClient {

    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final HttpClient repeating;
    private final HttpClient once;
    private final RequestConfig config;

    /** @param client a client that repeats every request, as this configuration says */
    ReadRetryClient(HttpClient client, RequestConfig config) {
        this.repeating = client;
        this.config = config;
        this.once = client.newBuilder()
                .tag(new RequestConfigBuilder(config).withRequestRetryBackoffLimit(0).build()).build();
    }

    static boolean reads(String method) {
        return READING.contains(method);
    }

    @Override
    public <T> CompletableFuture<HttpResponse<T>> sendAsync(HttpRequest request, Class<T> type) {
        return fitting(request).sendAsync(request, type);
    }

    @Override
    public CompletableFuture<HttpResponse<AsyncBody>> consumeBytes(HttpRequest request,
            AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        return fitting(request).consumeBytes(request, consumer);
    }

    private HttpClient fitting(HttpRequest request) {
        return reads(request.method()) ? repeating : once;
    }

    @Override
    public WebSocket.Builder newWebSocketBuilder() {
        return new WatchOpenTimeout(repeating.newWebSocketBuilder(), Duration.ofMillis(config.getRequestTimeout()));
    }

    @Override
    public HttpRequest.Builder newHttpRequestBuilder() {
        return repeating.newHttpRequestBuilder();
    }

    @Override
    public DerivedClientBuilder newBuilder() {
        return new Derived(repeating.newBuilder(), config);
    }

    @Override
    public boolean isClosed() {
        return repeating.isClosed();
    }

    @Override
    public void close() {
        repeating.close();
    }

    /** Builds clients that never repeat a change either. */
    private static final class Derived implements DerivedClientBuilder {

        private final DerivedClientBuilder builder;
        private RequestConfig config;

        Derived(DerivedClientBuilder builder, RequestConfig config) {
            this.builder = builder;
            this.config = config;
        }

        @Override
        public HttpClient build() {
            return new ReadRetryClient(builder.build(), config);
        }

        @Override
        public DerivedClientBuilder addOrReplaceInterceptor(String name, Interceptor interceptor) {
            builder.addOrReplaceInterceptor(name, interceptor);
            return this;
        }

        @Override
        public DerivedClientBuilder authenticatorNone() {
            builder.authenticatorNone();
            return this;
        }

        @Override
        public DerivedClientBuilder tag(Object value) {
            builder.tag(value);
            if (value instanceof RequestConfig changed) {
                config = changed;
            }
            return this;
        }
    }
}
