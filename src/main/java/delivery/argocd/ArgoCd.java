package delivery.argocd;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.history.Exchange;
import delivery.history.ExchangeLog;
import delivery.rollout.Action;
import delivery.verdict.EnvironmentNotFit;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;
import okhttp3.Call;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Argo CD's REST API, as its own web page uses it. */
public final class ArgoCd implements AutoCloseable {

    /** A text like "404 page not found" is not to be read as the number 404. */
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    /** Argo CD compares the whole header: a charset after it is refused with 415, and so is a DELETE without it. */
    private static final MediaType CONTENT = MediaType.get("application/json");
    /** A stream says nothing while nothing changes, and nothing when its connection is dead. */
    private static final Duration LONGEST_QUIET = Duration.ofSeconds(15);
    private static final long LONGEST_ANSWER = 16L * 1024 * 1024;

    private final Login login;
    private final OkHttpClient client;
    /** To read again on another connection where a kept one proves dead changes nothing. */
    private final OkHttpClient reading;
    /** What changes something is never sent twice: it has a connection of its own, that no server ended meanwhile. */
    private final OkHttpClient changing;
    private final ExchangeLog log;
    private volatile String token;

    /**
     * Opens a client; no request is sent yet.
     *
     * @param log is told of every call that changes something
     */
    public ArgoCd(Login login, ExchangeLog log) {
        this.login = login;
        this.client = Transport.client(login);
        this.reading = client.newBuilder().retryOnConnectionFailure(true).build();
        this.changing = client.newBuilder().connectionPool(new ConnectionPool(0, 1, TimeUnit.NANOSECONDS)).build();
        this.log = log;
        this.token = login.token().map(secret -> secret.reveal()).orElse(null);
    }

    /** Argo CD's version, as it says itself. */
    public String version() {
        return send("GET", url("api", "version"), null).path("Version").asText("unknown");
    }

    /**
     * Makes sure that the user is known.
     *
     * @return the user's name
     * @throws EnvironmentNotFit if it is not
     */
    public String requireUser() {
        JsonNode user = send("GET", url("api", "v1", "session", "userinfo"), null);
        if (!user.path("loggedIn").asBoolean()) {
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " does not know the user",
                    "Set ARGOCD_AUTH_TOKEN to a valid token");
        }
        return user.path("username").asText("");
    }

    /**
     * Reads an Application.
     *
     * @return empty if there is none of this name in the project
     */
    public Optional<Application> find(String name, String project) {
        try {
            return Optional.of(Application.parse(send("GET", application(name, project).build(), null)));
        } catch (ArgoCdRefused refused) {
            if (refused.status() == 404) {
                return Optional.empty();
            }
            throw refused;
        }
    }

    /** Reads an Application of whatever project. Argo CD answers 403 for one that does not exist, so the list is read. */
    public Optional<Application> find(String name) {
        JsonNode list = send("GET", url("api", "v1", "applications").newBuilder()
                .addQueryParameter("name", name).build(), null);
        for (JsonNode item : list.path("items")) {
            if (item.path("metadata").path("name").asText("").equals(name)) {
                return Optional.of(Application.parse(item));
            }
        }
        return Optional.empty();
    }

    /**
     * The Applications that carry a label.
     *
     * @return annotations by name of the Application
     */
    public Map<String, Map<String, String>> labelled(String label, String value) {
        Map<String, Map<String, String>> found = new LinkedHashMap<>();
        send("GET", url("api", "v1", "applications").newBuilder().addQueryParameter("selector", label + "=" + value)
                .build(), null).path("items").forEach(item -> {
                    Map<String, String> annotations = new LinkedHashMap<>();
                    item.path("metadata").path("annotations").properties()
                            .forEach(field -> annotations.put(field.getKey(), field.getValue().asText("")));
                    found.put(item.path("metadata").path("name").asText(""), annotations);
                });
        return found;
    }

    /**
     * Makes an Application.
     *
     * @param object the whole Application
     */
    public Action create(JsonNode object) {
        HttpUrl url = url("api", "v1", "applications");
        Instant at = Instant.now();
        send("POST", url, object);
        String name = object.path("metadata").path("name").asText("");
        JsonNode values = object.path("spec").path("source").path("helm").path("valuesObject");
        return new Action("argocd app create " + name
                + parameters(Application.parameters(object.path("spec").path("source")))
                + (values.isObject() ? withValues(values) : ""),
                "POST " + url.encodedPath() + " " + object, at);
    }

    /**
     * Changes Helm parameters of an Application, as {@code argocd app set NAME -p key=value} does. The others are sent
     * along: the list is replaced as a whole. Values stay texts, so that a tag 1.10 does not become 1.1.
     */
    public Action set(Application application, Map<String, String> changes) {
        JsonNode current = send("GET", application(application.name(), application.project()).build(), null);
        Map<String, JsonNode> merged = new LinkedHashMap<>();
        current.path("spec").path("source").path("helm").path("parameters")
                .forEach(parameter -> merged.put(parameter.path("name").asText(""), parameter));
        changes.forEach((name, value) -> merged.put(name, parameter(name, value)));
        ArrayNode list = JSON.createArrayNode().addAll(merged.values());
        ObjectNode patch = JSON.createObjectNode();
        patch.putObject("spec").putObject("source").putObject("helm").set("parameters", list);
        ObjectNode body = JSON.createObjectNode().put("name", application.name()).put("patch", patch.toString())
                .put("patchType", "merge").put("project", application.project());
        HttpUrl url = url("api", "v1", "applications", application.name());
        Instant at = Instant.now();
        send("PATCH", url, body);
        return new Action("argocd app set " + application.name() + parameters(changes),
                "PATCH " + url.encodedPath() + " " + body, at);
    }

    /**
     * Changes the values that an Application lays over its chart's, as
     * {@code argocd app set NAME --values-literal-file FILE} does.
     *
     * @param values all of them, those that it has among them; its parameters stay
     */
    public Action setValues(Application application, ObjectNode values) {
        ObjectNode patch = JSON.createObjectNode();
        ObjectNode helm = patch.putObject("spec").putObject("source").putObject("helm");
        helm.putNull("values");
        helm.set("valuesObject", values);
        ObjectNode body = JSON.createObjectNode().put("name", application.name()).put("patch", patch.toString())
                .put("patchType", "merge").put("project", application.project());
        HttpUrl url = url("api", "v1", "applications", application.name());
        Instant at = Instant.now();
        send("PATCH", url, body);
        return new Action("argocd app set " + application.name() + withValues(values), "PATCH " + url.encodedPath() + " " + body, at);
    }

    private static String withValues(JsonNode values) {
        return " --values-literal-file /dev/stdin <<< '" + values + "'";
    }

    /** A Helm parameter whose value stays a text. */
    public static ObjectNode parameter(String name, String value) {
        return JSON.createObjectNode().put("name", name).put("value", value).put("forceString", true);
    }

    /**
     * Has Argo CD compare an Application with Git and the cluster.
     *
     * @return the Application after that: this answers only when the controller has compared
     */
    public Application refresh(String name, String project) {
        return Application.parse(send("GET", application(name, project).addQueryParameter("refresh", "normal").build(),
                null));
    }

    /**
     * Deletes an Application and nothing that it deployed.
     *
     * @return whether there was one
     */
    public boolean delete(String name) {
        try {
            send("DELETE", url("api", "v1", "applications", name).newBuilder()
                    .addQueryParameter("cascade", "false").build(), JSON.createObjectNode());
            return true;
        } catch (ArgoCdRefused gone) {
            // Argo CD answers 403 for an Application that is not there, and 404 where its project is named.
            boolean forbidden = gone.status() == 403 && find(name).isPresent();
            if (forbidden || gone.status() != 404 && gone.status() != 403) {
                throw gone;
            }
            return false;
        }
    }

    /**
     * The values file of the chart at the revision that was deployed last, read by Argo CD's own repo server: no access
     * to Git is needed.
     *
     * @return its text
     * @throws EnvironmentNotFit if nothing was deployed yet, or the source is no Helm chart
     */
    public String values(Application application) {
        if (application.deployed().isMissingNode() || application.revision().isEmpty()) {
            throw new EnvironmentNotFit("Argo CD has not deployed the Application " + application.name() + " yet",
                    "Let it be synced first");
        }
        ObjectNode body = JSON.createObjectNode().put("appName", application.name())
                .put("appProject", application.project());
        body.set("source", application.deployed());
        HttpUrl.Builder url = HttpUrl.get(login.server()).newBuilder().addPathSegments("api/v1/repositories")
                .addEncodedPathSegment(URLEncoder.encode(application.deployed().path("repoURL").asText(""),
                        StandardCharsets.UTF_8))
                .addPathSegment("appdetails");
        JsonNode details = exchange("POST", url.build(), body, false);
        if (!details.path("helm").isObject()) {
            throw new EnvironmentNotFit("The source of the Application " + application.name() + " is no Helm chart but "
                    + details.path("type").asText("unknown"), "Set APPLICATION to one that deploys a Helm chart");
        }
        return details.path("helm").path("values").asText("");
    }

    /** Follows an Application from now on, until it is closed. */
    public ApplicationFeed follow(String name, String project) {
        return new ApplicationFeed(this, name, project);
    }

    /** The call that opens the stream of an Application's changes; the caller executes it, and cancels it. */
    Call stream(String name, String project) {
        HttpUrl url = url("api", "v1", "stream", "applications").newBuilder().addQueryParameter("name", name)
                .addQueryParameter("project", project).build();
        OkHttpClient patient = client.newBuilder().readTimeout(LONGEST_QUIET).callTimeout(Duration.ZERO).build();
        return patient.newCall(new Request.Builder().url(url).header("Authorization", "Bearer " + token()).build());
    }

    private HttpUrl.Builder application(String name, String project) {
        return url("api", "v1", "applications", name).newBuilder().addQueryParameter("project", project);
    }

    private HttpUrl url(String... segments) {
        HttpUrl.Builder url = HttpUrl.get(login.server()).newBuilder();
        for (String segment : segments) {
            url.addPathSegment(segment);
        }
        return url.build();
    }

    private static String parameters(Map<String, String> parameters) {
        StringBuilder text = new StringBuilder();
        parameters.forEach((name, value) -> text.append(" -p ").append(name).append('=').append(value));
        return text.toString();
    }

    private JsonNode send(String method, HttpUrl url, JsonNode body) {
        return exchange(method, url, body, !method.equals("GET"));
    }

    private JsonNode exchange(String method, HttpUrl url, JsonNode body, boolean changes) {
        Request.Builder request = new Request.Builder().url(url).header("Authorization", "Bearer " + token());
        if (body == null) {
            request.get();
        } else {
            request.header("Content-Type", CONTENT.toString());
            request.method(method, RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8), CONTENT));
        }
        Instant at = Instant.now();
        try (Response response = (body == null ? reading : changing).newCall(request.build()).execute()) {
            if (changes) {
                log.record(new Exchange(at, "argocd", method, pathAndQuery(url), response.code(), body.toString()));
            }
            return read(response, method + " " + url.encodedPath());
        } catch (IOException unreachable) {
            throw unreachable(unreachable);
        }
    }

    private static String pathAndQuery(HttpUrl url) {
        return url.encodedPath() + (url.encodedQuery() == null ? "" : "?" + url.encodedQuery());
    }

    private JsonNode read(Response response, String call) throws IOException {
        String text = response.peekBody(LONGEST_ANSWER).string();
        JsonNode answer;
        try {
            answer = JSON.readTree(text);
        } catch (JsonProcessingException noJson) {
            answer = MissingNode.getInstance();
        }
        if (!answer.isObject()) {
            throw new EnvironmentNotFit("What answers at " + login.server() + " is not Argo CD's API: " + response.code()
                    + " " + response.header("Content-Type", "no type") + " for " + call,
                    "Set ARGOCD_SERVER to the address of Argo CD's server, not of a proxy or a login page");
        }
        if (response.isSuccessful()) {
            return answer;
        }
        String message = answer.path("message").asText(answer.path("error").asText("no message"));
        if (response.code() == 401) {
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " refused the user: " + message,
                    login.token().isPresent() ? "Set ARGOCD_AUTH_TOKEN to a token that is valid"
                            : "Check ARGOCD_USERNAME and ARGOCD_PASSWORD");
        }
        if (response.code() == 429 || response.code() >= 500) {
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " failed: " + response.code() + " " + message
                    + " for " + call, "See the logs of Argo CD's server");
        }
        if (ApplicationExpectations.isPassing(message)) {
            // It answers 400 for what it could not check, as for what is wrong.
            throw new EnvironmentNotFit("Argo CD at " + login.server() + " did not reach what it needs for " + call + ": "
                    + response.code() + " " + message, "See the logs of Argo CD's repo server and controller");
        }
        throw new ArgoCdRefused(response.code(), "Argo CD refused " + call + ": " + response.code() + " " + message);
    }

    private synchronized String token() {
        if (token == null) {
            ObjectNode body = JSON.createObjectNode().put("username", login.username())
                    .put("password", login.password().map(secret -> secret.reveal()).orElse(""));
            Request request = new Request.Builder().url(url("api", "v1", "session"))
                    .post(RequestBody.create(body.toString().getBytes(StandardCharsets.UTF_8), CONTENT)).build();
            try (Response response = client.newCall(request).execute()) {
                token = read(response, "POST /api/v1/session").path("token").asText("");
            } catch (IOException unreachable) {
                throw unreachable(unreachable);
            }
        }
        return token;
    }

    private EnvironmentNotFit unreachable(IOException error) {
        if (error instanceof SSLHandshakeException || error instanceof SSLPeerUnverifiedException) {
            return new EnvironmentNotFit("The certificate of Argo CD at " + login.server() + " cannot be verified: "
                    + error.getMessage(), "Set ARGOCD_SERVER_CRT to the PEM file of its authority", error);
        }
        return new EnvironmentNotFit("Argo CD at " + login.server() + " cannot be reached: " + error.getMessage(),
                "Check ARGOCD_SERVER, and that it can be reached from here", error);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
        changing.connectionPool().evictAll();
    }
}
