package delivery.kubernetes;

import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.text.Ellipsis;
import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps every call that changes something, when its answer is there. */
record CallRecorder(CallLog log) implements Interceptor {

    private static final int LONGEST_BODY = 4096;

    @Override
    public void after(HttpRequest request, HttpResponse<?> response, AsyncBody.Consumer<List<ByteBuffer>> consumer) {
        URI uri = request.uri();
        // To ask whether something is allowed is a POST, too, and changes nothing.
        if (ReadRetryClient.reads(request.method()) || uri.getPath().startsWith("/apis/authorization.k8s.io/")) {
            return;
        }
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        log.record(new RecordedCall(Instant.now(), "kubernetes", request.method(), uri.getPath()
                + query, response.code(), body(request)));
    }

    /**
     * Of a patch, which is a command's, and of a namespace, whose path has no name: other objects may hold a secret.
     */
    private static String body(HttpRequest request) {
        if (!"PATCH".equals(request.method()) && !request.uri().getPath().equals("/api/v1/namespaces")) {
            return "";
        }
        String body = Optional.ofNullable(request.bodyString()).orElse("");
        return Ellipsis.to(LONGEST_BODY, body);
    }
}
