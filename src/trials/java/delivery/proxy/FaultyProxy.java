package delivery.proxy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.streams.ReadStream;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyRequest;
import io.vertx.httpproxy.ProxyResponse;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import okhttp3.tls.HeldCertificate;

/**
 * A proxy on the loopback between the suite and a server that has one fault, and passes everything else on unchanged,
 * watches included. It speaks TLS, with a certificate of its own, if the server does.
 */
public final class FaultyProxy implements AutoCloseable {

    private static final int SECONDS_TO_START = 10;

    /**
     * The address of the real server, and the certificates to reach it.
     *
     * @param certificate PEM of the authority that verifies the server's certificate; empty for plain HTTP
     * @param client      PEM of the certificate and key that authenticate the suite; empty if the server needs none
     */
    public record Real(URI address, Optional<String> certificate, Optional<String[]> client) {
    }

    private final Vertx vertx = Vertx.vertx();
    private final HeldCertificate own = new HeldCertificate.Builder().addSubjectAlternativeName("127.0.0.1").build();
    private final HttpServer server;
    private final boolean tls;
    private final Interceptor interceptor;

    /** Begins to listen. */
    public FaultyProxy(ProxyFault misconduct, Real real) throws InterruptedException {
        tls = real.certificate().isPresent();
        interceptor = new Interceptor(vertx, misconduct);
        HttpClientOptions options = new HttpClientOptions().setMaxPoolSize(64).setSsl(tls);
        real.certificate().ifPresent(authority ->
                options.setTrustOptions(new PemTrustOptions().addCertValue(Buffer.buffer(authority))));
        real.client().ifPresent(pair -> options.setKeyCertOptions(new PemKeyCertOptions()
                .addCertValue(Buffer.buffer(pair[0])).addKeyValue(Buffer.buffer(pair[1]))));
        HttpServerOptions listening = new HttpServerOptions().setHost("127.0.0.1").setPort(0).setSsl(tls)
                .setMaxWebSocketFrameSize(16 * 1024 * 1024);
        if (tls) {
            listening.setKeyCertOptions(new PemKeyCertOptions().addCertValue(Buffer.buffer(own.certificatePem()))
                    .addKeyValue(Buffer.buffer(own.privateKeyPkcs8Pem())));
        }
        int port = real.address().getPort() > 0 ? real.address().getPort() : tls ? 443 : 80;
        HttpProxy proxy = HttpProxy.reverseProxy(vertx.createHttpClient(options)).origin(port, real.address().getHost())
                .addInterceptor(interceptor);
        server = vertx.createHttpServer(listening).requestHandler(proxy);
        try {
            server.listen().toCompletionStage().toCompletableFuture().get(SECONDS_TO_START, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException failed) {
            vertx.close();
            throw new IllegalStateException("The server in between could not be started", failed);
        }
    }

    /** Returns the address of the proxy. */
    public URI address() {
        return URI.create((tls ? "https" : "http") + "://127.0.0.1:" + server.actualPort());
    }

    /** Returns the number of requests that the fault has applied to so far. */
    public int misconducts() {
        return interceptor.done.get();
    }

    /** Returns the proxy's own certificate as PEM. */
    public String certificate() {
        return own.certificatePem();
    }

    @Override
    public void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private static final class Interceptor implements ProxyInterceptor {

        private record Remembered(long since, int status, String type, Buffer body) {
        }

        private final Vertx vertx;
        private final ProxyFault misconduct;
        private final Pattern requests;
        private final AtomicInteger seen = new AtomicInteger();
        private final AtomicInteger done = new AtomicInteger();
        private final Map<String, Remembered> remembered = new ConcurrentHashMap<>();
        private final Map<String, String> cookies = new ConcurrentHashMap<>();
        private final Relapse relapse;

        Interceptor(Vertx vertx, ProxyFault misconduct) {
            this.vertx = vertx;
            this.misconduct = misconduct;
            this.requests = Pattern.compile(misconduct.requests());
            this.relapse = new Relapse(Pattern.compile(String.valueOf(misconduct.text())), misconduct.millis());
        }

        @Override
        public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
            ProxyRequest request = context.request();
            // A gateway routes by the host that the user asks for.
            request.setAuthority(request.proxiedRequest().authority());
            if (!applies(request)) {
                return context.sendRequest();
            }
            done.incrementAndGet();
            return switch (misconduct.does()) {
                case REFUSE -> Future.succeededFuture(answer(request, misconduct.status(), "application/json",
                        Buffer.buffer(refusal())));
                case IGNORE -> ignore(context);
                case DELAY -> delay(context);
                case REMEMBER -> remembered(context);
                case RELAPSE -> relapse(context);
                case STICK -> stick(context);
                case REPLACE -> read(request.getBody().stream()).compose(body -> {
                    Buffer replaced = Buffer.buffer(body.toString().replaceAll(misconduct.text(), misconduct.with()));
                    request.setBody(Body.body(replaced));
                    request.putHeader("Content-Length", String.valueOf(replaced.length()));
                    return context.sendRequest();
                });
                case DROP -> {
                    request.proxiedRequest().connection().close();
                    yield Future.failedFuture("dropped");
                }
            };
        }

        private boolean applies(ProxyRequest request) {
            String path = request.getURI().replaceFirst("\\?.*", "");
            if (!requests.matcher(request.getMethod() + " " + path).matches()) {
                return false;
            }
            int number = seen.incrementAndGet() - misconduct.after();
            return number > 0 && number % misconduct.every() == 0;
        }

        private String refusal() {
            return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"status\":\"Failure\",\"code\":" + misconduct.status()
                    + ",\"reason\":\"Refused\",\"message\":\"refused by the server in between\","
                    + "\"errors\":[{\"code\":\"DENIED\",\"message\":\"refused by the server in between\"}]}";
        }

        private static ProxyResponse answer(ProxyRequest request, int status, String type, Buffer body) {
            request.release();
            return request.response().setStatusCode(status).putHeader("Content-Type", type).setBody(Body.body(body));
        }

        private static Future<ProxyResponse> ignore(ProxyContext context) {
            ProxyRequest request = context.request();
            request.proxiedRequest().resume();
            request.setMethod(HttpMethod.GET).setBody(Body.body(Buffer.buffer()));
            request.headers().remove("Content-Type").remove("Content-Length");
            return context.sendRequest();
        }

        private Future<ProxyResponse> delay(ProxyContext context) {
            Promise<ProxyResponse> later = Promise.promise();
            vertx.setTimer(misconduct.millis(), timer -> context.sendRequest().onComplete(later));
            return later.future();
        }

        private Future<ProxyResponse> remembered(ProxyContext context) {
            ProxyRequest request = context.request();
            String key = request.proxiedRequest().authority() + request.getURI();
            Remembered known = remembered.get(key);
            if (known != null && System.currentTimeMillis() - known.since() < misconduct.millis()) {
                return Future.succeededFuture(answer(request, known.status(), known.type(), known.body()));
            }
            return context.sendRequest().compose(response -> read(response.getBody().stream()).map(body -> {
                if (response.getStatusCode() == 200) {
                    remembered.put(key, new Remembered(System.currentTimeMillis(), response.getStatusCode(),
                            String.valueOf(response.headers().get("Content-Type")), body));
                }
                return response.setBody(Body.body(body));
            }));
        }

        private Future<ProxyResponse> relapse(ProxyContext context) {
            String host = String.valueOf(context.request().proxiedRequest().authority());
            return context.sendRequest().compose(response -> read(response.getBody().stream()).map(body -> {
                Buffer given = relapse.answer(host, body, System.currentTimeMillis());
                if (given != body && misconduct.status() > 0) {
                    response.setStatusCode(misconduct.status());
                }
                return response.putHeader("Content-Length", String.valueOf(given.length())).setBody(Body.body(given));
            }));
        }

        private Future<ProxyResponse> stick(ProxyContext context) {
            String host = String.valueOf(context.request().proxiedRequest().authority());
            Optional.ofNullable(cookies.get(host)).ifPresent(cookie -> context.request().putHeader("Cookie", cookie));
            return context.sendRequest().map(response -> {
                Optional.ofNullable(response.headers().get("Set-Cookie"))
                        .ifPresent(cookie -> cookies.putIfAbsent(host, cookie.replaceFirst(";.*", "")));
                return response;
            });
        }

        private static Future<Buffer> read(ReadStream<Buffer> stream) {
            Promise<Buffer> whole = Promise.promise();
            Buffer body = Buffer.buffer();
            stream.exceptionHandler(whole::tryFail).handler(body::appendBuffer)
                    .endHandler(end -> whole.tryComplete(body));
            stream.resume();
            return whole.future();
        }
    }
}
