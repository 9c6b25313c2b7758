package delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The limits on the size of a file, a class and a record. */
class SizesTest {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final int MOST_LINES = 300;
    private static final int MOST_IMPORTS = 12;
    private static final int MOST_COMPONENTS = 12;
    private static final int MOST_CHARACTERS = 120;
    private static final Pattern TEXT_BLOCK = Pattern.compile("(?s)\"\"\"\\R.*?\"\"\"");
    /** Editors read a parameter's regular expression from the source, and only if it is a single literal. */
    private static final Pattern IN_ONE_PIECE = Pattern.compile("\\s*@ParameterType\\(\"[^\"]*\"\\)");
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?delivery\\.(\\w+)\\.(\\w+)");

    /** Each class, with the reason. */
    private static final Map<String, String> MAY_IMPORT_MORE = Map.of(
            "kubernetes/ReleaseFeed.java", "it reads an object of each kind that a release consists of");
    private static final Map<String, String> MAY_HAVE_MORE = Map.of(
            "delivery.report.RunRecord", "it is run.json, whose schema has these fields side by side");

    @Test
    void noFileIsTooLongToBeReadInOneGo() throws IOException {
        Map<String, Integer> lines = new TreeMap<>();
        sources().forEach((name, text) -> lines.put(name, (int) text.lines().count()));
        lines.values().removeIf(count -> count <= MOST_LINES);
        assertThat(lines).as("files of more than " + MOST_LINES + " lines").isEmpty();
    }

    @Test
    void noClassKnowsTooMuchOfOtherPackages() throws IOException {
        Map<String, Integer> imports = new TreeMap<>();
        sources().forEach((name, text) -> imports.put(name, (int) IMPORT.matcher(text).results()
                .filter(found -> !name.startsWith(found.group(1) + "/")).map(MatchResult::group).distinct().count()));
        imports.values().removeIf(count -> count <= MOST_IMPORTS);
        assertThat(imports.keySet()).as("files that import more than " + MOST_IMPORTS
                + " classes of other packages: " + imports)
                .containsExactlyInAnyOrderElementsOf(MAY_IMPORT_MORE.keySet());
    }

    /** Two files must fit on a screen side by side. Text blocks are exempt: they hold pages or files. */
    @Test
    void noLineIsTooLongToBeReadBesideAnother() throws IOException {
        Map<String, Integer> tooLong = new TreeMap<>();
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                List<String> lines = TEXT_BLOCK.matcher(Files.readString(file))
                        .replaceAll(block -> "\n".repeat((int) block.group().lines().count() - 1)).lines().toList();
                for (int number = 1; number <= lines.size(); number++) {
                    if (lines.get(number - 1).length() > MOST_CHARACTERS
                            && !IN_ONE_PIECE.matcher(lines.get(number - 1)).matches()) {
                        tooLong.put(file + ":" + number, lines.get(number - 1).length());
                    }
                }
            }
        }
        assertThat(tooLong).as("lines of more than " + MOST_CHARACTERS + " characters").isEmpty();
    }

    /** Every caller of the constructor, tests included, has to give all components in the right order. */
    @Test
    void noRecordHasMoreComponentsThanAReaderCanTellApart() {
        List<String> large = new ClassFileImporter().withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("delivery").stream().filter(JavaClass::isRecord)
                .filter(found -> found.getFields().stream()
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
                        .count() > MOST_COMPONENTS)
                .map(JavaClass::getName).toList();
        assertThat(large).as("records of more than " + MOST_COMPONENTS + " components")
                .containsExactlyInAnyOrderElementsOf(MAY_HAVE_MORE.keySet());
    }

    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .collect(Collectors.toMap(
                    file -> SOURCES.resolve("delivery").relativize(file).toString(), SizesTest::text));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
