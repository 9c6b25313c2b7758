package delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The English that people read: plain, and with the subject first. Who reads an error message reads it once. */
class EnglishTest {

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:/\\*|\\*|//).*$");
    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\\R.*?\"\"\"");
    /** Each with what to write. */
    private static final Map<Pattern, String> DIALECT = new LinkedHashMap<>();

    static {
        refuse("(?<!\\b[Tt]here )\\b(?:is|are|was|were) no (?!longer\\b|more\\b)", "is not a");
        refuse("\\b(?:un)?told\\b(?! (?:to|apart)\\b)", "shown, reported, listed, named");
        refuse("\\bmend(?:s|ed|ing)?\\b", "fix");
        refuse("\\breckon(?:s|ed|ing)?\\b", "count, estimate");
        refuse("\\banew\\b", "again");
        refuse("\\botherwise\\b", "differently, in another way, or else");
        refuse("(?:^|[.!:;] |\\| )What\\b(?! \\|)(?![^.|]*\\?)", "a sentence with its subject first");
    }

    private static void refuse(String word, String instead) {
        DIALECT.put(Pattern.compile(word), instead);
    }

    @ParameterizedTest
    @ValueSource(strings = {"src/main/java", "src/suite/java", "src/trials/java"})
    void messages(String sources) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(sources, ".java")) {
            Matcher literal = LITERAL.matcher(JOINED.matcher(COMMENT.matcher(TEXT_BLOCK.matcher(Files.readString(file))
                    .replaceAll("\"\"")).replaceAll("")).replaceAll(""));
            while (literal.find()) {
                found.addAll(findings(file, literal.group(1)));
            }
        }
        assertThat(found).as("words that a reader stumbles on").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"src/doc,.md", "features,.feature", "src/trials/resources,.yaml", "src/main/resources,.json"})
    void documents(String folder, String ending) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(folder, ending)) {
            for (String line : Files.readAllLines(file)) {
                found.addAll(findings(file, line.replaceFirst("^[\\s#*>-]*(?:\\d+\\. )?(?:what: )?", "")));
            }
        }
        assertThat(found).as("words that a reader stumbles on").isEmpty();
    }

    @Test
    void theFirstPageAndTheMakefile() throws IOException {
        List<String> found = new ArrayList<>();
        for (String file : List.of("README.md", "Makefile")) {
            for (String line : Files.readAllLines(Path.of(file))) {
                found.addAll(findings(Path.of(file), line.replaceFirst("^[\\s#>-]*(?:[a-z-]+:.*## )?", "")));
            }
        }
        assertThat(found).as("words that a reader stumbles on").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KUBECONTEXT is set, which is no setting", "the red ones are told with their cause",
        "What of the platform kept a criterion from being judged", "it is mended. What is left is told",
        "it is read anew", "name it otherwise", "as is reckoned", "| What it is | 3 |"})
    void theDialectIsFound(String text) {
        assertThat(findings(Path.of("x"), text)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"there is no Rollout yet", "versions are told apart by their tags",
        "the analysis was told to end", "What is a canary?", "it is no longer there", "| Where | What | Removed |"})
    void plainEnglishIsNot(String text) {
        assertThat(findings(Path.of("x"), text)).isEmpty();
    }

    private static List<String> findings(Path file, String text) {
        return DIALECT.entrySet().stream().filter(word -> word.getKey().matcher(text).find())
                .map(word -> file + ": \"" + text + "\": write " + word.getValue()).collect(Collectors.toList());
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
