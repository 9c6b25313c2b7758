package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.criteria.Checklist;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Feature files with common mistakes: each gets one message with the place and what to do, and no stack trace. */
class BrokenFeaturesTest {

    private static final Path BROKEN = Path.of("src/test/resources/broken");
    private static final String ARROW = " -> ";

    private static Vocabulary vocabulary;

    @TempDir
    private Path folder;

    @BeforeAll
    static void read() {
        vocabulary = Vocabulary.read();
    }

    static List<String> expected() throws IOException {
        return Files.readAllLines(BROKEN.resolve("findings.txt")).stream().filter(line -> !line.startsWith("#"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("expected")
    void isReportedInOneMessage(String line) throws IOException {
        String name = line.substring(0, line.indexOf(ARROW));
        for (Path file : features()) {
            Files.copy(file, folder.resolve(file.getFileName()));
        }
        Files.copy(BROKEN.resolve(name + ".feature"), folder.resolve("rollback.feature"),
                StandardCopyOption.REPLACE_EXISTING);
        Features features = Features.read(folder);
        assertThat(features.findings(Checklist.read(features.task()), vocabulary)
                .stream().map(finding -> finding.toString().replace(folder + "/", "features/")))
                .containsExactly(line.substring(line.indexOf(ARROW) + ARROW.length()));
    }

    @Test
    void everyBrokenFileIsExpected() throws IOException {
        try (Stream<Path> files = Files.list(BROKEN)) {
            List<String> broken = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".feature")).map(name -> name.replace(".feature", "")).sorted()
                    .toList();
            assertThat(broken).hasSizeGreaterThanOrEqualTo(20).isEqualTo(expected().stream()
                    .map(line -> line.substring(0, line.indexOf(ARROW))).sorted().toList());
        }
    }

    private static List<Path> features() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("features"))) {
            return files.toList();
        }
    }
}
