package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import delivery.criteria.Checklist;
import delivery.failure.InvalidSelection;
import delivery.features.Selection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelectionGuardTest {

    private static final Checklist TASK = Checklist.read(Path.of("features/task-9.md"));

    @TempDir
    private Path folder;
    private final Properties system = new Properties();

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("features"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void countsTheScenariosOfWhatIsAskedFor() throws IOException {
        system.setProperty(Selection.TAGS, "@CAN-3 or @BG-1");
        assertThat(selected()).isEqualTo(Map.of("CAN-3", 1, "BG-1", 1));
    }

    @Test
    void refusesWhatCucumberWouldGiveUpAt() throws IOException {
        Files.copy(Path.of("src/test/resources/broken/text-without-an-end.feature"), folder.resolve("rollback.feature"),
                StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(this::selected).isInstanceOf(InvalidSelection.class)
                .hasMessageContaining("rollback.feature:18: the text that begins here has no end").hasNoCause();
    }

    @Test
    void refusesWhatMakesARunMeaninglessAndNotHowItIsWritten() throws IOException {
        Path file = folder.resolve("rollback.feature");
        String right = Files.readString(file);
        Files.writeString(file, right.replace("    When", "  When"));
        assertThat(selected()).hasSameSizeAs(TASK.criteria());
        Files.writeString(file, right.replace("is undone\n", "is undnoe\n"));
        assertThatThrownBy(this::selected).hasMessageContaining("did you mean \"the release is undone\"?");
    }

    private Map<String, Integer> selected() throws IOException {
        return SelectionGuard.selected(folder, TASK, system);
    }
}
