package delivery.parity;

import delivery.kubernetes.Cluster;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import okhttp3.mockwebserver.Dispatcher;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import okio.Buffer;

/**
 * A proxy on the loopback before the API server that records the calls of one client. It passes each call on unchanged,
 * except that it adds an audit id, by which the call is found in the API server's audit log.
 */
final class Wiretap implements AutoCloseable {

    /** Header from which an API server takes the id of its audit event. */
    private static final String AUDIT_ID = "Audit-ID";
    private static final List<String> PASSED_ON = List.of("Accept", "User-Agent");
    private static final long LONGEST_SECONDS = 20;

    /**
     * A recorded call.
     *
     * @param target      path and query
     * @param contentType null if there is none
     * @param status      status of the API server's answer; 0 if there was none
     */
    record Heard(String auditId, String method, String target, String contentType, String body, int status) {
    }

    private final KubernetesClient client;
    private final MockWebServer server = new MockWebServer();
    private final List<Heard> heard = new CopyOnWriteArrayList<>();

    Wiretap(Cluster cluster) throws IOException {
        Config config = new ConfigBuilder(cluster.client().getConfiguration()).build();
        // Without this the client would replace the User-Agent that is passed on with its own.
        config.setUserAgent("");
        this.client = new KubernetesClientBuilder().withConfig(config).build();
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) throws InterruptedException {
                return passOn(request);
            }
        });
        server.start(InetAddress.getLoopbackAddress(), 0);
    }

    /** Writes a kubeconfig whose server is this proxy. */
    Path kubeconfig(Path file) throws IOException {
        return Files.writeString(file, """
                apiVersion: v1
                kind: Config
                current-context: tap
                contexts: [{name: tap, context: {cluster: tap, user: tap}}]
                clusters: [{name: tap, cluster: {server: "http://127.0.0.1:%d"}}]
                users: [{name: tap, user: {}}]
                """.formatted(server.getPort()));
    }

    /** Returns the calls that change something and were not taken before, in their order. */
    List<Heard> take() {
        List<Heard> taken = heard.stream().filter(call -> !call.method().equals("GET")).toList();
        heard.clear();
        return taken;
    }

    private MockResponse passOn(RecordedRequest request) throws InterruptedException {
        String auditId = UUID.randomUUID().toString();
        String body = request.getBody().readUtf8();
        String contentType = request.getHeader("Content-Type");
        String base = client.getMasterUrl().toString().replaceFirst("/+$", "");
        HttpRequest.Builder sent = client.getHttpClient().newHttpRequestBuilder()
                .uri(base + request.getPath()).method(request.getMethod(), contentType, body.isEmpty() ? null : body);
        PASSED_ON.forEach(name -> Optional.ofNullable(request.getHeader(name))
                .ifPresent(value -> sent.setHeader(name, value)));
        try {
            HttpResponse<byte[]> answer = client.getHttpClient()
                    .sendAsync(sent.setHeader(AUDIT_ID, auditId).build(), byte[].class)
                    .get(LONGEST_SECONDS, TimeUnit.SECONDS);
            heard.add(new Heard(auditId, request.getMethod(), request.getPath(), contentType, body, answer.code()));
            return new MockResponse().setResponseCode(answer.code()).setBody(new Buffer().write(answer.body()))
                    .setHeader("Content-Type", Optional.ofNullable(answer.header("Content-Type")).orElse("text/plain"));
        } catch (ExecutionException | TimeoutException broken) {
            heard.add(new Heard(auditId, request.getMethod(), request.getPath(), contentType, body, 0));
            return new MockResponse().setResponseCode(502).setBody(broken.toString());
        }
    }

    @Override
    public void close() throws IOException {
        server.shutdown();
        client.close();
    }
}
