package delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A reader can get every number in the documentation with the command next to it. */
class MeasurementsTest {

    private static final Path RELIABILITY = Path.of("src/doc/reliability.md");
    private static final Path MEASURED = Path.of("src/doc/measured");
    private static final Pattern LINK = Pattern.compile("\\| `make ([a-z]+)` \\|.*\\]\\(measured/([a-z]+)\\.md\\)");

    @Test
    void noNumberStandsOutsideOfATableThatACommandWrote() throws IOException {
        String prose = Files.readString(RELIABILITY).replaceAll("`[^`]*`", "").replaceAll("\\]\\([^)]*\\)", "");
        assertThat(Pattern.compile("\\d+").matcher(prose).results().map(MatchResult::group).toList())
                .as("numbers in " + RELIABILITY).isEmpty();
    }

    @Test
    void noTableNamesAFolderOfTheMachineThatWroteIt() throws IOException {
        try (Stream<Path> files = Files.list(MEASURED)) {
            assertThat(files).allSatisfy(file -> assertThat(Files.readString(file))
                    .doesNotContainPattern("(?<![\\w./-])/(?:root|home|tmp|work)/"));
        }
    }

    @Test
    void eachTableIsWrittenByTheCommandBesideIt() throws IOException {
        List<MatchResult> links = LINK.matcher(Files.readString(RELIABILITY)).results().toList();
        String makefile = Files.readString(Path.of("Makefile"));
        for (MatchResult link : links) {
            assertThat(link.group(2)).isEqualTo(link.group(1));
            assertThat(makefile).containsPattern("(?m)^" + link.group(1)
                    + ":.*\n(?:\t.*\n)*?\t.*\\$\\(MEASURED\\)/" + link.group(1) + "\\.md");
        }
        try (Stream<Path> files = Files.list(MEASURED)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".md", "")))
                    .containsExactlyInAnyOrderElementsOf(links.stream().map(link -> link.group(2)).toList());
        }
    }
}
