package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.features.InvalidSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RefusalTest {

    private static final String TAGS = "cucumber.filter.tags";
    private static final String FEATURES = "cucumber.features";

    @TempDir
    private Path folder;

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("features"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
        System.setProperty("delivery.features", folder.toString());
    }

    @AfterEach
    void clear() {
        Stream.of("delivery.features", TAGS, FEATURES).forEach(System::clearProperty);
    }

    @Test
    void letsWhatIsRightBeDiscovered() {
        System.setProperty(TAGS, "@canary");
        new Refusal().launcherSessionOpened(null);
        assertThat(System.getProperty(FEATURES)).isNull();
        assertThat(System.getProperty(TAGS)).isEqualTo("@canary");
    }

    @Test
    void hasOneScenarioDiscoveredInsteadOfWhatCucumberWouldGiveUpAt() throws IOException {
        Files.copy(Path.of("src/test/resources/broken/text-without-an-end.feature"), folder.resolve("rollback.feature"),
                StandardCopyOption.REPLACE_EXISTING);
        System.setProperty(TAGS, "@canary and (");
        Refusal refusal = new Refusal();
        refusal.launcherSessionOpened(null);
        assertThat(Path.of(System.getProperty(FEATURES))).exists();
        assertThat(System.getProperty(TAGS)).isNull();
        assertThatThrownBy(() -> Refusal.selected(folder)).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("rollback.feature:19: the text that begins here has no end").hasNoCause();
        refusal.launcherSessionClosed(null);
        assertThat(System.getProperty(FEATURES)).isNull();
        assertThat(System.getProperty(TAGS)).isEqualTo("@canary and (");
    }

    @Test
    void refusesWhatMakesARunMeaninglessAndNotHowItIsWritten() throws IOException {
        Path file = folder.resolve("rollback.feature");
        String right = Files.readString(file);
        Files.writeString(file, right.replace("    When", "  When"));
        assertThat(Refusal.selected(folder)).hasSize(16);
        Files.writeString(file, right.replace("is undone\n", "is undnoe\n"));
        assertThatThrownBy(() -> Refusal.selected(folder)).hasMessageContaining("did you mean \"the release is undone\"?");
    }
}
