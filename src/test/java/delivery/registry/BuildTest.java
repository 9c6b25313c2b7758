package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import delivery.failure.EnvironmentNotFit;
import delivery.history.CallLog;
import delivery.history.RecordedCall;
import delivery.registry.ImageFiles.ImageFile;
import delivery.settings.Settings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ways to make a new version, each with its settings. */
class BuildTest {

    private static final ImageName BASE = new ImageName("ghcr.io", "team/shop", "v1.0.0");
    private static final String TAG = "acceptance-run-1.1.0";

    @TempDir
    private Path folder;

    private final CallLog log = new CallLog();
    private final Map<String, String> settings = new HashMap<>();
    private FakeRegistry fake;
    private RegistryAccess access;

    @BeforeEach
    void start() throws IOException {
        fake = new FakeRegistry();
        access = new RegistryAccess(Optional.of(URI.create(fake.address())), Optional.empty(), Optional.empty());
        new LayeredImage(fake).with("app/app/version.py", "# Grüße\nversion_info = VersionInfo(\n    version=\"1.0.0\","
                + " hash=\"x\")\n").with("app/other", "1.0.0").push("v1.0.0");
    }

    @AfterEach
    void stop() throws IOException {
        fake.close();
    }

    @Test
    void withoutASettingTheSourceIsLaidOverTheDeployedImage() throws IOException {
        settings.put("APP_SOURCE", Files.createDirectory(folder.resolve("app")).toString());
        Files.writeString(folder.resolve("app/version.py"), "VERSION = \"1.0.0\"\n");

        PushedImage image = build().make(BASE, TAG, "1.1.0");

        assertThat(text(image, "/app/version.py")).contains("VERSION = \"1.1.0\"\n");
        assertThat(text(image, "/app/other")).contains("1.0.0");
        assertThat(image.command()).startsWith("docker build");
    }

    @Test
    void aLineOfAFileInTheImageIsWrittenAndAllElseStays() throws IOException {
        settings.put("VERSION_LINE", "/app/app/version.py:version=\"(.*?)\"");

        PushedImage image = build().make(BASE, TAG, "1.1.0");

        assertThat(text(image, "/app/app/version.py")).contains("# Grüße\nversion_info = VersionInfo(\n    version="
                + "\"1.1.0\", hash=\"x\")\n");
        ImageFile file = new ImageFiles(new Registry(access)).find(image.name(), "/app/app/version.py").orElseThrow();
        assertThat(file.mode() & 0777).isEqualTo(0640);
        assertThat(file.user()).isEqualTo(1001);
        assertThat(file.group()).isEqualTo(1002);
        assertThat(log.exchanges()).singleElement().extracting(RecordedCall::path).asString().endsWith(TAG);
    }

    @Test
    void aLineThatIsNotThereOrThereTwiceIsReportedWithTheSetting() {
        settings.put("VERSION_LINE", "/app/other:release=(.*)");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build().make(BASE, TAG, "1.1.0"))
                .withMessage("/app/other in the image has 0 places that release=(.*) matches, and one is expected."
                        + " Correct VERSION_LINE.");
        settings.put("VERSION_LINE", "/app/other:(\\d)");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build().make(BASE, TAG, "1.1.0"))
                .withMessageContaining("has 3 places");
        settings.put("VERSION_LINE", "/srv/version:(.*)");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build().make(BASE, TAG, "1.1.0"))
                .withMessage("The image ghcr.io/team/shop:v1.0.0 has no file /srv/version. Correct VERSION_LINE.");
        assertThat(log.exchanges()).isEmpty();
    }

    @Test
    void theSameImageGetsAnotherTag() {
        settings.put("BUILD", "same-image");

        PushedImage image = build().make(BASE, TAG, "1.1.0");

        assertThat(fake.manifests.get(TAG)).isEqualTo(fake.manifests.get("v1.0.0"));
        assertThat(fake.mediaTypes.get(TAG)).isEqualTo(LayeredImage.MANIFEST);
        assertThat(image.digest()).isEqualTo(FakeRegistry.digest(fake.manifests.get("v1.0.0")));
        assertThat(image.configs()).hasSize(1);
        assertThat(image.command()).isEqualTo("docker buildx imagetools create --tag ghcr.io/team/shop:" + TAG
                + " ghcr.io/team/shop:v1.0.0");
        assertThat(log.exchanges()).containsExactly(new RecordedCall(image.at(), "registry", "PUT",
                "/v2/team/shop/manifests/" + TAG, 201, ""));
    }

    @Test
    void aCommandGetsWhatItHasToBuildAndWhatItPushedIsRead() throws IOException {
        Path output = folder.resolve("told");
        settings.put("BUILD", "echo $IMAGE $BASE $TAG $VERSION > " + output);
        String digest = new LayeredImage(fake).with("app/new", "1").push(TAG);

        PushedImage image = build().make(BASE, TAG, "1.1.0");

        String registry = fake.address().replace("http://", "");
        assertThat(output).hasContent(registry + "/team/shop:" + TAG + " " + registry + "/team/shop:v1.0.0 " + TAG
                + " 1.1.0");
        assertThat(image.digest()).isEqualTo(digest);
        assertThat(image.command()).isEqualTo(settings.get("BUILD"));
        assertThat(log.exchanges()).singleElement().extracting(RecordedCall::path).asString().endsWith(TAG);
    }

    @Test
    void aCommandThatPushesNothingIsReportedSo() {
        settings.put("BUILD", "true $IMAGE");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build().make(BASE, TAG, "1.1.0"))
                .withMessageStartingWith("The command of BUILD ended with 0, and the registry has no ghcr.io/team/shop:"
                        + TAG + ".").withMessageContaining("VERSION=1.1.0");
        assertThat(log.exchanges()).isEmpty();
    }

    @Test
    void whatACommandSaidLastIsReportedWithoutSecrets() {
        settings.put("BUILD", "for line in $(seq 20); do echo line $line; done; echo pass is a-secret-word >&2;"
                + " exit 7");
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build().make(BASE, TAG, "1.1.0"))
                .withMessageContainingAll("ended with 7", "line 20\npass is (hidden)")
                .withMessageNotContaining("line 8\n").withMessageNotContaining("a-secret-word");
    }

    @Test
    void aCommandThatDoesNotEndIsEndedWithAllThatItStarted() throws IOException {
        Path started = folder.resolve("started");
        CommandBuild build = new CommandBuild("sleep 300 & echo $! > " + started + "; echo begun; sleep 60",
                new Registry(access), log, new CommandBuild.Guards(Duration.ofMillis(1500), Set.of(), text -> text));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build.make(BASE, TAG, "1.1.0"))
                .withMessageContainingAll("was not done after 1 s", "begun");
        ProcessHandle.of(Long.parseLong(Files.readString(started).strip())).ifPresent(child ->
                assertThat(child.onExit()).as("what it started").succeedsWithin(Duration.ofSeconds(5)));
    }

    @Test
    void aCommandDoesNotGetWhatIsWithheld() throws IOException {
        Path output = folder.resolve("told");
        CommandBuild build = new CommandBuild("echo \"${HOME-none}\" > " + output, new Registry(access), log,
                new CommandBuild.Guards(Duration.ofSeconds(20), Set.of("HOME"), text -> text));
        assertThatExceptionOfType(EnvironmentNotFit.class).isThrownBy(() -> build.make(BASE, TAG, "1.1.0"));
        assertThat(output).hasContent("none");
    }

    private Build build() {
        return Build.of(Settings.given(settings, new Properties()), access, folder.resolve("layers"), log,
                text -> text.replace("a-secret-word", "(hidden)"));
    }

    private Optional<String> text(PushedImage image, String path) {
        return new ImageFiles(new Registry(access)).text(image.name(), path);
    }
}
