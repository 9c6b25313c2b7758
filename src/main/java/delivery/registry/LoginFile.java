package delivery.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.registry.RegistryAliasGroup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A file of logins. A login may be for a part of a registry, as in <a
 * href="https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md">Podman's files</a>: for
 * {@code ghcr.io/team/app}, {@code ghcr.io/team} takes precedence over {@code ghcr.io}, and {@code ghcr.io/other} does
 * not apply.
 *
 * @param docker   whether it is Docker's, which compares only the host of a key
 * @param programs the folder of credential helpers; empty to find them on the PATH
 */
record LoginFile(JsonNode config, boolean docker, Path programs) {

    /** Docker requests its logins from helpers by the URL of its first API. */
    private static final String DOCKER_HUB = "index.docker.io";
    private static final Duration HELPER_LIMIT = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** @throws IOException if it cannot be read or is not JSON */
    static LoginFile read(Path file) throws IOException {
        String text = Files.readString(file);
        JsonNode config = text.isBlank() ? JSON.createObjectNode() : JSON.readTree(text); // as Docker does
        if (!config.isObject() || config.has("auths") && !config.path("auths").isObject()) {
            throw new IOException("no object of logins");
        }
        return new LoginFile(config, file.endsWith("config.json"), Path.of(""));
    }

    /**
     * @param repository name in the registry
     * @param warnings   gets the reasons why a credential helper returned nothing
     * @throws IllegalArgumentException if a login does not have the form that Docker and Podman write
     */
    Optional<Credential> credential(String registry, String repository, Consumer<String> warnings) {
        for (String alias : RegistryAliasGroup.getAliasesGroup(registry)) {
            List<String> keys = keys(alias, repository);
            Optional<Credential> found = helper(alias, keys, warnings)
                    .or(() -> keys.stream().flatMap(key -> login(config.path("auths").path(key)).stream()).findFirst());
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** Returns the keys of the logins that apply to the repository, the most specific first. */
    private List<String> keys(String registry, String repository) {
        List<String> wanted = new ArrayList<>();
        for (String name = registry + "/" + repository; name.contains("/"); name = name.substring(0,
                name.lastIndexOf('/'))) {
            wanted.add(name);
        }
        wanted.add(registry);
        Predicate<String> isUrl = key -> key.matches("https?://.*|[^/]*/v[12]/?");
        Stream<String> byHost = config.path("auths").propertyStream().map(Map.Entry::getKey)
                .filter(key -> (docker || isUrl.test(key)) && host(key).equals(registry));
        return Stream.concat(wanted.stream(), byHost).distinct().toList();
    }

    private static String host(String key) {
        return key.replaceFirst("^https?://", "").replaceFirst("/.*", "");
    }

    private Optional<Credential> helper(String registry, List<String> keys, Consumer<String> warnings) {
        JsonNode helpers = config.path("credHelpers");
        String url = Stream.of(registry, "https://" + registry, "https://" + registry + "/v1/")
                .filter(helpers::has).findFirst().orElse("");
        String name = helpers.path(url).asText(config.path("credsStore").asText(""));
        if (name.isEmpty()) {
            return Optional.empty();
        }
        // A store finds a login by the key that it was stored with.
        String server = url.isEmpty() ? keys.stream().filter(key -> config.path("auths").has(key)).findFirst()
                .orElse(registry.equals(DOCKER_HUB) ? "https://" + registry + "/v1/" : registry) : url;
        return new CredentialProgram(programs.resolve("docker-credential-" + name), server, HELPER_LIMIT)
                .credential(warnings);
    }

    private static Optional<Credential> login(JsonNode entry) {
        String token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(Credential.from(Credential.OAUTH2_TOKEN_USER_NAME, token));
        }
        String auth = entry.path("auth").asText("");
        if (auth.isEmpty()) {
            return Optional.of(entry.path("username").asText("")).filter(user -> !user.isEmpty())
                    .map(user -> Credential.from(user, entry.path("password").asText("")));
        }
        // Docker's decoder skips line breaks, which the command base64 puts into a long login.
        byte[] login = Base64.getDecoder().decode(auth.replaceAll("[\\r\\n]", ""));
        String[] parts = new String(login, StandardCharsets.UTF_8).split(":", 2);
        if (parts.length < 2) {
            throw new IllegalArgumentException("no name and password");
        }
        // Docker removes zero bytes from the end of a password.
        return Optional.of(Credential.from(parts[0], parts[1].replaceAll("\\x00+$", "")));
    }
}
