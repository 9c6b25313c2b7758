package delivery.layout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of src/doc/own-cluster.md lists the same needs of a delivery as the code. */
class DocumentedLayoutTest {

    private static final String HEADER = "| What | Found by | Settings | A copy needs it |";
    private static final Pattern SETTING = Pattern.compile("`([A-Z_]+)");

    /** A row of the table. */
    private record Row(String what, Set<String> settings, boolean needed) {

        static Row of(String line) {
            List<String> cells = Stream.of(line.split("\\|")).map(String::strip).toList();
            return new Row(cells.get(1), SETTING.matcher(cells.get(3)).results().map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new)), cells.get(4).startsWith("yes"));
        }
    }

    @Test
    void everySettingOfAPlaceHasItsRow() throws IOException {
        Stream<String> shown = Stream.of(Item.values()).filter(item -> item.compareTo(Item.VALUE_DELAY) <= 0
                || Set.of(Item.BUILD, Item.FAULTY).contains(item)).map(Item::setting);
        // The other ways to make a new version are settings of their own.
        assertThat(rows().stream().flatMap(row -> row.settings().stream())).containsExactlyInAnyOrderElementsOf(
                Stream.concat(shown, Stream.of("APP_SOURCE", "NEW_TAG", "VERSION_LINE"))
                        .filter(setting -> !setting.isEmpty()).toList());
    }

    @Test
    void aRowSaysWhetherNoCopyIsMadeWithoutIt() throws IOException {
        for (Row row : rows()) {
            assertThat(row.needed()).as(row.what()).isEqualTo(items(row).anyMatch(Layout.NEEDED::contains));
        }
        assertThat(rows()).anyMatch(Row::needed).anyMatch(row -> !row.needed());
    }

    private static Stream<Item> items(Row row) {
        return row.settings().isEmpty() ? Stream.of(Item.valueOf(row.what().toUpperCase(Locale.ROOT)))
                : Stream.of(Item.values()).filter(item -> row.settings().contains(item.setting()));
    }

    private static List<Row> rows() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("src/doc/own-cluster.md"));
        int header = Optional.of(lines.indexOf(HEADER)).filter(index -> index >= 0).orElseThrow();
        return lines.stream().skip(header + 2).takeWhile(line -> line.startsWith("|")).map(Row::of).toList();
    }
}
