package delivery.gateway;

import delivery.failure.EnvironmentNotFit;
import delivery.http.PemTrust;
import delivery.http.ReadRetryInterceptor;
import delivery.traffic.Answer;
import delivery.traffic.Endpoint;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.Proxy;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.ConnectionPool;
import okhttp3.Dns;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Sends single requests to the gateway, under a release's host.
 *
 * <p>Every request has its own connection. A router such as Traefik chooses a pod for each request, kube-proxy for each
 * connection: this makes the requests of a sample independent with either. A request is never sent twice, redirects are
 * not followed, and the JVM's proxy is not used.
 */
public final class GatewayClient implements AutoCloseable {

    static final String NO_CONNECTION = "no connection";
    static final String NO_NAME = "its name is not known";

    /** A page has some kilobytes; a longer one is cut. */
    private static final long LONGEST_BODY = 64 * 1024;
    private static final int MOST_CAUSES = 10;
    private static final Pattern NAMES = Pattern.compile("subjectAltNames: \\[(.*?)]");

    private final HttpUrl address;
    private final OkHttpClient client;

    /** @throws EnvironmentNotFit if the authority's file cannot be used */
    GatewayClient(URI address, Optional<Path> authority, Duration longest) {
        this.address = HttpUrl.get(address.toString());
        String gateway = this.address.host();
        OkHttpClient.Builder builder = ReadRetryInterceptor.onceAsked(new OkHttpClient.Builder())
                // The gateway serves every host of a release, whether or not DNS has it: the URL contains the release's
                // host, so that TLS asks for its certificate, but the connection goes to the gateway's address.
                .dns(host -> Dns.SYSTEM.lookup(gateway))
                .proxy(Proxy.NO_PROXY)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .callTimeout(longest);
        try {
            client = (authority.isPresent() ? PemTrust.in(builder, authority.get()) : builder).build();
        } catch (GeneralSecurityException | IOException unusable) {
            throw new EnvironmentNotFit("The gateway's certificate file cannot be used: " + unusable.getMessage(),
                    "Set GATEWAY_CA to a PEM file with the certificate of the gateway's authority", unusable);
        }
    }

    HttpUrl address() {
        return address;
    }

    /** Sends one request, and keeps the cookies of the answer. A failure is part of the answer. */
    Answer ask(String host, Endpoint endpoint, Cookies cookies) {
        Instant at = Instant.now();
        long start = System.nanoTime();
        try (Response response = send(host, endpoint, cookies)) {
            String body = response.peekBody(LONGEST_BODY).string();
            return endpoint.read(at, response.code(), body, headers(response), since(start))
                    .setting(cookies.keep(response));
        } catch (IOException e) {
            return Answer.lost(at, reason(e), since(start));
        }
    }

    private static Map<String, String> headers(Response response) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.headers().names().forEach(name -> headers.put(name, response.headers().values(name).get(0)));
        return headers;
    }

    /** @see Gateway#requireReachable(String) */
    void requireReachable(String host) {
        reach(host, Endpoint.VERSION).close();
    }

    /** A sample does not follow redirects, as each request must show who answers it: {@link Gateway#requireDirect}. */
    void requireDirect(String host, Endpoint endpoint) {
        try (Response response = reach(host, endpoint)) {
            String location = response.header("Location");
            HttpUrl to = location == null || !response.isRedirect() ? null : response.request().url().resolve(location);
            if (to == null) {
                return;
            }
            String sent = "The gateway sends " + response.request().url() + " to " + to + " (HTTP " + response.code()
                    + ")";
            throw new EnvironmentNotFit(sent, to.isHttps() && !address.isHttps()
                    ? "Set GATEWAY=https://" + address.host() + (to.port() == 443 ? "" : ":" + to.port())
                    : "Set GATEWAY to where the releases' hosts are served without being sent on");
        }
    }

    private Response reach(String host, Endpoint endpoint) {
        try {
            return send(host, endpoint, new Cookies());
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw new IllegalStateException("interrupted while the gateway was asked", e);
            }
            throw unreachable(host, e);
        }
    }

    private EnvironmentNotFit unreachable(String host, IOException error) {
        if (causes(error).anyMatch(SSLPeerUnverifiedException.class::isInstance)) {
            Matcher names = NAMES.matcher(String.valueOf(error.getMessage()));
            return new EnvironmentNotFit("The certificate of the gateway at " + address + " does not name " + host
                    + (names.find() ? ", but " + names.group(1) : ""),
                    "Set HOST_DOMAIN to a domain for which the gateway"
                    + " has a certificate of all hosts, such as *." + domain(host), error);
        }
        if (causes(error).anyMatch(cause -> cause instanceof CertPathBuilderException
                || cause instanceof CertPathValidatorException)) {
            return new EnvironmentNotFit("The certificate that the gateway at " + address + " has for " + host
                    + " is not trusted: " + firstLine(error), "Set GATEWAY_CA to a PEM file with the certificate of the"
                    + " authority that signed it, or HOST_DOMAIN to a domain that the gateway has another one for",
                    error);
        }
        return new EnvironmentNotFit("The gateway at " + address + " does not answer: " + reason(error),
                "Check GATEWAY, and that the gateway runs and can be reached from here", error);
    }

    private static String domain(String host) {
        return host.substring(host.indexOf('.') + 1);
    }

    private Response send(String host, Endpoint endpoint, Cookies cookies) throws IOException {
        HttpUrl url = address.newBuilder().host(host).encodedPath(endpoint.path()).query(null).build();
        Request.Builder request = new Request.Builder().url(url).header("Host", host).header("Connection", "close")
                .header("Accept", endpoint.accept());
        cookies.header(url).ifPresent(kept -> request.header("Cookie", kept));
        return client.newCall(request.build()).execute();
    }

    /** Returns the same words for the same reason, so that failures can be counted. */
    private String reason(IOException e) {
        if (e instanceof UnknownHostException) {
            return NO_NAME;
        }
        if (e instanceof ConnectException) {
            return NO_CONNECTION;
        }
        if (e instanceof InterruptedIOException) {
            return Thread.currentThread().isInterrupted()
                    ? "interrupted"
                    : Answer.late(Duration.ofMillis(client.callTimeoutMillis()));
        }
        return (e instanceof SSLException ? "TLS: " : "the connection broke: ") + firstLine(e);
    }

    private static String firstLine(IOException e) {
        return String.valueOf(e.getMessage()).lines().findFirst().orElse("").strip();
    }

    private static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null, Throwable::getCause).limit(MOST_CAUSES);
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
