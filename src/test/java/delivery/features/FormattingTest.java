package delivery.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class FormattingTest {

    @Test
    void indentsByWhatALineIsAndKeepsWordsCommentsAndTexts() {
        assertThat(formatted("""

                # of the whole file
                 @a   @b  # why
                Feature:   Rollback
                description
                   - more of it
                # of the scenario
                @c
                \tScenario: One  \s
                  \tGiven   a | b
                When a text
                  \"\"\"json
                  first
                    second \s

                 third
                  \"\"\"
                # of the table
                Then a table
                |a|long one|
                |\\||\\\\ and \\n|
                Scenario Outline: Two
                Then <x>
                @d
                Examples:  some
                |x|
                |ä€|


                # the end""")).isEqualTo("""
                # of the whole file
                @a   @b  # why
                Feature: Rollback
                  description
                     - more of it
                  # of the scenario

                  @c
                  Scenario: One
                    Given a | b
                    When a text
                      \"\"\"json
                      first
                        second \s
                """ + "      \n" + """
                      third
                      \"\"\"
                    # of the table
                    Then a table
                      | a  | long one  |
                      | \\| | \\\\ and \\n |

                  Scenario Outline: Two
                    Then <x>

                    @d
                    Examples: some
                      | x  |
                      | ä€ |
                  # the end
                """);
    }

    @Test
    void setsEmptyLinesAsCucumbersLanguageServiceDoes() {
        assertThat(formatted("""
                @a
                @b

                Feature: Rollback

                  One.

                  Two.
                  Scenario: One

                    Why.
                    Given a

                    When b
                  Scenario Outline: Two
                    Then <x>
                    Examples:

                      | x   | y |
                      | 5   | 中 |
                      | 500 | z |
                """)).isEqualTo("""
                @a @b
                Feature: Rollback
                  One.

                  Two.

                  Scenario: One
                    Why.

                    Given a
                    When b

                  Scenario Outline: Two
                    Then <x>

                    Examples:
                      | x   | y  |
                      |   5 | 中 |
                      | 500 | z  |
                """);
    }

    @Test
    void leavesOutWhatNobodySees() {
        String right = "Feature: Rollback\n\n  Scenario: One\n    Given a\n";
        assertThat(formatted("\uFEFF" + right.replace("\n", "\r\n"))).isEqualTo(right);
    }

    /** Whatever the whitespace is, formatting a second time changes nothing, and the meaning stays. */
    @Property(tries = 300)
    void isDoneAtOnceAndChangesNoMeaning(@ForAll("files") String text) {
        FeatureFile file = FeatureFile.parse(new FeatureText(Path.of("a.feature"), text));
        if (file.feature().isEmpty()) {
            return;
        }
        String once = Formatting.of(file).text();
        FeatureFile again = FeatureFile.parse(new FeatureText(Path.of("a.feature"), once));
        assertThat(Formatting.meaning(again)).isEqualTo(Formatting.meaning(file));
        assertThat(Formatting.of(again).text()).isEqualTo(once);
        assertThat(Formatting.of(again).finding()).isEmpty();
        assertThat(Formatting.of(file).finding().isPresent()).isEqualTo(!once.equals(text));
    }

    @Provide
    Arbitrary<String> files() {
        Arbitrary<String> blanks = Arbitraries.of("", " ", "  ", "\t", "     ");
        Arbitrary<String> body = Arbitraries.of("Given a  b", "When <x> \t y", "Then c \\| d", "# comment", "", "  ",
                "And\tz", "\"\"\"\n   in\n  text  \n\n\t x\n    \"\"\"", "|a|bb |\n  | \\| | c\\nd\\\\|", "* any",
                "@tag @other",
                "Scenario: S", "Scenario Outline: O\n  Given <x>\n Examples:\n|x|y|\n| 1|2 |", "Background:\nGiven g",
                "- words: of it", "Rule: R");
        return body.list().ofMinSize(1).ofMaxSize(14).flatMap(lines -> blanks.list().ofSize(lines.size())
                .map(before -> {
                    StringBuilder text = new StringBuilder("@f\nFeature: F\n");
                    for (int index = 0; index < lines.size(); index++) {
                        text.append(before.get(index)).append(lines.get(index)).append(before.get(index)).append('\n');
                    }
                    return text.toString();
                }));
    }

    private static String formatted(String text) {
        return Formatting.of(FeatureFile.parse(new FeatureText(Path.of("a.feature"), text))).text();
    }
}
