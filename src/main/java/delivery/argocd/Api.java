package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.http.PemTrust;
import delivery.http.Proxies;
import delivery.http.ReadRetryInterceptor;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.X509TrustManager;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.Route;

/** Sends calls to Argo CD's API and reads the answers: a JSON object, a refusal, or something that is not Argo CD's. */
final class Api implements AutoCloseable {

    private static final String NO_CACHE = "cache: key is missing";
    /** The controller skips what it wrote within the last ten minutes (util/cache/twolevelclient.go, HasSame). */
    private static final String FILL_CACHE = "Argo CD's Redis has lost what it held, as after a restart, and the"
            + " controller fills it within ten minutes: wait, or restart the application controller";
    private static final String NOT_RENDERED = "anifest generation error";
    private static final int NOT_IMPLEMENTED = 501;
    /** The paths to which the content of an Application is sent. */
    private static final Pattern APPLICATION = Pattern.compile("/api/v1/applications(/[^/]+)?");
    /** Without this feature a text like "404 page not found" would be read as the number 404. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Argo CD compares the whole header: a charset after it is refused with 415, and so is a DELETE without it. */
    private static final MediaType CONTENT = MediaType.get("application/json");
    /** A stream is silent both while nothing changes and when its connection is dead. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(15);
    private static final String AUTHORIZATION = "Authorization";
    private static final String BEARER = "Bearer ";
    private static final long LONGEST_ANSWER = 16L * 1024 * 1024;

    private final Login login;
    private final OkHttpClient client;
    private final CallLog log;
    private final Session session;

    Api(Login login, CallLog log, Duration readAgainAfter, Duration longest) {
        this.login = login;
        this.client = client(login, readAgainAfter, longest).newBuilder().authenticator(this::withNewSession).build();
        this.log = log;
        this.session = new Session(login, this::logIn);
    }

    URI server() {
        return login.server();
    }

    HttpUrl url(String... segments) {
        HttpUrl.Builder url = HttpUrl.get(login.server()).newBuilder();
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    /** Sends a call and records it in the log if it changes something, that is, unless it is a GET. */
    JsonNode send(String method, HttpUrl url, JsonNode body) {
        return exchange(method, url, body, !method.equals("GET"));
    }

    /** Sends a call that changes nothing, whatever its method. */
    JsonNode ask(String method, HttpUrl url, JsonNode body) {
        return exchange(method, url, body, false);
    }

    /** The name of an Application alone: its content may hold a secret of the team. */
    private static String named(JsonNode body) {
        return body.at("/metadata/name").asText(body.path("name").asText(""));
    }

    /** @param changes whether it is recorded */
    private JsonNode exchange(String method, HttpUrl url, JsonNode body, boolean changes) {
        Request.Builder request = new Request.Builder().url(url).header(AUTHORIZATION, BEARER + session.token());
        if (body == null) {
            request.get();
        } else {
            request.header("Content-Type", CONTENT.toString());
            request.method(method, RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8), CONTENT));
        }
        Instant at = Instant.now();
        try (Response response = client.newCall(request.build()).execute()) {
            if (changes) {
                String query = url.encodedQuery() == null ? "" : "?" + url.encodedQuery();
                log.record(new RecordedCall(at, "argocd", method, url.encodedPath() + query, response.code(),
                        APPLICATION.matcher(url.encodedPath()).matches() ? named(body) : body.toString()));
            }
            return read(response, method + " " + url.encodedPath());
        } catch (IOException unreachable) {
            throw unreachable(method + " " + url.encodedPath(), unreachable);
        }
    }

    private JsonNode read(Response response, String call) throws IOException {
        String text = response.peekBody(LONGEST_ANSWER).string();
        JsonNode answer;
        try {
            answer = JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            answer = MissingNode.getInstance();
        }
        if (!answer.isObject() && response.isRedirect()) {
            throw new EnvironmentNotFit("The server at " + login.server() + " sends requests on to "
                    + response.header("Location", "nowhere") + " (HTTP " + response.code() + ")",
                    "Set ARGOCD_SERVER to where Argo CD itself answers");
        }
        if (!answer.isObject()) {
            throw notArgoCd(response.code() + " " + response.header("Content-Type", "no type"), call);
        }
        if (response.isSuccessful()) {
            return answer;
        }
        String message = answer.path("message").asText(answer.path("error").asText("no message"));
        if (response.code() == 401) {
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " refused the user: " + message + " for "
                    + call, login.token().isPresent() ? "Set ARGOCD_AUTH_TOKEN to a token that is valid"
                            // Both are refused alike (argo-cd, util/session, VerifyUsernamePassword).
                            : "Check ARGOCD_USERNAME and ARGOCD_PASSWORD; after five failed logins, Argo CD refuses"
                            + " the right password as well, for five minutes by default");
        }
        // A server error, except for the 501 of an older Argo CD that does not have the call: such a server is healthy.
        if (response.code() == 429 || response.code() >= 500 && response.code() != NOT_IMPLEMENTED) {
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " failed: " + response.code() + " " + message
                    + " for " + call, message.contains(NO_CACHE) ? FILL_CACHE
                            : message.contains(NOT_RENDERED) ? "See the logs of Argo CD's repo server"
                            : "See the logs of Argo CD's server");
        }
        if (ApplicationExpectations.isPassing(message)) {
            // Argo CD answers 400 both for a wrong request and for one that it could not check.
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " did not reach what it needs for " + call
                    + ": " + response.code() + " " + message, "See the logs of Argo CD's repo server and controller");
        }
        throw new ArgoCdRefused(response.code(), "Argo CD refused " + call + ": " + response.code() + " " + message);
    }

    EnvironmentNotFit notArgoCd(String what, String call) {
        return new EnvironmentNotFit("The server at " + login.server() + " is not Argo CD's API: " + what + " for "
                + call, "Set ARGOCD_SERVER to the address of Argo CD's server, not of a proxy or a login page");
    }

    /**
     * A session ends after a day, or when the user's password is changed. The refused call has done nothing, so it is
     * sent again with a new session. A token from the settings cannot be renewed.
     */
    private Request withNewSession(Route route, Response refused) {
        String used = refused.request().header(AUTHORIZATION);
        if (!session.isRenewable() || used == null || refused.priorResponse() != null) {
            return null; // tells OkHttp to give up
        }
        String renewed = session.renew(used.substring(BEARER.length()));
        return refused.request().newBuilder().header(AUTHORIZATION, BEARER + renewed).build();
    }

    /** Begins to log the user in; a failure is thrown by the first call that needs the session. */
    void beginSession() {
        session.begin();
    }

    private String logIn() {
        ObjectNode body = JSON.createObjectNode().put("username", login.username())
                .put("password", login.password().map(secret -> secret.reveal()).orElse(""));
        Request request = new Request.Builder().url(url("api", "v1", "session"))
                .post(RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8), CONTENT)).build();
        try (Response response = client.newCall(request).execute()) {
            String given = read(response, "POST /api/v1/session").path("token").asText("");
            if (given.isEmpty()) {
                throw notArgoCd("no token", "POST /api/v1/session");
            }
            return given;
        } catch (IOException unreachable) {
            throw unreachable("POST /api/v1/session", unreachable);
        }
    }

    private EnvironmentNotFit unreachable(String call, IOException error) {
        if (error instanceof SSLHandshakeException || error instanceof SSLPeerUnverifiedException) {
            return new EnvironmentNotFit("The certificate of Argo CD at " + login.server() + " cannot be verified: "
                    + error.getMessage(), "Set ARGOCD_SERVER_CRT to the PEM file of its authority", error);
        }
        if (error instanceof SSLException) {
            return new EnvironmentNotFit("Argo CD at " + login.server() + " does not answer by TLS for " + call + ": "
                    + error.getMessage(), "Check ARGOCD_SERVER, whose port has no TLS: set it to http://"
                    + login.server().getAuthority() + " if Argo CD runs without", error);
        }
        if (error instanceof InterruptedIOException && !Thread.currentThread().isInterrupted()) {
            return new EnvironmentNotFit("Argo CD at " + login.server() + " did not answer " + call + " within "
                    + client.callTimeoutMillis() / 1000 + " s", "Check ARGOCD_SERVER, and see whether Argo CD's server"
                    + " and repo server are well", error);
        }
        return new EnvironmentNotFit("Argo CD at " + login.server() + " cannot be reached for " + call + ": "
                + error.getMessage(),
                "Check ARGOCD_SERVER, and that it can be reached from here", error);
    }

    /** Returns the call that opens a stream; the caller executes and cancels it. */
    Call stream(HttpUrl url) {
        OkHttpClient patient = client.newBuilder().readTimeout(LONGEST_QUIET).callTimeout(Duration.ZERO).build();
        return patient.newCall(new Request.Builder().url(url).header(AUTHORIZATION, BEARER + session.token()).build());
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    /**
     * Returns a client that verifies TLS, unless the user turned that off, and repeats requests that only read.
     *
     * @param longest the time limit of a call, its repetitions included
     */
    private static OkHttpClient client(Login login, Duration readAgainAfter, Duration longest) {
        OkHttpClient.Builder client = ReadRetryInterceptor.in(new OkHttpClient.Builder(), readAgainAfter)
                .connectTimeout(Duration.ofSeconds(5))
                // Argo CD answers a refresh only when it has finished the comparison.
                .readTimeout(Duration.ofSeconds(60))
                .callTimeout(longest)
                .retryOnConnectionFailure(false)
                .proxyAuthenticator(Proxies::authorized)
                .followRedirects(false);
        try {
            if (login.insecure()) {
                X509TrustManager all = new TrustsAll();
                client.sslSocketFactory(PemTrust.context(all).getSocketFactory(), all)
                        .hostnameVerifier((host, session) -> true);
            } else if (login.certificate().isPresent()) {
                PemTrust.in(client, login.certificate().get());
            }
        } catch (GeneralSecurityException | IOException unusable) {
            throw new EnvironmentNotFit("The certificate file cannot be used: " + unusable.getMessage(),
                    "Set ARGOCD_SERVER_CRT to a PEM file with the certificate of Argo CD or of its authority",
                    unusable);
        }
        return client.build();
    }

    /** Trusts every certificate, for ARGOCD_INSECURE. */
    private static final class TrustsAll implements X509TrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
