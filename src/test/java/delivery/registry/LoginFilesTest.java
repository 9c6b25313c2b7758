package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.cloud.tools.jib.api.Credential;
import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginFilesTest {

    private static final String REGISTRY = "ghcr.io";
    private static final String REPOSITORY = "team/app/api";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"home/.docker/config.json", "docker/config.json", "run/containers/auth.json",
            "config/containers/auth.json",
        "home/.config/containers/auth.json", "given.json"})
    void aLoginIsFoundWhereDockerAndPodmanKeepIt(String file) throws IOException {
        write(file, auths(REGISTRY, "someone"));
        Map<String, String> environment = new HashMap<>();
        if (file.startsWith("docker")) {
            environment.put("DOCKER_CONFIG", folder.resolve("docker").toString());
        } else if (file.startsWith("run")) {
            environment.put("XDG_RUNTIME_DIR", folder.resolve("run").toString());
        } else if (file.startsWith("config")) {
            environment.put("XDG_CONFIG_HOME", folder.resolve("config").toString());
        } else if (file.startsWith("given")) {
            environment.put("REGISTRY_AUTH_FILE", folder.resolve("given.json").toString());
        }

        LoginFiles.Login login = files(environment).login(REGISTRY, REPOSITORY);
        assertThat(login.credential()).map(Credential::getUsername).contains("someone");
        assertThat(login.whom()).isEqualTo("the user someone of " + folder.resolve(file));
    }

    @Test
    void whereDockerConfigIsSetDockerReadsNoOtherFile() throws IOException {
        write("home/.docker/config.json", auths(REGISTRY, "other"));
        write("docker/config.json", auths("elsewhere.example", "someone"));

        LoginFiles.Login login = files(Map.of("DOCKER_CONFIG", folder.resolve("docker").toString()))
                .login(REGISTRY, REPOSITORY);
        assertThat(login.credential()).isEmpty();
        assertThat(login.whom())
                .isEqualTo("a guest, as " + folder.resolve("docker/config.json") + " has no login for ghcr.io,");
    }

    @Test
    void theFirstFileThatHasALoginCounts() throws IOException {
        write("docker/config.json", auths("elsewhere.example", "nobody"));
        write("run/containers/auth.json", auths(REGISTRY, "podman"));
        Map<String, String> environment = Map.of("DOCKER_CONFIG", folder.resolve("docker").toString(),
                "XDG_RUNTIME_DIR", folder.resolve("run").toString());
        assertThat(files(environment).login(REGISTRY, REPOSITORY).credential()).map(Credential::getUsername)
                .contains("podman");

        write("docker/config.json", auths(REGISTRY, "docker"));
        assertThat(files(environment).login(REGISTRY, REPOSITORY).credential()).map(Credential::getUsername)
                .contains("docker");
    }

    @Test
    void whereNoFileIsThereAllAreNamed() {
        assertThat(files(Map.of()).login(REGISTRY, REPOSITORY).whom()).startsWith("a guest, as there is no ")
                .contains(folder.resolve("home/.docker/config.json").toString());
    }

    @Test
    void aCredentialHelperThatIsMissingIsNamed() throws IOException {
        for (String config : List.of("{\"credHelpers\": {\"ghcr.io\": \"not-installed-here\"}}",
                "{\"credsStore\": \"not-installed-here\"}")) {
            write("docker/config.json", config);
            LoginFiles.Login login = files(Map.of("DOCKER_CONFIG", folder.resolve("docker").toString()))
                    .login(REGISTRY, REPOSITORY);
            assertThat(login.credential()).isEmpty();
            assertThat(login.whom()).contains("docker-credential-not-installed-here");
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithoutWhatIsInIt() throws IOException {
        write("home/.docker/config.json", "{\"auths\": {\"ghcr.io\": {\"auth\": a-secret}}}");

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files(Map.of()).login(REGISTRY, REPOSITORY))
                .withMessageContaining(folder.resolve("home/.docker/config.json").toString())
                .withMessageNotContaining("a-secret").withNoCause();
        write("home/.docker/config.json", "{\"auths\": null}");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files(Map.of())
                .login(REGISTRY, REPOSITORY));
    }

    /** The helper prints something first, or leaves out the name; its output contains the password. */
    @ParameterizedTest
    @ValueSource(strings = {"note: renewed {\"Username\": \"u\", \"Secret\": \"a-secret\"}",
        "{\"ServerURL\": \"ghcr.io\", \"Username\": \"\", \"Secret\": \"a-secret\"}", "a-secret", "null"})
    void whatAHelperWritesIsNotQuoted(String written) throws IOException {
        Path helper = write("docker-credential-own", "#!/bin/sh\ncat > /dev/null\necho '" + written + "'\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        List<String> warnings = new ArrayList<>();
        assertThat(new LoginFile(new ObjectMapper().readTree("{\"credsStore\": \"own\"}"), true, folder)
                .credential(REGISTRY, REPOSITORY, warnings::add)).isEmpty();
        assertThat(warnings).containsExactly("docker-credential-own gave no login for ghcr.io; see what it answers to:"
                + " echo ghcr.io | docker-credential-own get");
    }

    /** The helper waits for a passphrase, in a process of its own. */
    @Test
    void aHelperThatDoesNotAnswerIsEnded() throws IOException {
        Path pid = folder.resolve("pid");
        Path helper = write("docker-credential-own", "#!/bin/sh\nsleep 600 & echo $! > " + pid + "\nwait\n");
        Files.setPosixFilePermissions(helper, PosixFilePermissions.fromString("rwx------"));
        List<String> warnings = new ArrayList<>();
        assertThat(new CredentialProgram(helper, REGISTRY, Duration.ofSeconds(3)).credential(warnings::add)).isEmpty();
        assertThat(warnings).containsExactly("docker-credential-own did not answer within 3 s; see what it answers to:"
                + " echo ghcr.io | docker-credential-own get");
        ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                .ifPresent(left -> assertThat(left.onExit()).succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void anEmptyFileHasNoLogin() throws IOException {
        write("home/.docker/config.json", "\n");
        assertThat(files(Map.of()).login(REGISTRY, REPOSITORY).credential()).isEmpty();
    }

    @Test
    void aRefusalSaysWhoseLoginItWas() throws IOException {
        write("home/.docker/config.json", auths("elsewhere.example", "someone"));
        try (MockWebServer server = new MockWebServer()) {
            server.enqueue(new MockResponse().setResponseCode(403));
            server.start();
            RegistryAccess access = new RegistryAccess(Optional.of(server.url("/").uri()), Optional.empty(),
                    Optional.empty(), files(Map.of()));

            assertThatExceptionOfType(EnvironmentNotFit.class)
                    .isThrownBy(() -> new Registry(access).requirePush(ImageName.parse("ghcr.io/a/b:1")))
                    .withMessageContaining("a guest, as " + folder.resolve("home/.docker/config.json")
                            + " has no login for localhost:" + server.getPort() + ", with HTTP 403");
        }
    }

    @Test
    void whoHasNoSessionHasPodmansLoginsUnderTheUsersNumber() throws IOException {
        Object user = Files.getAttribute(folder, "unix:uid");
        write("users/" + user + "/auth.json", auths(REGISTRY, "someone"));
        assertThat(files(Map.of()).login(REGISTRY, REPOSITORY).credential()).map(Credential::getUsername)
                .contains("someone");
        assertThat(files(Map.of("XDG_RUNTIME_DIR", folder.toString())).login(REGISTRY, REPOSITORY).credential())
                .isEmpty();
    }

    /** Podman's keys, and the one that applies to ghcr.io/team/app/api; "-" if none does. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "ghcr.io,ghcr.io/team,ghcr.io/team/app; ghcr.io/team/app",
        "ghcr.io/team/app/api,ghcr.io/team; ghcr.io/team/app/api",
        "ghcr.io/other,ghcr.io/team; ghcr.io/team",
        "ghcr.io/other,ghcr.io; ghcr.io",
        "ghcr.io/other,ghcr.io/team/ap,ghcr.io/team/app/api/v2; -",
        "https://ghcr.io/v1/; https://ghcr.io/v1/",
        "ghcr.io.example,xghcr.io; -"})
    void ofPodmansLoginsTheMostSpecificForTheImageCounts(String keys, String counts) throws IOException {
        write("home/.config/containers/auth.json", auths(keys.split(",")));
        Optional<String> user = files(Map.of()).login(REGISTRY, REPOSITORY).credential().map(Credential::getUsername);
        assertThat(user.orElse("-")).isEqualTo(user(counts));
    }

    /** Docker looks only at the host of a key. */
    @ParameterizedTest
    @CsvSource({"https://ghcr.io", "https://ghcr.io/v2/", "http://ghcr.io/", "ghcr.io/other", "ghcr.io/v1/"})
    void dockerFindsARegistryUnderAnyUrlOfIt(String key) throws IOException {
        write("home/.docker/config.json", auths(new String[] {"elsewhere.example", key}));
        assertThat(files(Map.of()).login(REGISTRY, REPOSITORY).credential()).map(Credential::getUsername)
                .contains(user(key));
    }

    @Test
    void dockerHubHasManyNames() throws IOException {
        write("home/.docker/config.json", auths("https://index.docker.io/v1/"));
        assertThat(files(Map.of()).login("registry-1.docker.io", "team/api").credential()).isPresent();
    }

    @Test
    void aHelperMayBeNamedForDockerHubByItsFirstUrl() throws IOException {
        write("home/.docker/config.json", "{\"credHelpers\": {\"https://index.docker.io/v1/\": \"not-here\"}}");
        assertThat(files(Map.of()).login("registry-1.docker.io", "team/api").whom())
                .contains("docker-credential-not-here");
        write("home/.docker/config.json", "{\"credsStore\": \"not-here\"}");
        assertThat(files(Map.of()).login(REGISTRY, REPOSITORY).whom()).contains("docker-credential-not-here");
    }

    /** Entries as tools write them: passwords may contain colons, and some entries are empty. */
    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{\"auth\": \"dTphOmI6Yw==\"}; u; a:b:c", "{\"auth\": \"dTph\\nOmI6Yw==\\n\"}; u; a:b:c",
        "{\"auth\": \"\", \"username\": \"u\", \"password\": \"p\"}; u; p",
        "{\"username\": \"u\", \"password\": \"p\", \"email\": \"e\"}; u; p",
        "{\"auth\": \"MDA6\", \"identitytoken\": \"t\"}; <token>; t",
        "{}; -; -", "{\"auth\": \"\"}; -; -"})
    void anEntryIsReadAsDockerReadsIt(String entry, String user, String password) throws IOException {
        write("home/.docker/config.json", "{\"auths\": {\"ghcr.io\": " + entry + "}}");
        Optional<Credential> found = files(Map.of()).login(REGISTRY, REPOSITORY).credential();
        assertThat(found.map(Credential::getUsername).orElse("-")).isEqualTo(user);
        assertThat(found.map(Credential::getPassword).orElse("-")).isEqualTo(password);
    }

    @Test
    void anEntryThatIsNoLoginIsReportedWithoutWhatIsInIt() throws IOException {
        write("home/.docker/config.json", "{\"auths\": {\"ghcr.io\": {\"auth\": \"%a-secret\"}}}");
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> files(Map.of()).login(REGISTRY, REPOSITORY))
                .withMessageContaining("cannot be read").withMessageNotContaining("a-secret");
    }

    /** The helper of a registry takes precedence over the store; an empty name stands for the file itself. */
    @Test
    void whereTheHelperOfARegistryHasNoNameTheFileItselfCounts() throws IOException {
        write("home/.docker/config.json", auths(REGISTRY).replaceFirst("\\{",
                "{\"credsStore\": \"not-installed-here\", \"credHelpers\": {\"ghcr.io\": \"\"}, "));
        LoginFiles.Login login = files(Map.of()).login(REGISTRY, REPOSITORY);
        assertThat(login.credential()).map(Credential::getUsername).contains(REGISTRY);
        assertThat(login.whom()).doesNotContain("not-installed-here");
    }

    private LoginFiles files(Map<String, String> environment) {
        return LoginFiles.of(environment, folder.resolve("home"), folder.resolve("users"));
    }

    /** Returns a login for each key, with the key as the name of its user. */
    private static String auths(String... keys) {
        return Stream.of(keys).map(key -> login(key, key)).collect(Collectors.joining(", ", "{\"auths\": {", "}}"));
    }

    private static String auths(String registry, String user) {
        return "{\"auths\": {" + login(registry, user) + "}}";
    }

    private static String login(String key, String user) {
        return "\"" + key + "\": {\"auth\": \"" + Base64.getEncoder()
                .encodeToString((user(user) + ":a-secret").getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    /** Returns the user of a key, without colons, which the name of a user cannot contain. */
    private static String user(String key) {
        return key.replace(':', '%');
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
