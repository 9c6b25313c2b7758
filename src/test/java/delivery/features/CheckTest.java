package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckTest {

    @TempDir
    private Path folder;

    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    @BeforeEach
    void copyFeatures() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("features"))) {
            for (Path file : files.toList()) {
                Files.copy(file, folder.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void endsWithZeroIfThereIsNothingToMend() throws IOException {
        assertThat(check(false)).isZero();
        assertThat(lines()).last().asString().startsWith("no finding: 6 feature files, 17 scenarios");
        assertThat(folder.resolve("steps.md")).exists();
    }

    @Test
    void endsWithOneAndTheNumberOfFindings() throws IOException {
        edit("is promoted", "is promotd");
        assertThat(check(false)).isEqualTo(1);
        assertThat(lines()).hasSize(3).last().asString().startsWith("2 findings in 1 of the files in ");
        assertThat(lines()).first().asString()
                .matches(".*blue-green.feature:\\d+: undefined step \"the release is promotd\";"
                + " did you mean \"the release is promoted\"\\?");
    }

    @Test
    void saysWhatItWouldFormatAndFormatsOnlyIfAsked() throws IOException {
        edit("    When", "  When");
        String unformatted = Files.readString(folder.resolve("blue-green.feature"));
        assertThat(check(false)).isEqualTo(1);
        assertThat(lines()).first().asString()
                .contains("the line begins in column 3, not in 5; make format fixes all of it");
        assertThat(folder.resolve("blue-green.feature")).hasContent(unformatted);
        assertThat(check(true)).isZero();
        assertThat(Files.readString(folder.resolve("blue-green.feature")))
                .isEqualTo(Files.readString(Path.of("features/blue-green.feature")));
    }

    @Test
    void tellsOfATaskThatIsNoChecklist() throws IOException {
        Files.writeString(folder.resolve("task-9.md"), "- [ ] A box <!-- lower -->\n");
        assertThat(check(false)).isEqualTo(1);
        assertThat(lines()).first().asString().contains("task-9.md:1: this box has no id");
    }

    private void edit(String text, String instead) throws IOException {
        Path file = folder.resolve("blue-green.feature");
        assertThat(Files.readString(file)).contains(text);
        Files.writeString(file, Files.readString(file).replace(text, instead));
    }

    private int check(boolean format) throws IOException {
        return Check.run(folder, format, folder.resolve("steps.md"),
                new PrintStream(written, true, StandardCharsets.UTF_8));
    }

    private List<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
