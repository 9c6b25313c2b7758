package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImageFilesTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ImageName IMAGE = new ImageName("ghcr.io", "team/shop", "1");

    private FakeRegistry fake;
    private ImageFiles files;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeRegistry();
        files = new ImageFiles(new Registry(new RegistryAccess(Optional.of(URI.create(fake.address())),
                Optional.empty(), Optional.empty())));
    }

    @AfterEach
    void stop() throws IOException {
        fake.close();
    }

    @Test
    void theNewestLayerThatHasAFileCounts() throws IOException {
        new LayeredImage(fake).with("app/v", "old").with(Map.of("./app/v", "new"), false).with("etc/x", "y").push("1");
        assertThat(files.text(IMAGE, "/app/v")).contains("new");
        assertThat(files.text(IMAGE, "/app/v2")).isEmpty();
    }

    @Test
    void layersBelowAreNotReadForNothing() throws IOException {
        new LayeredImage(fake).with("big", "b").with("app/v", "new").sized(0, 500_000_000).push("1");
        assertThat(files.text(IMAGE, "/app/v")).contains("new");
        assertThat(fake.requests).filteredOn(request -> request.contains("/blobs/")).hasSize(1);
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files.text(IMAGE, "/app/w"))
                .withMessageStartingWith("It is not known whether ghcr.io/team/shop:1 has /app/w: it was not in the"
                        + " last 96 MB of its layers.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/.wh.v", ".wh.app", "app/.wh..wh..opq", ".wh..wh..opq"})
    void aFileThatALaterLayerTakesAwayIsNotThere(String whiteout) throws IOException {
        new LayeredImage(fake).with("app/v", "old").with(whiteout, "").push("1");
        assertThat(files.text(IMAGE, "/app/v")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"app/.wh.vv", ".wh.ap", "lib/.wh..wh..opq", "app/v/../.wh.x"})
    void aFileStaysThatALaterLayerDoesNotSpeakOf(String whiteout) throws IOException {
        new LayeredImage(fake).with("app/v", "old").with(whiteout, "").push("1");
        assertThat(files.text(IMAGE, "/app/v")).contains("old");
    }

    @Test
    void aFileOfTheLayerThatTakesAwayTheOneBelowIsThere() throws IOException {
        new LayeredImage(fake).with("app/v", "old").with(Map.of("app/.wh..wh..opq", "", "app/v", "new"), true)
                .push("1");
        assertThat(files.text(IMAGE, "/app/v")).contains("new");
    }

    @Test
    void ofAnIndexTheFirstImageIsRead() throws IOException {
        String one = new LayeredImage(fake).with("app/v", "one").push("for-one");
        String attestation = new LayeredImage(fake).with("app/v", "no image").push("for-none");
        ObjectNode index = JSON.createObjectNode().put("schemaVersion", 2);
        index.withArray("manifests").addObject().put("digest", attestation).putObject("platform").put("os", "unknown");
        index.withArray("manifests").addObject().put("digest", one).putObject("platform").put("os", "linux");
        fake.add("1", "application/vnd.oci.image.index.v1+json", JSON.writeValueAsBytes(index));
        assertThat(files.text(IMAGE, "/app/v")).contains("one");
    }

    @Test
    void whatCannotBeReadIsNotTakenForMissing() throws IOException {
        byte[] zstd = {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0};
        new LayeredImage(fake).layer(zstd, zstd).push("1");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files.text(IMAGE, "/app/v"))
                .withMessageContaining("packed by zstd");
        new LayeredImage(fake).with("app/v", "x".repeat(1024 * 1024 + 1)).push("1");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files.text(IMAGE, "/app/v"))
                .withMessageContaining("it has 1048577 bytes");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> files.text(IMAGE.withTag("2"), "/app/v"))
                .withMessageContaining("has no ghcr.io/team/shop:2");
    }
}
