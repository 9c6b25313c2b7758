package delivery.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import delivery.failure.EnvironmentNotFit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionSourceTest {

    @TempDir
    private Path folder;

    @Test
    void theVersionIsPutIntoACopy() throws IOException {
        String original = "# made by hand\nVERSION='1.0.0'  # VERSION = \"0\"\nOTHER = 1\n";
        Files.writeString(folder.resolve("version.py"), original);
        Files.createDirectories(folder.resolve("pages/__pycache__"));
        Files.writeString(folder.resolve("pages/index.html"), "<html>");
        Files.writeString(folder.resolve("pages/__pycache__/version.pyc"), "compiled");

        Path copy;
        try (SourceCopy source = new VersionSource(folder).withVersion("2.0.0-bg-1")) {
            copy = source.folder();
            assertThat(copy.resolve("version.py"))
                    .hasContent("# made by hand\nVERSION='2.0.0-bg-1'  # VERSION = \"0\"\nOTHER = 1\n");
            assertThat(copy.resolve("pages/index.html")).hasContent("<html>");
            assertThat(copy.resolve("pages/__pycache__")).doesNotExist();
        }

        assertThat(copy).doesNotExist();
        assertThat(folder.resolve("version.py")).hasContent(original);
    }

    @Test
    void theApplicationOfTheLabHasAVersion() throws IOException {
        try (SourceCopy source = new VersionSource(Path.of("lab/gitops/apps/sample-api/app")).withVersion("2.0.0")) {
            assertThat(Files.readString(source.folder().resolve("version.py"))).contains("VERSION = \"2.0.0\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version = \"1\"", "VERSION = read()",
        "VERSION = \"1\"\nVERSION = \"2\"", "  VERSION = \"1\""})
    void aFileWithoutOneVersionIsNamed(String content) throws IOException {
        Path file = Files.writeString(folder.resolve("version.py"), content);

        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new VersionSource(folder).withVersion("2.0.0"))
                .withMessageContaining(file.toString()).withMessageContaining("VERSION = \"…\"")
                .withMessageContaining("APP_SOURCE");
    }

    @Test
    void theVersionMayBeAnArgument() throws IOException {
        Files.writeString(folder.resolve("version.py"), "about = VersionInfo(\n    version='1.0.0',\n"
                + "    api_version='3', build=None)\n");
        try (SourceCopy source = new VersionSource(folder).withVersion("2.0.0")) {
            assertThat(source.folder().resolve("version.py")).hasContent("about = VersionInfo(\n    version='2.0.0',\n"
                    + "    api_version='3', build=None)\n");
        }
        Files.writeString(folder.resolve("version.py"), "a(version='1')\nb(version='2')\n");
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new VersionSource(folder).withVersion("2.0.0"));
    }

    @Test
    void aFolderWithoutTheFileIsNamed() {
        assertThatExceptionOfType(EnvironmentNotFit.class)
                .isThrownBy(() -> new VersionSource(folder.resolve("none")).withVersion("2.0.0"))
                .withMessageContaining("none").withMessageContaining("APP_SOURCE");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "a b", "1\"", "1'\nimport os", "ä", "../1"})
    void whatIsNoTagIsRefused(String version) {
        assertThatIllegalArgumentException().isThrownBy(() -> new VersionSource(folder).withVersion(version));
    }
}
