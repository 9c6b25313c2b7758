package delivery.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.qameta.allure.FileSystemResultsWriter;
import io.qameta.allure.model.TestResult;
import io.qameta.allure.model.TestResultContainer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptResultsTest {

    @TempDir
    private Path folder;
    private final List<IOException> unwritten = new ArrayList<>();

    @Test
    void whatCanBeWrittenIs() {
        writeAll(folder.resolve("results"));

        assertThat(folder.resolve("results")).isDirectoryContaining("glob:**/x-result.json")
                .isDirectoryContaining("glob:**/y-attachment.txt");
        assertThat(unwritten).isEmpty();
    }

    @Test
    void whatCannotIsRememberedAndEndsNothing() throws IOException {
        writeAll(Files.writeString(folder.resolve("file"), "in the way").resolve("below"));

        assertThat(unwritten).hasSize(3).allSatisfy(why -> assertThat(why).hasMessageContaining("file"));
    }

    private void writeAll(Path results) {
        KeptResults kept = new KeptResults(new FileSystemResultsWriter(results), unwritten::add);
        kept.write(new TestResult().setUuid("x"));
        kept.write(new TestResultContainer().setUuid("z"));
        kept.write("y-attachment.txt", new ByteArrayInputStream(new byte[] {1}));
    }
}
