package delivery.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.registry.ImageName;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import okhttp3.mockwebserver.MockWebServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only the access that the new versions need is required of the registry. */
class RegistryCheckTest {

    private static final ImageName LIVE = ImageName.parse("registry.test/shop:v1");

    private final MockWebServer server = new MockWebServer();
    private final List<String> writes = new CopyOnWriteArrayList<>();

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
    void whoPushesMustBeAbleTo() throws IOException {
        for (Map<String, String> pushing : List.of(Map.<String, String>of(), Map.of("BUILD", "same-image"),
                Map.of("VERSION_LINE", "/v:(.*)"))) {
            writes.clear();
            assertThat(found(pushing)).endsWith("takes pushes of registry.test/shop");
            assertThat(writes).containsExactly("POST /v2/shop/blobs/uploads/", "DELETE /v2/shop/blobs/uploads/1");
            assertThat(command(pushing)).startsWith("curl --request POST http://")
                    .endsWith("/v2/shop/blobs/uploads/");
        }
    }

    @Test
    void whereNothingIsPushedTheVersionsMustBeThere() throws IOException {
        assertThat(found(Map.of("NEW_TAG", "v2,v3", "FAULTY_TAG", "v4")))
                .isEqualTo("v2 is there; v3 is there; v4 is there");
        assertThat(found(Map.of("BUILD", "make push"))).endsWith("has v1; BUILD pushes beside it");
        assertThat(writes).isEmpty();
        assertThat(command(Map.of("NEW_TAG", "v2"))).isEqualTo("docker manifest inspect registry.test/shop:v2");
        assertThat(command(Map.of("BUILD", "make push"))).isEqualTo("docker manifest inspect registry.test/shop:v1");
    }

    @Test
    void aVersionThatIsNotThereOrNotNewIsReportedWithTheSetting() {
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> found(Map.of("NEW_TAG", "v2,v9")))
                .withMessageContainingAll("has no registry.test/shop:v9", "correct NEW_TAG");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> found(Map.of("FAULTY_TAG", "v1")))
                .withMessageContainingAll("The live release runs v1", "Name another one");
    }

    private String found(Map<String, String> settings) throws IOException {
        try (Platform platform = platform(settings)) {
            return check(platform).of(LIVE);
        }
    }

    private String command(Map<String, String> settings) throws IOException {
        try (Platform platform = platform(settings)) {
            return check(platform).command(LIVE);
        }
    }

    private Platform platform(Map<String, String> settings) throws IOException {
        return OneServer.platform(server.url("/").toString(), folder, new CallLog(), settings);
    }

    private static RegistryCheck check(Platform platform) {
        return new RegistryCheck(platform.registry(), platform.settings().newVersions());
    }
}
