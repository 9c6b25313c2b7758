package delivery.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteVersionTest {

    @TempDir
    Path folder;

    @Test
    void theVersionIsTheBuildsOwn() {
        assertThat(SuiteVersion.version()).matches("\\d+\\.\\d+.*");
    }

    @Test
    void aFolderWithoutGitHasNoCommit() {
        assertThat(SuiteVersion.commit(folder)).isEmpty();
        assertThat(SuiteVersion.commit(folder.resolve("none"))).isEmpty();
    }
}
