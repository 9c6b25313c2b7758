package delivery.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.proxy.ProxyFault.Kind;
import delivery.proxy.ProxyFault.Peer;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import okhttp3.mockwebserver.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultyProxyTest {

    private static final String HOST = "shop.test";

    private final MockWebServer real = new MockWebServer();
    private final OkHttpClient client = new OkHttpClient.Builder().retryOnConnectionFailure(false).build();

    @BeforeEach
    void start() throws IOException {
        real.start();
    }

    @AfterEach
    void stop() throws IOException {
        real.shutdown();
    }

    @Test
    void whatItIsNotMeantForIsPassedOnAsItIs() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setResponseCode(418).setHeader("X-Tea", "green").setBody("pot"));
        try (FaultyProxy server = server("PUT .*", Kind.REFUSE, 500, 1, 0)) {
            try (Response answer = send(server, "POST", "/order?size=2", "two")) {
                assertThat(answer.code()).isEqualTo(418);
                assertThat(answer.header("X-Tea")).isEqualTo("green");
                assertThat(answer.body().string()).isEqualTo("pot");
            }
        }
        RecordedRequest arrived = real.takeRequest();
        assertThat(arrived.getRequestLine()).isEqualTo("POST /order?size=2 HTTP/1.1");
        assertThat(arrived.getHeader("Host")).isEqualTo(HOST);
        assertThat(arrived.getBody().readUtf8()).isEqualTo("two");
    }

    @Test
    void whatItRefusesDoesNotArrive() throws IOException, InterruptedException {
        real.enqueue(new MockResponse());
        try (FaultyProxy server = server("PATCH /status", Kind.REFUSE, 403, 1, 1)) {
            assertThat(code(server, "PATCH", "/status", "{}")).as("let through first").isEqualTo(200);
            assertThat(server.misconducts()).isZero();
            assertThat(code(server, "PATCH", "/status", "{}")).isEqualTo(403);
            assertThat(server.misconducts()).isEqualTo(1);
        }
        assertThat(real.getRequestCount()).isEqualTo(1);
    }

    @Test
    void oneOfSomeFails() throws IOException, InterruptedException {
        real.enqueue(new MockResponse());
        real.enqueue(new MockResponse());
        try (FaultyProxy server = server(null, Kind.REFUSE, 502, 3, 0)) {
            assertThat(code(server, "GET", "/", null)).isEqualTo(200);
            assertThat(code(server, "GET", "/", null)).isEqualTo(200);
            assertThat(code(server, "GET", "/", null)).isEqualTo(502);
        }
    }

    @Test
    void whatItIgnoresArrivesAsAQuestion() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setBody("as it is"));
        try (FaultyProxy server = server("PATCH .*", Kind.IGNORE, 0, 1, 0);
                Response answer = send(server, "PATCH", "/status", "{\"change\":1}")) {
            assertThat(answer.body().string()).isEqualTo("as it is");
        }
        RecordedRequest arrived = real.takeRequest();
        assertThat(arrived.getRequestLine()).isEqualTo("GET /status HTTP/1.1");
        assertThat(arrived.getBodySize()).isZero();
    }

    @Test
    void anAnswerIsRememberedIfItWasGood() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setResponseCode(404));
        real.enqueue(new MockResponse().setBody("1"));
        try (FaultyProxy server =
                new FaultyProxy(new ProxyFault(Peer.GATEWAY, null, Kind.REMEMBER, 0, 0, 0, 60_000, null,
                null), real())) {
            assertThat(code(server, "GET", "/version", null)).isEqualTo(404);
            assertThat(code(server, "GET", "/version", null)).isEqualTo(200);
            try (Response answer = send(server, "GET", "/version", null)) {
                assertThat(answer.body().string()).isEqualTo("1");
            }
        }
        assertThat(real.getRequestCount()).isEqualTo(2);
    }

    @Test
    void theAnswerBeforeComesBackForAMomentOnce() {
        Relapse relapse = new Relapse(Pattern.compile("v\\d"), 700);
        assertThat(given(relapse, "v1 a", 50, 0)).containsOnly("v1 a");
        List<String> after = new ArrayList<>(given(relapse, "v2", 39, 1000));
        after.addAll(given(relapse, "v2", 2, 1100));
        after.addAll(given(relapse, "v2", 60, 1800));
        assertThat(after.subList(0, 39)).containsOnly("v2");
        assertThat(after.subList(39, 41)).containsOnly("v1 a");
        assertThat(after.subList(41, 101)).containsOnly("v2");
    }

    private static List<String> given(Relapse relapse, String real, int times, long now) {
        return IntStream.range(0, times)
                .mapToObj(unused -> relapse.answer("shop", Buffer.buffer(real), now).toString()).toList();
    }

    @Test
    void aRelapseIsAnsweredByTheProxy() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setBody("version 1, longer"));
        IntStream.range(0, 40).forEach(unused -> real.enqueue(new MockResponse().setBody("version 2")));
        List<String> answers = new ArrayList<>();
        try (FaultyProxy server = new FaultyProxy(new ProxyFault(Peer.GATEWAY, null, Kind.RELAPSE, 0, 0, 0, 60_000,
                "version \\d", null), real())) {
            for (int request = 0; request < 41; request++) {
                try (Response answer = send(server, "GET", "/version", null)) {
                    answers.add(answer.body().string());
                }
            }
        }
        assertThat(answers.subList(1, 40)).containsOnly("version 2");
        assertThat(answers.get(40)).isEqualTo("version 1, longer");
    }

    @Test
    void anOutageIsAnsweredByTheProxy() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setBody("version 1"));
        IntStream.range(0, 40).forEach(unused -> real.enqueue(new MockResponse().setBody("version 2")));
        List<Integer> codes = new ArrayList<>();
        try (FaultyProxy server = new FaultyProxy(new ProxyFault(Peer.GATEWAY, null, Kind.RELAPSE, 503, 0, 0, 60_000,
                "version \\d", null), real())) {
            for (int request = 0; request < 41; request++) {
                codes.add(code(server, "GET", "/version", null));
            }
        }
        assertThat(codes.subList(0, 40)).containsOnly(200);
        assertThat(codes.get(40)).isEqualTo(503);
    }

    @Test
    void whoWasServedOnceKeepsTheCookie() throws IOException, InterruptedException {
        real.enqueue(new MockResponse().setHeader("Set-Cookie", "route=a; Path=/"));
        real.enqueue(new MockResponse());
        try (FaultyProxy server = server(null, Kind.STICK, 0, 1, 0)) {
            code(server, "GET", "/", null);
            code(server, "GET", "/", null);
        }
        real.takeRequest();
        assertThat(real.takeRequest().getHeader("Cookie")).isEqualTo("route=a");
    }

    @Test
    void aBodyIsReplaced() throws IOException, InterruptedException {
        real.enqueue(new MockResponse());
        try (FaultyProxy server = new FaultyProxy(new ProxyFault(Peer.KUBERNETES, "PATCH .*", Kind.REPLACE, 0, 0, 0, 0,
                "shop:1\\.0", "shop:0.9.1"), real())) {
            code(server, "PATCH", "/", "{\"image\":\"shop:1.0\"}");
        }
        assertThat(real.takeRequest().getBody().readUtf8()).isEqualTo("{\"image\":\"shop:0.9.1\"}");
    }

    @Test
    void whatItDropsGetsNoAnswer() throws InterruptedException {
        try (FaultyProxy server = server(null, Kind.DROP, 0, 1, 0)) {
            assertThatThrownBy(() -> code(server, "GET", "/", null)).isInstanceOf(IOException.class);
        }
        assertThat(real.getRequestCount()).isZero();
    }

    private FaultyProxy server(String requests, Kind does, int status, int every, int after)
            throws InterruptedException {
        return new FaultyProxy(new ProxyFault(Peer.GATEWAY, requests, does, status, every, after, 0, null, null),
                real());
    }

    private FaultyProxy.Real real() {
        return new FaultyProxy.Real(URI.create("http://127.0.0.1:" + real.getPort()), Optional.empty(),
                Optional.empty());
    }

    private int code(FaultyProxy server, String method, String path, String body) throws IOException {
        try (Response answer = send(server, method, path, body)) {
            return answer.code();
        }
    }

    private Response send(FaultyProxy server, String method, String path, String body) throws IOException {
        return client.newCall(new Request.Builder().url(server.address() + path).header("Host", HOST)
                .method(method, body == null ? null : RequestBody.create(body, MediaType.get("application/json")))
                .build()).execute();
    }
}
