package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.cloud.tools.jib.api.Credential;
import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginFilesTest {

    private static final String REGISTRY = "ghcr.io";

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

        LoginFiles.Login login = files(environment).login(REGISTRY);
        assertThat(login.credential()).map(Credential::getUsername).contains("someone");
        assertThat(login.whom()).isEqualTo("the user someone of " + folder.resolve(file));
    }

    @Test
    void whereDockerConfigIsSetDockerReadsNoOtherFile() throws IOException {
        write("home/.docker/config.json", auths(REGISTRY, "other"));
        write("docker/config.json", auths("elsewhere.example", "someone"));

        LoginFiles.Login login = files(Map.of("DOCKER_CONFIG", folder.resolve("docker").toString())).login(REGISTRY);
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
        assertThat(files(environment).login(REGISTRY).credential()).map(Credential::getUsername).contains("podman");

        write("docker/config.json", auths(REGISTRY, "docker"));
        assertThat(files(environment).login(REGISTRY).credential()).map(Credential::getUsername).contains("docker");
    }

    @Test
    void whereNoFileIsThereAllAreNamed() {
        assertThat(files(Map.of()).login(REGISTRY).whom()).startsWith("a guest, as there is no ")
                .contains(folder.resolve("home/.docker/config.json").toString());
    }

    @Test
    void aCredentialHelperThatIsMissingIsNamed() throws IOException {
        for (String config : List.of("{\"credHelpers\": {\"ghcr.io\": \"not-installed-here\"}}",
                "{\"credsStore\": \"not-installed-here\"}")) {
            write("docker/config.json", config);
            LoginFiles.Login login = files(Map.of("DOCKER_CONFIG", folder.resolve("docker").toString()))
                    .login(REGISTRY);
            assertThat(login.credential()).isEmpty();
            assertThat(login.whom()).contains("docker-credential-not-installed-here");
        }
    }

    @Test
    void aFileThatCannotBeReadIsNamedWithoutWhatIsInIt() throws IOException {
        write("home/.docker/config.json", "{\"auths\": {\"ghcr.io\": {\"auth\": a-secret}}}");

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files(Map.of()).login(REGISTRY))
                .withMessageContaining(folder.resolve("home/.docker/config.json").toString())
                .withMessageNotContaining("a-secret");
        write("home/.docker/config.json", "{\"auths\": null}");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files(Map.of()).login(REGISTRY));
    }

    @Test
    void anEmptyFileHasNoLogin() throws IOException {
        write("home/.docker/config.json", "\n");
        assertThat(files(Map.of()).login(REGISTRY).credential()).isEmpty();
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

    private LoginFiles files(Map<String, String> environment) {
        return LoginFiles.of(environment, folder.resolve("home"));
    }

    private static String auths(String registry, String user) {
        return "{\"auths\": {\"" + registry + "\": {\"auth\": \"" + Base64.getEncoder()
                .encodeToString((user + ":a-secret").getBytes(StandardCharsets.UTF_8)) + "\"}}}";
    }

    private Path write(String file, String text) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        return Files.writeString(path, text);
    }
}
