package delivery.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import delivery.history.Exchange;
import delivery.history.ExchangeLog;
import delivery.settings.Secret;
import delivery.verdict.EnvironmentNotFit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import okhttp3.mockwebserver.MockResponse;
import okhttp3.mockwebserver.MockWebServer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageBuildTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ImageName BASE = new ImageName("ghcr.io", "sample-team/sample-api", "1.0.0");
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    @TempDir
    private Path folder;

    private final ExchangeLog log = new ExchangeLog();
    private FakeRegistry registry;
    private ImageBuild build;
    private Path source;

    @BeforeEach
    void start() throws IOException {
        registry = new FakeRegistry();
        build = build(registry.address());
        source = Files.createDirectories(folder.resolve("app"));
        Files.writeString(source.resolve("version.py"), "VERSION = \"1.0.0\"\n");
        Files.writeString(source.resolve("server.py"), "import version\n");
        pushBase();
    }

    @AfterEach
    void stop() throws IOException {
        registry.close();
    }

    @Test
    void theNewImageIsTheBaseWithOneLayerMore() throws IOException {
        PushedImage image;
        try (SourceCopy copy = new VersionSource(source).withVersion("1.0.1-bg-1")) {
            image = build.build(BASE, copy.folder(), "/app", "1.0.1-bg-1");
        }

        assertThat(image.name()).hasToString("ghcr.io/sample-team/sample-api:1.0.1-bg-1");
        assertThat(new Registry(access(registry.address())).manifestDigest(image.name())).contains(image.digest());
        JsonNode manifest = JSON.readTree(registry.manifests.get(image.digest()));
        JsonNode base = JSON.readTree(registry.manifests.get("1.0.0"));
        assertThat(manifest.path("layers")).hasSize(2);
        assertThat(manifest.path("layers").get(0).path("digest")).isEqualTo(base.path("layers").get(0).path("digest"));
        assertThat(files(manifest.path("layers").get(1).path("digest").asText()))
                .containsEntry("app/version.py", "VERSION = \"1.0.1-bg-1\"\n")
                .containsEntry("app/server.py", "import version\n");

        assertThat(manifest.path("config").path("digest").asText()).isEqualTo(image.configDigest());
        JsonNode config = JSON.readTree(registry.blobs.get(image.configDigest())).path("config");
        assertThat(config.path("Cmd")).hasToString("[\"python3\",\"-B\",\"/app/server.py\"]");
        assertThat(config.path("User").asText()).isEqualTo("65532");
        assertThat(config.path("Env").toString()).contains("LANG=C.UTF-8");
    }

    @Test
    void aBaseThatIsPinnedByItsDigestIsThatVeryOne() throws IOException {
        byte[] deployed = registry.manifests.get("1.0.0");
        registry.manifests.put("1.0.0", "{}".getBytes(UTF_8));
        PushedImage image = build.build(ImageName.parse(BASE + "@" + FakeRegistry.digest(deployed)), source, "/app", "1.0.1");

        assertThat(image.name()).hasToString("ghcr.io/sample-team/sample-api:1.0.1");
        assertThat(JSON.readTree(registry.manifests.get(image.digest())).path("layers").get(0).path("digest"))
                .isEqualTo(JSON.readTree(deployed).path("layers").get(0).path("digest"));
    }

    @Test
    void aPushIsLogged() {
        PushedImage image = build.build(BASE, source, "/app", "1.0.1");

        assertThat(log.exchanges()).containsExactly(new Exchange(
                image.at(), "registry", "PUT", "/v2/sample-team/sample-api/manifests/1.0.1", 201, ""));
        assertThat(registry.requests).contains(image.call());
        assertThat(image.command()).isEqualTo("docker build --tag ghcr.io/sample-team/sample-api:1.0.1 . "
                + "&& docker push ghcr.io/sample-team/sample-api:1.0.1");
    }

    @Test
    void theSameSourceMakesTheSameImageAndAnotherSourceAnother() throws IOException {
        String first = build.build(BASE, source, "/app", "1.0.1").digest();
        String second = build.build(BASE, source, "/app", "1.0.2").digest();
        Files.writeString(source.resolve("version.py"), "VERSION = \"1.0.3\"\n");
        String third = build.build(BASE, source, "/app", "1.0.3").digest();

        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    @Test
    void imagesAreBuiltSideBySide() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(6);
        try {
            List<Callable<PushedImage>> builds = new ArrayList<>();
            for (int number = 0; number < 6; number++) {
                String version = "2.0." + number;
                builds.add(() -> {
                    try (SourceCopy copy = new VersionSource(source).withVersion(version)) {
                        return build.build(BASE, copy.folder(), "/app", version);
                    }
                });
            }
            List<PushedImage> images = new ArrayList<>();
            for (Future<PushedImage> built : threads.invokeAll(builds)) {
                images.add(built.get());
            }

            assertThat(images).extracting(PushedImage::digest).doesNotHaveDuplicates();
            Registry reader = new Registry(access(registry.address()));
            assertThat(images).allSatisfy(image ->
                    assertThat(reader.manifestDigest(image.name())).contains(image.digest()));
            assertThat(log.exchanges()).hasSize(6);
        } finally {
            threads.shutdownNow();
        }
    }

    /** What is sent again then has the same digest under the same tag: done twice, it is as if it was done once. */
    @Test
    void aPushWhoseAnswerWasLostIsThatVeryImage() {
        String put = "PUT /v2/sample-team/sample-api/manifests/1.0.1";
        registry.answersLost.add(put);
        PushedImage image = build.build(BASE, source, "/app", "1.0.1");

        assertThat(registry.requests.stream().filter(put::equals)).hasSize(2);
        assertThat(FakeRegistry.digest(registry.manifests.get("1.0.1"))).isEqualTo(image.digest());
        assertThat(log.exchanges()).hasSize(1);
    }

    @Test
    void aBaseThatIsNotThereIsNamed() {
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> build.build(BASE.withTag("0.9.9"), source, "/app", "1.0.1"))
                .withMessageContaining("ghcr.io/sample-team/sample-api:0.9.9").withMessageContaining("REGISTRY");
        assertThat(log.exchanges()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"401,none is sent over http", "403,REGISTRY_USERNAME", "500,REGISTRY", "200,REGISTRY"})
    void aRegistryThatRefusesOrIsNoneIsTheEnvironmentsFault(int status, String reason) throws IOException {
        try (MockWebServer hostile = new MockWebServer()) {
            hostile.setServerSocketFactory(new PlainServerSockets());
            for (int answer = 0; answer < 40; answer++) {
                hostile.enqueue(new MockResponse().setResponseCode(status)
                        .setHeader("Content-Type", "text/html").setBody("<html>hello</html>"));
            }
            hostile.start();

            assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(
                            () -> build("http://localhost:" + hostile.getPort()).build(BASE, source, "/app", "1.0.1"))
                    .withMessageContaining(reason).withMessageNotContaining("a-secret");
            assertThat(log.exchanges()).isEmpty();
        }
    }

    @Test
    void anInterruptEndsABuildAndIsHandedOn() {
        Thread.currentThread().interrupt();

        assertThatIllegalStateException().isThrownBy(() -> build.build(BASE, source, "/app", "1.0.1"));
        assertThat(Thread.interrupted()).isTrue();
    }

    private ImageBuild build(String address) {
        return new ImageBuild(access(address), folder.resolve("cache"), log);
    }

    private static RegistryAccess access(String address) {
        return new RegistryAccess(Optional.of(URI.create(address)), Optional.of("user"),
                Optional.of(new Secret("a-secret")));
    }

    private void pushBase() throws IOException {
        byte[] tar = tar("bin/python3", "an interpreter");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(tar);
        }
        String layer = registry.addBlob(zipped.toByteArray());
        byte[] config = """
                {"architecture": "amd64", "os": "linux",
                 "config": {"User": "65532", "Env": ["LANG=C.UTF-8"], "Cmd": ["python3", "-B", "/app/server.py"]},
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]},
                 "history": [{"created_by": "base"}]}""".formatted(FakeRegistry.digest(tar)).getBytes(UTF_8);
        registry.add("1.0.0", MANIFEST, """
                {"schemaVersion": 2, "mediaType": "%s",
                 "config": {"mediaType": "application/vnd.docker.container.image.v1+json", "size": %d, "digest": "%s"},
                 "layers": [{"mediaType": "application/vnd.docker.image.rootfs.diff.tar.gzip", "size": %d,
                             "digest": "%s"}]}""".formatted(MANIFEST, config.length, registry.addBlob(config),
                zipped.size(), layer).getBytes(UTF_8));
    }

    private static byte[] tar(String name, String content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry(name);
            entry.setSize(content.length());
            tar.putArchiveEntry(entry);
            tar.write(content.getBytes(UTF_8));
            tar.closeArchiveEntry();
        }
        return bytes.toByteArray();
    }

    private Map<String, String> files(String layer) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(
                new GZIPInputStream(new ByteArrayInputStream(registry.blobs.get(layer))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), new String(tar.readAllBytes(), UTF_8));
            }
        }
        return files;
    }
}
