package delivery.registry;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.settings.Secret;
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
    private static final String INDEX = "application/vnd.docker.distribution.manifest.list.v2+json";
    private static final String MANIFEST = "application/vnd.docker.distribution.manifest.v2+json";

    @TempDir
    private Path folder;

    private final CallLog log = new CallLog();
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
        pushBase("1.0.0", "amd64");
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

        String configDigest = manifest.path("config").path("digest").asText();
        assertThat(image.configs()).containsExactly(configDigest);
        assertThat(image.manifests()).containsExactly(image.digest());
        JsonNode config = JSON.readTree(registry.blobs.get(configDigest)).path("config");
        assertThat(config.path("Cmd")).hasToString("[\"python3\",\"-B\",\"/app/server.py\"]");
        assertThat(config.path("User").asText()).isEqualTo("65532");
        assertThat(config.path("Env").toString()).contains("LANG=C.UTF-8");
    }

    @ParameterizedTest
    @CsvSource({"amd64 arm64", "arm64", "arm64 amd64 unknown", "s390x ppc64le"})
    void theNewImageIsForThePlatformsOfTheBasesIndex(String architectures) throws IOException {
        List<String> platforms = List.of(architectures.split(" "));
        String base = pushIndex(platforms);
        PushedImage image = build.build(BASE, source, "/app", "1.0.1");

        List<String> built = platforms.stream().filter(platform -> !platform.equals("unknown")).toList();
        JsonNode pushed = JSON.readTree(registry.manifests.get("1.0.1"));
        assertThat(new Registry(access(registry.address())).manifestDigest(image.name())).contains(image.digest());
        List<String> architecturesOfConfigs = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (String manifest : built.size() == 1 ? List.of(image.digest()) : digests(pushed)) {
            JsonNode content = JSON.readTree(registry.manifests.get(manifest));
            String config = content.path("config").path("digest").asText();
            ids.add(config);
            assertThat(content.path("layers")).hasSize(2);
            architecturesOfConfigs.add(JSON.readTree(registry.blobs.get(config)).path("architecture").asText());
            assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + manifest)).as("its own manifest").isTrue();
            assertThat(image.isRunBy(config)).as("its own id").isTrue();
        }
        assertThat(architecturesOfConfigs).containsExactlyInAnyOrderElementsOf(built);
        assertThat(image.configs()).containsExactlyInAnyOrderElementsOf(ids);
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + image.digest())).as("the index").isTrue();
        assertThat(image.isRunBy("ghcr.io/sample-team/sample-api@" + base)).as("the base").isFalse();
    }

    @Test
    void anIndexMayHaveOneImageForTwoPlatforms() throws IOException {
        byte[] manifest = registry.manifests.get("1.0.0");
        ArrayNode twice = JSON.createArrayNode();
        for (String architecture : List.of("amd64", "arm64")) {
            entry(twice, manifest, architecture);
        }
        index(twice);

        PushedImage image = build.build(BASE, source, "/app", "1.0.1");
        assertThat(digests(JSON.readTree(registry.manifests.get("1.0.1")))).hasSize(2)
                .allSatisfy(digest -> assertThat(image.isRunBy("a@" + digest)).isTrue());
    }

    @Test
    void aBaseForOnePlatformIsBuiltAsItIs() throws IOException {
        pushBase("1.0.0", "arm64");
        PushedImage image = build.build(BASE, source, "/app", "1.0.1");

        String config = JSON.readTree(registry.manifests.get("1.0.1")).path("config").path("digest").asText();
        assertThat(JSON.readTree(registry.blobs.get(config)).path("architecture").asText()).isEqualTo("arm64");
        assertThat(image.configs()).containsExactly(config);
    }

    /**
     * Whether the registry kept what it accepted is for a criterion to find out: it does not show a problem of the
     * environment.
     */
    @Test
    void aRegistryThatKeepsNothingOfAPushHasTakenIt() throws IOException {
        registry.forgetful = true;
        assertThat(build.build(BASE, source, "/app", "1.0.1").digest()).startsWith("sha256:");
        registry.forgetful = false;
        pushIndex(List.of("amd64", "arm64"));
        registry.forgetful = true;
        PushedImage index = build.build(BASE, source, "/app", "1.0.2");
        assertThat(index.manifests()).containsExactly(index.digest());
        assertThat(registry.manifests).doesNotContainKeys("1.0.1", "1.0.2");
    }

    @Test
    void anIndexThatNamesNoPlatformIsTheEnvironmentsFault() throws IOException {
        pushIndex(List.of("unknown"));

        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build.build(BASE, source, "/app", "1.0.1"))
                .withMessageContaining("names no platform");
    }

    @Test
    void aBaseThatIsPinnedByItsDigestIsThatVeryOne() throws IOException {
        byte[] deployed = registry.manifests.get("1.0.0");
        registry.manifests.put("1.0.0", "{}".getBytes(UTF_8));
        PushedImage image =
                build.build(ImageName.parse(BASE + "@" + FakeRegistry.digest(deployed)), source, "/app", "1.0.1");

        assertThat(image.name()).hasToString("ghcr.io/sample-team/sample-api:1.0.1");
        assertThat(JSON.readTree(registry.manifests.get(image.digest())).path("layers").get(0).path("digest"))
                .isEqualTo(JSON.readTree(deployed).path("layers").get(0).path("digest"));
    }

    @Test
    void aPushIsLogged() {
        PushedImage image = build.build(BASE, source, "/app", "1.0.1");

        assertThat(log.exchanges()).containsExactly(new RecordedCall(
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

    /**
     * A push that is sent again has the same digest and the same tag, so sending it twice has the effect of sending it
     * once.
     */
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
    @CsvSource({"401,none is sent over http", "403,none is sent over http", "500,REGISTRY", "200,REGISTRY"})
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

    /** Replaces the base by an index with an image for each architecture; "unknown" is an attestation. */
    private String pushIndex(List<String> architectures) throws IOException {
        ArrayNode manifests = JSON.createArrayNode();
        for (String architecture : architectures) {
            entry(manifests, registry.manifests.get(pushBase("for-" + architecture, architecture)), architecture);
        }
        return index(manifests);
    }

    private static void entry(ArrayNode index, byte[] manifest, String architecture) {
        index.addObject().put("mediaType", MANIFEST).put("digest", FakeRegistry.digest(manifest))
                .put("size", manifest.length).putObject("platform").put("architecture", architecture)
                .put("os", architecture.equals("unknown") ? "unknown" : "linux");
    }

    private String index(ArrayNode manifests) throws IOException {
        return registry.add("1.0.0", INDEX, JSON.writeValueAsBytes(JSON.createObjectNode().put("schemaVersion", 2)
                .put("mediaType", INDEX).set("manifests", manifests)));
    }

    private static List<String> digests(JsonNode index) {
        List<String> digests = new ArrayList<>();
        index.path("manifests").forEach(manifest -> digests.add(manifest.path("digest").asText()));
        return digests;
    }

    private String pushBase(String tag, String architecture) throws IOException {
        byte[] tar = tar("bin/python3", "an interpreter");
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(tar);
        }
        String layer = registry.addBlob(zipped.toByteArray());
        byte[] config = """
                {"architecture": "%s", "os": "linux",
                 "config": {"User": "65532", "Env": ["LANG=C.UTF-8"], "Cmd": ["python3", "-B", "/app/server.py"]},
                 "rootfs": {"type": "layers", "diff_ids": ["%s"]},
                 "history": [{"created_by": "base"}]}""".formatted(architecture, FakeRegistry.digest(tar)).getBytes(UTF_8);
        return registry.add(tag, MANIFEST, """
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
