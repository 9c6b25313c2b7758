package delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The English that people read: plain, with the subject first. A reader of an error message reads it only once. */
class EnglishTest {

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
    private static final Pattern JOINED = Pattern.compile("\"\\s*\\+\\s*\"");
    private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*(?:/\\*|\\*|//).*$");
    /** Matches strings and characters too, since a comment cannot begin within them. */
    private static final Pattern JAVA_COMMENT = Pattern.compile("\"\"\"(?s:.*?)\"\"\"|\"(?:[^\"\\\\\\n]|\\\\.)*\""
            + "|'(?:[^'\\\\\\n]|\\\\.)+'|/\\*(?s:.*?)\\*/|//.*(?:\\R[ \\t]*//.*)*");
    private static final Pattern SHELL_COMMENT = Pattern.compile(
            "(?m)^[ \\t]*#(?!!| shellcheck ).*(?:\\R[ \\t]*#(?!!| shellcheck ).*)*");
    private static final Pattern COMMENT_SIGNS = Pattern.compile("(?m)^[ \\t]*(?:/\\*+|\\*(?!/)|/{2,}|#+)|\\*+/");
    private static final Pattern EXAMPLE =
            Pattern.compile("@param \\S+|\\{@(?:code|literal) [^}]*}|\"[^\"]*\"|`[^`]*`");
    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\\R.*?\"\"\"");
    /** Each word, with the words to write instead. */
    private static final Map<Pattern, String> DIALECT = new LinkedHashMap<>();

    static {
        refuse("(?<!\\b[Tt]here )\\b(?:is|are|was|were) no (?!(?:longer|more|less|better|worse)\\b)", "is not a");
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
    @ValueSource(strings = {"src/main/java", "src/suite/java", "src/trials/java", "src/test/java"})
    void commentsOfJava(String sources) throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(sources, ".java")) {
            found.addAll(commentFindings(file, JAVA_COMMENT, Files.readString(file)));
        }
        assertThat(found).as("words that a reader stumbles on").isEmpty();
    }

    @Test
    void commentsOfScripts() throws IOException {
        List<Path> scripts = new ArrayList<>(files("lab", ".sh"));
        Stream.of("lab/lab", ".ci/run", "src/suite/acceptance", "Makefile").map(Path::of).forEach(scripts::add);
        List<String> found = new ArrayList<>();
        for (Path file : scripts) {
            found.addAll(commentFindings(file, SHELL_COMMENT, Files.readString(file)));
        }
        assertThat(found).as("words that a reader stumbles on").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/** What a run\n * has left. */", "/** The name, which is\n * no setting. */",
        "int i; // read\n    // anew", "/* \"told\" and {@code told}\n   are told */",
        "f(\"//\", '\"'); // is reckoned", "/**\n * Ends it.\n *\n * @return it, mended\n */"})
    void theDialectIsFoundInComments(String source) {
        assertThat(commentFindings(Path.of("x"), JAVA_COMMENT, source)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"f(\"// told anew\")", "/** @param told ids */",
        "/** A {@code told}, and \"is\n * no\". */",
        "// There\n// is no pod.", "\"\"\"\n /* told */\n\"\"\"", "char quote = '\"'; f(\"told\");",
        "// It is.\n\nint no;", "// What is a canary?"})
    void plainCommentsAreNot(String source) {
        assertThat(commentFindings(Path.of("x"), JAVA_COMMENT, source)).isEmpty();
    }

    @Test
    void commentsOfAScriptAreItsLinesOfThem() {
        assertThat(commentFindings(Path.of("x"), SHELL_COMMENT, """
                #!/bin/sh
                # shellcheck shell=sh
                # What runs it is
                    # no user: `told`.
                echo told anew # told
                """)).hasSize(2);
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

    /** Searches each comment as one line, since a sentence may span lines, and without its examples of words. */
    private static List<String> commentFindings(Path file, Pattern comments, String source) {
        return comments.matcher(source).results().map(MatchResult::group).filter(text -> text.matches("(?s)\\s*[/#].*"))
                .map(text -> COMMENT_SIGNS.matcher(text).replaceAll(" ").replaceAll("\\s+", " ").strip())
                .map(text -> EXAMPLE.matcher(text).replaceAll("\"\""))
                .flatMap(text -> Stream.of(text.split("(?<=[.!?]) (?=[A-Z@{<])")))
                .flatMap(sentence -> findings(file, sentence).stream()).toList();
    }

    private static List<Path> files(String folder, String ending) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(folder))) {
            return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
        }
    }
}
