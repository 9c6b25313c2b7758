package delivery.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.argocd.Application;
import delivery.chart.Values;
import delivery.clone.LiveRelease;
import delivery.console.Console;
import delivery.environment.Blueprint;
import delivery.environment.OneServer;
import delivery.environment.Platform;
import delivery.failure.UnsafeChange;
import delivery.failure.WrongInput;
import delivery.history.CallLog;
import delivery.registry.ImageName;
import delivery.restoration.JournalStore;
import delivery.restoration.RestorePoint;
import delivery.rollout.Rollout;
import delivery.settings.Settings;
import delivery.waiting.Waiting;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nobody's live release is changed without a question. A test has no terminal. */
class LiveApplicationTest {

    private static final String OBJECT = """
            {"metadata":{"name":"shop","namespace":"argocd"},"spec":{"project":"default",
             "destination":{"namespace":"shop-live"},"source":{"repoURL":"https://git.test/x.git","path":"charts/shop",
             "helm":{"parameters":[{"name":"image.tag","value":"1.0.0"}]}},
             "syncPolicy":{"automated":{"selfHeal":true}}},"status":{"sync":{"revision":"abc"}}}""";

    private final MockWebServer server = new MockWebServer();
    private final List<String> writes = new ArrayList<>();

    @TempDir
    Path folder;

    @BeforeEach
    void start() throws IOException {
        server.setDispatcher(OneServer.registry(writes));
        server.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.shutdown();
    }

    @Test
    void whereNobodyAgreesNothingIsChanged() throws IOException {
        try (Platform platform = platform(Map.of())) {
            LiveApplication live = new LiveApplication(platform, new Waiting(1, (what, elapsed, seen) -> { }),
                    Console.open(folder), "abcde");
            assertThatThrownBy(() -> live.requireAgreement("shop", "it is changed")).isInstanceOf(UnsafeChange.class)
                    .isInstanceOf(WrongInput.class).hasMessageContaining("set YES=1 to agree");
            assertThat(live.putBack()).isEmpty();
        }
        assertThat(writes).isEmpty();
    }

    @Test
    void theSettingAnswers() throws IOException {
        try (Platform platform = platform(Map.of("YES", "1"))) {
            LiveApplication live = new LiveApplication(platform, new Waiting(1, (what, elapsed, seen) -> { }),
                    Console.open(folder), "abcde");
            assertThatCode(() -> live.requireAgreement("shop", "it is changed")).doesNotThrowAnyException();
        }
    }

    @Test
    void whatWillBeChangedIsShown() throws IOException {
        assertThat(notice(Map.of())).contains("shop (namespace argocd), which deploys to namespace shop-live",
                "version 1.0.0, by blue-green", "criteria        BG-1, CAN-1",
                "image.tag, replicas, rollouts.canary.steps, rollouts.scaleDownDelaySeconds, rollouts.strategy",
                "acceptance-abcde-…", "is paused, self-heal with it",
                "ConfigMap argocd/progressive-delivery-shop, written before anything is changed");
        assertThat(notice(Map.of("SELF_HEAL", "keep"))).contains("stays on (SELF_HEAL=keep)",
                "takes an undo back within seconds, and RB-2 is not met");
    }

    private String notice(Map<String, String> given) throws IOException {
        JsonNode object = new ObjectMapper().readTree(OBJECT);
        Application application = Application.parse(object);
        RestorePoint point = new RestorePoint(object, "1.0.0", Rollout.parse(new ObjectMapper().readTree(
                "{\"metadata\":{\"name\":\"shop\",\"namespace\":\"shop-live\"},\"spec\":{\"strategy\":"
                        + "{\"blueGreen\":{}}}}")), Set.of());
        Blueprint pattern = new Blueprint(application, Values.parse("values.yaml", "image: {tag: 1.0.0}"),
                ImageName.parse("registry.test/shop:1.0.0"), LiveRelease.of("shop-live", List.of()));
        return new ChangeNotice(point, pattern, settings(given), "abcde").text(
                JournalStore.of(null, object, Optional.empty(), "abcde"), Set.of("CAN-1", "BG-1"));
    }

    private Settings settings(Map<String, String> given) {
        return Settings.given(given, new Properties());
    }

    private Platform platform(Map<String, String> given) throws IOException {
        return OneServer.platform(server.url("/").toString(), folder, new CallLog(), given);
    }
}
