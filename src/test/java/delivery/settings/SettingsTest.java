package delivery.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.failure.InvalidSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final Properties system = new Properties();
    private final Map<String, String> lab = new HashMap<>();

    @BeforeEach
    void aClusterIsGiven() throws IOException {
        Path kubeconfig = Files.createFile(folder.resolve("kubeconfig"));
        environment.put("KUBECONFIG", kubeconfig.toString());
        environment.put("ARGOCD_SERVER", "argocd.example:8443");
        environment.put("ARGOCD_AUTH_TOKEN", "t0ken-value");
        environment.put("GATEWAY", "http://gateway.example/");
    }

    @Test
    void defaultsHoldWhereNothingIsGiven() {
        Settings settings = load();

        assertThat(settings.argoCdUsername()).isEqualTo("admin");
        assertThat(settings.argoCdInsecure()).isFalse();
        assertThat(settings.application()).isEqualTo("sample-api");
        assertThat(settings.hostDomain()).isEqualTo("sample-api.test");
        assertThat(settings.appSource()).isEqualTo(Path.of("lab/gitops/apps/sample-api/app"));
        assertThat(settings.appDirectory()).isEqualTo("/app");
        assertThat(settings.requests()).isEqualTo(1000);
        assertThat(settings.falseRedRate()).isEqualTo(0.001);
        assertThat(settings.parallel()).isBetween(1, 64);
        assertThat(settings.keep()).isFalse();
        assertThat(settings.patience()).isEqualTo(1.0);
        assertThat(settings.task()).isEmpty();
        assertThat(settings.taskDryRun()).isFalse();
        assertThat(settings.kubeContext()).isEmpty();
        assertThat(settings.registry()).isEmpty();
        assertThat(settings.lab()).isFalse();
        assertThat(settings.hints()).isEmpty();
    }

    @Test
    void theFolderOfTheHistoryNeedNotExistYetAndIsNoFile() {
        assertThat(load().history()).isEmpty();
        environment.put("HISTORY", folder.resolve("to/be").toString());
        assertThat(load().history()).hasValue(folder.resolve("to/be"));
        environment.put("HISTORY", folder.resolve("kubeconfig").toString());
        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class)
                .hasMessageContaining("is not a folder; give the path of one, which need not exist yet");
    }

    @Test
    void propertyWinsOverEnvironmentAndThatOverTheLab() {
        environment.remove("KUBECONFIG");
        lab.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        lab.put("REQUESTS", "300");
        lab.put("APPLICATION", "of-lab");
        lab.put("PATIENCE", "3");
        environment.put("REQUESTS", "200");
        environment.put("APPLICATION", "of-environment");
        environment.remove("ARGOCD_SERVER");
        lab.put("ARGOCD_SERVER", "https://127.0.0.1:1");
        system.setProperty("REQUESTS", "150");

        Settings settings = load();

        assertThat(settings.requests()).isEqualTo(150);
        assertThat(settings.application()).isEqualTo("of-environment");
        assertThat(settings.patience()).isEqualTo(3.0);
        assertThat(settings.lab()).isTrue();
    }

    @Test
    void theLabDoesNotFillTheGapsOfAnotherCluster() {
        environment.remove("GATEWAY");
        lab.put("GATEWAY", "http://198.18.0.1");

        assertThat(load().gateway()).as("a delivery without a route needs none").isEmpty();
    }

    @Test
    void anEnvironmentMeantForAnotherClusterIsRefusedWithTheLab() {
        environment.remove("KUBECONFIG");
        lab.put("KUBECONFIG", folder.resolve("kubeconfig").toString());
        lab.put("ARGOCD_SERVER", "https://127.0.0.1:1");

        assertThatThrownBy(this::load)
                .hasMessageContaining("ARGOCD_SERVER (\"argocd.example:8443\") is in the environment while the lab");

        environment.put("ARGOCD_SERVER", "https://127.0.0.1:1");
        assertThat(load().argoCdServer()).isEqualTo(URI.create("https://127.0.0.1:1"));

        environment.put("ARGOCD_SERVER", "argocd.example:8443");
        system.setProperty("ARGOCD_SERVER", "https://meant.example");
        assertThat(load().argoCdServer()).isEqualTo(URI.create("https://meant.example"));
    }

    @Test
    void allProblemsAreReportedAtOnceWithNameValueAndRemedy() {
        environment.put("KUBECONFIG", "/no/such/file");
        environment.put("REQUESTS", "many");
        environment.put("KEEP", "perhaps");
        environment.remove("GATEWAY");
        environment.remove("ARGOCD_AUTH_TOKEN");
        environment.put("REGISTRY_USERNAME", "someone");

        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class).message().satisfies(message -> {
            assertThat(message).startsWith("5 settings are wrong:");
            assertThat(message).contains(
                    "KUBECONFIG (\"/no/such/file\") is not a file that can be read; give",
                    "REQUESTS (\"many\") is not a whole number from 100 to 100000; write one",
                    "KEEP (\"perhaps\") is neither true nor false; write one",
                    "GATEWAY is not given; set it",
                    "ARGOCD_AUTH_TOKEN and ARGOCD_PASSWORD are not given; set the token",
                    "REGISTRY_USERNAME and REGISTRY_PASSWORD belong together");
        });
    }

    @Test
    void withoutClusterAndLabTheKubeconfigIsAskedFor() {
        environment.clear();

        assertThatThrownBy(this::load).message().startsWith("One setting is wrong:").contains("KUBECONFIG");
    }

    @Test
    void blankCountsAsNotGiven() {
        environment.put("REQUESTS", "  ");
        environment.put("KUBE_CONTEXT", "");
        system.setProperty("ARGOCD_SERVER", "");

        assertThat(load().requests()).isEqualTo(1000);
        assertThat(load().kubeContext()).isEmpty();
        assertThat(load().argoCdServer().getHost()).isEqualTo("argocd.example");
    }

    @Test
    void aBlankAroundATokenIsNotPartOfIt() {
        environment.put("ARGOCD_AUTH_TOKEN", "t0ken-value\n");

        assertThat(load().argoCdToken()).map(Secret::reveal).hasValue("t0ken-value");
    }

    @Test
    void secretsAreNeverShown() {
        environment.put("ARGOCD_AUTH_TOKEN", "hidden value with blanks");
        environment.put("ARGOCD_SERVER", "https://user:hidden@argocd.example");
        environment.put("GATEWAY", "ht tp://user:hidden@x");

        assertThatThrownBy(this::load).message()
                .contains("ARGOCD_AUTH_TOKEN holds a blank", "ARGOCD_SERVER carries a user",
                        "GATEWAY is not an address")
                .doesNotContain("hidden");
        assertThatThrownBy(this::load).satisfies(thrown ->
                assertThat(Throwables.getStackTrace(thrown)).doesNotContain("hidden"));
    }

    @Test
    void effectiveValuesKeepTheOrderAndMaskSecrets() {
        Map<String, String> effective = load().effective();

        assertThat(effective.keySet()).containsExactly(
                Arrays.stream(Setting.values()).map(Enum::name).toArray(String[]::new));
        assertThat(effective).containsEntry("ARGOCD_AUTH_TOKEN", "(set)")
                .containsEntry("ARGOCD_PASSWORD", "(not set)")
                .containsEntry("ARGOCD_SERVER", "https://argocd.example:8443");
        assertThat(effective.toString() + load().argoCdToken()).doesNotContain("t0ken-value");
        assertThat(load().secrets()).extracting(Secret::reveal).containsExactly("t0ken-value");
    }

    @ParameterizedTest
    @CsvSource({
        "argocd.example, https://argocd.example",
        "argocd.example:8080, https://argocd.example:8080",
        "127.0.0.1:8080, https://127.0.0.1:8080",
        "[::1]:8080, https://[::1]:8080",
        "http://argocd.example/, http://argocd.example",
        "https://example.org/argo-cd, https://example.org/argo-cd"})
    void argoCdServerIsHttpsWithoutAScheme(String given, URI read) {
        environment.put("ARGOCD_SERVER", given);

        assertThat(load().argoCdServer()).isEqualTo(read);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway.example", "ftp://gateway.example", "http://", "http://a:99999", "http://a:0",
        "http://a?x=1", "http://a#x", "http://a_b", "/gateway", "http://a b"})
    void gatewayMustBeAWholeAddress(String given) {
        environment.put("GATEWAY", given);

        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class).hasMessageContaining("GATEWAY");
    }

    @ParameterizedTest
    @CsvSource({"true,true", "1,true", "YES,true", "False,false", "0,false", "no,false"})
    void flagsAreReadInEveryUsualForm(String given, boolean read) {
        environment.put("KEEP", given);

        assertThat(load().keep()).isEqualTo(read);
    }

    @ParameterizedTest
    @CsvSource({"REQUESTS,99", "REQUESTS,100001", "REQUESTS,100.5", "REQUESTS,1e999999999", "FALSE_RED_RATE,0",
        "FALSE_RED_RATE,0.051", "FALSE_RED_RATE,NaN", "PATIENCE,0.09", "PATIENCE,20.1", "PATIENCE,-1", "PARALLEL,0",
        "APPLICATION,Sample", "APPLICATION,-a", "HOST_DOMAIN,a..b", "HOST_DOMAIN,a_b", "APP_DIRECTORY,app",
        "APP_DIRECTORY,/app/../etc", "APP_DIRECTORY,//app", "APP_SOURCE,/no/such/folder", "ARGOCD_SERVER_CRT,/"})
    void valuesOutOfTheirRangeAreRefused(String setting, String given) {
        environment.put(setting, given);

        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class).message()
                .contains(setting + " (\"" + given + "\")");
    }

    @ParameterizedTest
    @CsvSource({"REQUESTS,100", "REQUESTS,100000", "FALSE_RED_RATE,1e-9", "FALSE_RED_RATE,0.05", "PATIENCE,0.1",
        "PATIENCE,20", "PARALLEL,64", "APP_DIRECTORY,/srv/app", "HOST_DOMAIN,test"})
    void theEndsOfARangeAreAccepted(String setting, String given) {
        environment.put(setting, given);

        assertThatCode(this::load).doesNotThrowAnyException();
    }

    @Test
    void theCheckOfACertificateIsNotAskedForAndTurnedOff() {
        environment.put("ARGOCD_SERVER_CRT", folder.resolve("kubeconfig").toString());
        environment.put("ARGOCD_INSECURE", "true");

        assertThatThrownBy(this::load).message().contains("ARGOCD_INSECURE turns off");
    }

    @Test
    void aNameLikeASettingIsHintedAt() {
        environment.put("ARGOCD_PASWORD", "x");
        environment.put("PARALEL", "x");
        system.setProperty("falseRedRate", "x");
        system.setProperty("argocd.insecure", "x");
        environment.put("HOME", "/root");
        environment.put("KEPT_BACK", "x");

        assertThat(load().hints()).containsExactly(
                "unknown setting ARGOCD_PASWORD; did you mean ARGOCD_PASSWORD?",
                "unknown setting PARALEL; did you mean PARALLEL?",
                "unknown setting argocd.insecure; did you mean ARGOCD_INSECURE?",
                "unknown setting falseRedRate; did you mean FALSE_RED_RATE?");
    }

    /** The current context may be another cluster, and even be proved in place. */
    @Test
    void aMistypedContextIsNotLeftToTheCurrentOne() {
        environment.put("KUBECONTEXT", "staging");
        assertThatThrownBy(this::load).isInstanceOf(InvalidSettings.class).hasMessageContaining("KUBECONTEXT is set,"
                + " and KUBE_CONTEXT is not; rename it, or unset it");
        environment.put("KUBE_CONTEXT", "staging");
        assertThat(load().hints()).contains("unknown setting KUBECONTEXT; did you mean KUBE_CONTEXT?");
    }

    @Test
    void theEnvironmentOfThisMachineGivesNoHint() {
        environment.putAll(System.getenv());
        for (Setting setting : Setting.values()) {
            environment.remove(setting.name());
        }
        system.putAll(System.getProperties());

        assertThatThrownBy(this::load).message().doesNotContain("did you mean");
    }

    @Test
    void theTableHasEverySettingAndIsTheSameOnEveryMachine() {
        String table = SettingsTable.text();

        assertThat(table.lines()).hasSize(Setting.values().length + 2).allMatch(line -> line.startsWith("|"));
        assertThat(table).contains(
                "| `REQUESTS` | 100 to 100000 | `1000` | Requests of one sample of traffic. |",
                "| `PARALLEL` | 1 to 64 | `3 × cores` |");
    }

    @Test
    void whatIsGivenIsJudgedBeforeThereIsALab() {
        assertThat(Settings.given(Map.of("TASK_DRY_RUN", "no"), new Properties()).task()).isEmpty();
        assertThatThrownBy(() -> Settings.given(
                Map.of("REQUESTS", "many", "REGISTRY_USERNAME", "me", "ARGOCD_SERVER", "not an address"),
                new Properties()))
                .isInstanceOf(InvalidSettings.class).hasMessageContaining("REQUESTS")
                .hasMessageContaining("ARGOCD_SERVER")
                .hasMessageContaining("REGISTRY_PASSWORD").message().doesNotContain("KUBECONFIG", "no lab runs");
    }

    @Test
    void withoutSettingsCopiesAreProvedAndNothingOfTheDeliveryIsGiven() {
        Settings settings = load();

        assertThat(settings.inPlace()).isFalse();
        assertThat(settings.confirmed()).isFalse();
        assertThat(settings.pausesSync()).isTrue();
        assertThat(settings.journal()).isEmpty();
        assertThat(settings.places()).isEmpty();
        assertThat(settings.service()).isEmpty();
        assertThat(settings.gatewayAuthority()).isEmpty();
        assertThat(settings.strategies()).isEmpty();
        assertThat(settings.copy()).isEmpty();
        assertThat(settings.versionAnswer()).isEmpty();
        assertThat(settings.releases()).isEqualTo(2);
        assertThat(settings.withoutGateway()).hasMessageContaining("GATEWAY is not given; set it to the address");
    }

    @Test
    void inPlaceThereIsOneRelease() {
        environment.put("MODE", "in-place");
        environment.put("YES", "true");
        environment.put("SELF_HEAL", "keep");
        environment.put("JOURNAL", "ops/journal");
        environment.put("RELEASES", "7");

        assertThat(load().inPlace()).isTrue();
        assertThat(load().confirmed()).isTrue();
        assertThat(load().pausesSync()).isFalse();
        assertThat(load().journal()).contains("ops/journal");
        assertThat(load().releases()).isEqualTo(1);
        environment.put("MODE", "copies");
        assertThat(load().releases()).isEqualTo(7);
    }

    @Test
    void placesInTheDeliveryAreReadAsGiven() {
        environment.put("ROLLOUT", "shop");
        environment.put("VALUE_DELAY", "rollouts.delay");
        environment.put("SERVICE", "users");
        environment.put("GATEWAY_CA", environment.get("KUBECONFIG"));
        environment.put("COPY", "secret/pull,configmap/env");
        environment.put("STRATEGIES", "canary");

        assertThat(load().places()).containsOnly(Map.entry(Setting.ROLLOUT, "shop"),
                Map.entry(Setting.SERVICE, "users"), Map.entry(Setting.VALUE_DELAY, "rollouts.delay"));
        assertThat(load().service()).contains("users");
        assertThat(load().gatewayAuthority()).contains(Path.of(environment.get("KUBECONFIG")));
        assertThat(load().copy()).hasSize(2);
        assertThat(load().strategies()).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "VERSION_PATH, /v, /v (JSON /version)",
        "VERSION_POINTER, /build/number, /version (JSON /build/number)",
        "VERSION_HEADER, X-Version, /version (header X-Version)",
        "POD_HEADER, X-Pod, /version (JSON /version)"})
    void anAnswerThatIsGivenInPartIsOtherwiseThatOfTheLab(String setting, String given, String answer) {
        environment.put(setting, given);

        assertThat(load().versionAnswer()).map(Object::toString).contains(answer);
        assertThat(load().versionAnswer().orElseThrow().pod().isPresent()).isEqualTo(setting.startsWith("POD"));
    }

    private Settings load() {
        return Settings.load(environment, system, lab);
    }
}
