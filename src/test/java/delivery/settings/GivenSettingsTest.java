package delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that are given are used, and those that are incomplete or mistaken are reported. */
class GivenSettingsTest {

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private Path file;

    @BeforeEach
    void everySettingIsGiven() throws IOException {
        file = Files.createFile(folder.resolve("file"));
        environment.putAll(Map.of("KUBECONFIG", file.toString(), "KUBE_CONTEXT", "mine", "ARGOCD_SERVER",
                "argocd.example",
                "ARGOCD_USERNAME", "someone", "ARGOCD_PASSWORD", "pass-word", "GATEWAY", "http://gateway.example/",
                "APPLICATION", "shop", "HOST_DOMAIN", "shop.example", "REGISTRY", "http://registry.example:5000"));
        environment.putAll(Map.of("ARGOCD_SERVER_CRT", file.toString(), "REGISTRY_USERNAME", "pusher",
                "REGISTRY_PASSWORD", "push-word", "APP_SOURCE", folder.toString(), "APP_DIRECTORY", "/srv"));
        environment.putAll(Map.of("REQUESTS", "500", "FALSE_RED_RATE", "0.01", "PARALLEL", "2", "KEEP", "true",
                "PATIENCE", "2.5", "HISTORY", folder.toString(), "TASK", file.toString(), "TASK_DRY_RUN", "yes"));
    }

    @Test
    void eachSettingIsWhatWasGiven() {
        Settings settings = load();

        assertThat(settings.kubeconfig()).isEqualTo(file);
        assertThat(settings.kubeContext()).contains("mine");
        assertThat(settings.argoCdServer()).isEqualTo(URI.create("https://argocd.example"));
        assertThat(settings.argoCdUsername()).isEqualTo("someone");
        assertThat(settings.argoCdPassword()).map(Secret::reveal).contains("pass-word");
        assertThat(settings.argoCdToken()).isEmpty();
        assertThat(settings.argoCdCertificate()).contains(file);
        assertThat(settings.gateway()).contains(URI.create("http://gateway.example"));
        assertThat(settings.application()).isEqualTo("shop");
        assertThat(settings.hostDomain()).isEqualTo("shop.example");
        assertThat(settings.registry()).contains(URI.create("http://registry.example:5000"));
        assertThat(settings.registryUsername()).contains("pusher");
        assertThat(settings.registryPassword()).map(Secret::reveal).contains("push-word");
        assertThat(settings.appSource()).isEqualTo(folder);
        assertThat(settings.appDirectory()).isEqualTo("/srv");
        assertThat(settings.requests()).isEqualTo(500);
        assertThat(settings.falseRedRate()).isEqualTo(0.01);
        assertThat(settings.parallel()).isEqualTo(2);
        assertThat(settings.keep()).isTrue();
        assertThat(settings.patience()).isEqualTo(2.5);
        assertThat(settings.history()).contains(folder);
        assertThat(settings.task()).contains(file);
        assertThat(settings.taskDryRun()).isTrue();
        assertThat(settings.lab()).isFalse();
        assertThat(settings.secrets()).extracting(Secret::reveal).containsExactlyInAnyOrder("pass-word", "push-word");
    }

    @Test
    void anUnverifiedCertificateIsAskedForByName() {
        environment.remove("ARGOCD_SERVER_CRT");
        environment.put("ARGOCD_INSECURE", "true");
        assertThat(load().argoCdInsecure()).isTrue();
    }

    @Test
    void whatIsKnownBeforeThereIsALabIsNoLab() {
        Settings settings = Settings.given(environment, new Properties());
        assertThat(settings.lab()).isFalse();
        assertThat(settings.requests()).isEqualTo(500);
        assertThat(settings.hints()).isEmpty();

        Settings without = Settings.given(Map.of(), new Properties());
        assertThatIllegalStateException().isThrownBy(without::kubeconfig).withMessage("KUBECONFIG has no value");
    }

    @ParameterizedTest
    @CsvSource({
        "ARGOCD_SERVER, ARGOCD_SERVER is not given; set it to the address of the cluster's Argo CD",
        "ARGOCD_PASSWORD, ARGOCD_AUTH_TOKEN and ARGOCD_PASSWORD are not given;",
        "REGISTRY_USERNAME, REGISTRY_USERNAME and REGISTRY_PASSWORD belong together; set both or neither",
        "REGISTRY_PASSWORD, REGISTRY_USERNAME and REGISTRY_PASSWORD belong together; set both or neither",
        "TASK, TASK_DRY_RUN is set and TASK is not; set TASK to the task's own Markdown file"})
    void whatIsGivenByHalfIsReported(String missing, String problem) {
        environment.remove(missing);
        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class)
                .hasMessageStartingWith("One setting is wrong:\n  " + problem);
    }

    @Test
    void newVersionsComeInOneWay() {
        assertThat(load().newVersions()).isEqualTo(new NewVersions(Optional.empty(), Optional.empty(), List.of(),
                Optional.empty()));
        environment.putAll(Map.of("NEW_TAG", "v1.1.0, v1.2.0=1.2", "FAULTY_TAG", "broken=1.3"));
        assertThat(load().newVersions().ready()).hasToString("[v1.1.0, v1.2.0=1.2]");
        assertThat(load().newVersions().faulty()).map(NamedVersion::answers).contains(Optional.of("1.3"));
        environment.put("BUILD", "make push");
        assertThatThrownBy(this::load).hasMessageContaining(
                "BUILD and NEW_TAG say the same in two ways; set one of them");
        environment.remove("NEW_TAG");
        assertThat(load().newVersions().sameImage()).isFalse();
        assertThat(load().newVersions().announcement())
                .contains("BUILD: new versions are made by the command make push");
        environment.put("BUILD", "same-image");
        assertThat(load().newVersions().announcement()).isEmpty();
        assertThat(load().newVersions().sameImage()).isTrue();
        environment.put("VERSION_LINE", "/app/version.py:version=(.*)");
        assertThatThrownBy(this::load).hasMessageContaining("BUILD and VERSION_LINE say the same");
        environment.remove("BUILD");
        assertThat(load().newVersions().line()).map(VersionLine::file).contains("/app/version.py");
        assertThat(load().effective()).containsEntry("VERSION_LINE", "/app/version.py:version=(.*)");
    }

    @Test
    void aTokenIsEnoughAndATaskNeedsNoDryRun() {
        environment.remove("ARGOCD_PASSWORD");
        environment.put("ARGOCD_AUTH_TOKEN", "t0ken");
        environment.remove("TASK_DRY_RUN");
        assertThat(load().argoCdToken()).map(Secret::reveal).contains("t0ken");
        assertThat(load().task()).contains(file);
    }

    @Test
    void whatIsUnusableIsNotReportedTwice() {
        environment.put("ARGOCD_SERVER", "ftp://argocd.example");
        environment.put("REGISTRY_PASSWORD", "with blank");
        assertThatThrownBy(this::load).hasMessageStartingWith("2 settings are wrong:")
                .message().doesNotContain("not given", "belong together");
    }

    @ParameterizedTest
    @ValueSource(strings = {"REGISTYR", "PATIENC", "PARALLELLL", "GATEWAYS", "TASKS", "kube.context", "kube-kontext"})
    void aNameThatIsNearlyASettingIsHintedAtInTheMessageToo(String name) {
        environment.put(name, "x");
        assertThat(load().hints()).singleElement().asString()
                .startsWith("unknown setting " + name + "; did you mean ");
        environment.put("REQUESTS", "many");
        assertThatThrownBy(this::load).hasMessageContaining(
                "\n  unknown setting " + name + "; did you mean ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GATEWYA", "HISTROY", "MASKS", "LESS", "REGISTRIES", "PARENT"})
    void anotherWordIsNotHintedAt(String name) {
        environment.put(name, "x");
        assertThat(load().hints()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"KUBE_CONTEXT", "REGISTRY"})
    void whatIsWrittenToIsNotTakenFromTheEnvironmentForTheLab(String written) {
        Map<String, String> lab = Map.of("KUBECONFIG", file.toString(), "ARGOCD_SERVER", "https://127.0.0.1:1",
                "ARGOCD_PASSWORD", "x", "GATEWAY", "http://127.0.0.1:2");
        String value = environment.get(written);
        environment.clear();
        assertThat(Settings.load(environment, new Properties(), lab).lab()).isTrue();

        environment.put(written, value);
        assertThatThrownBy(() -> Settings.load(environment, new Properties(), lab)).hasMessageContaining(
                written + " (\"" + value + "\") is in the environment while the lab is to be proved on;");
    }

    @Test
    void eachSettingHasAMeaningAndOnlyPasswordsAndTokensAreSecret() {
        for (Setting setting : Setting.values()) {
            assertThat(setting.description()).as(setting.name()).endsWith(".");
            assertThat(setting.isSecret()).as(setting.name())
                    .isEqualTo(setting.name().endsWith("PASSWORD") || setting.name().endsWith("TOKEN"));
        }
        assertThat(Setting.KUBECONFIG.defaultValue()).isEmpty();
        assertThat(Setting.REQUESTS.defaultValue()).contains("1000");
        assertThat(Setting.PARALLEL.documentedDefault()).isEqualTo("3 × cores");
        assertThat(List.of(Setting.values())).allSatisfy(setting ->
                assertThat(SettingsTable.text()).contains("| `" + setting + "` | " + setting.kind().form() + " | "));
    }

    private Settings load() {
        return Settings.load(environment, new Properties(), Map.of());
    }
}
