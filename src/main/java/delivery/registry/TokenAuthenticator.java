package delivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.Credentials;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.Route;

/**
 * Answers a registry's request for a login, once: with the login itself, or with a token that its <a
 * href="https://distribution.github.io/distribution/spec/auth/token/">token server</a> issues for the login or to
 * guests. A login is sent only over an encrypted connection.
 */
final class TokenAuthenticator implements Authenticator {

    private static final String AUTHORIZATION = "Authorization";
    private static final long LONGEST_TOKEN = 256 * 1024;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final OkHttpClient client;
    private final Optional<Credential> credential;
    private final String repository;

    /** @param repository the repository of every call: {@code sample-team/sample-api} */
    TokenAuthenticator(OkHttpClient client, Optional<Credential> credential, String repository) {
        this.client = client;
        this.credential = credential;
        this.repository = repository;
    }

    @Override
    public Request authenticate(Route route, Response response) throws IOException {
        if (response.request().header(AUTHORIZATION) != null) {
            return null; // tells OkHttp to give up: the login was refused
        }
        for (Challenge challenge : response.challenges()) {
            Optional<String> authorization = answer(challenge, response.request());
            if (authorization.isPresent()) {
                return response.request().newBuilder().header(AUTHORIZATION, authorization.get()).build();
            }
        }
        return null;
    }

    private Optional<String> answer(Challenge challenge, Request asking) throws IOException {
        if (challenge.scheme().equalsIgnoreCase("Basic")) {
            return login(asking.url());
        }
        return challenge.scheme().equalsIgnoreCase("Bearer")
                ? token(challenge, asking.method()).map(token -> "Bearer " + token) : Optional.empty();
    }

    private Optional<String> login(HttpUrl url) {
        return credential.filter(known -> url.isHttps() && !known.isOAuth2RefreshToken())
                .map(known -> Credentials.basic(known.getUsername(), known.getPassword()));
    }

    private Optional<String> token(Challenge challenge, String method) throws IOException {
        HttpUrl realm = HttpUrl.parse(challenge.authParams().getOrDefault("realm", ""));
        if (realm == null) {
            return Optional.empty();
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        Optional.ofNullable(challenge.authParams().get("service")).ifPresent(service -> wanted.put("service", service));
        wanted.put("scope", scope(challenge.authParams().getOrDefault("scope", ""), method));
        Optional<Credential> identity = credential.filter(Credential::isOAuth2RefreshToken)
                .filter(known -> realm.isHttps());
        try (Response response = client.newCall(identity.map(known -> exchange(realm, wanted, known))
                .orElseGet(() -> request(realm, wanted))).execute()) {
            if (response.code() != 200) {
                return Optional.empty();
            }
            JsonNode json = JSON.readTree(response.peekBody(LONGEST_TOKEN).bytes());
            return Optional.of(json.path("token").asText(json.path("access_token").asText()))
                    .filter(token -> !token.isBlank());
        }
    }

    private Request request(HttpUrl realm, Map<String, String> wanted) {
        HttpUrl.Builder url = realm.newBuilder();
        wanted.forEach(url::addQueryParameter);
        Request.Builder request = new Request.Builder().url(url.build());
        login(realm).ifPresent(login -> request.header(AUTHORIZATION, login));
        return request.build();
    }

    /** Uses an identity token, by <a href="https://distribution.github.io/distribution/spec/auth/oauth/">OAuth</a>. */
    private static Request exchange(HttpUrl realm, Map<String, String> wanted, Credential identity) {
        FormBody.Builder form = new FormBody.Builder();
        wanted.forEach(form::add);
        form.add("client_id", "progressive-delivery-acceptance").add("grant_type", "refresh_token")
                .add("refresh_token", identity.getPassword());
        return new Request.Builder().url(realm).post(form.build()).build();
    }

    /**
     * Returns the scope that the call needs, and the challenge's for this repository. A challenge may name fewer
     * actions, or another repository: Docker and Jib do not rely on it either.
     */
    private String scope(String challenged, String method) {
        Set<String> actions = new LinkedHashSet<>(Set.of("pull"));
        if (!method.equals("GET") && !method.equals("HEAD")) {
            actions.add("push");
        }
        String prefix = "repository:" + repository + ":";
        for (String scope : challenged.split(" ")) {
            if (scope.startsWith(prefix)) {
                actions.addAll(List.of(scope.substring(prefix.length()).split(",")));
            }
        }
        return prefix + String.join(",", actions);
    }
}
