package delivery.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EllipsisTest {

    @ParameterizedTest
    @CsvSource({"5,12345,12345", "5,123456,1234…", "5,123 567,123…", "1,12,…"})
    void onlyWhatIsTooLongIsCutAndMarked(int longest, String text, String cut) {
        assertThat(Ellipsis.to(longest, text)).isEqualTo(cut);
    }

    @Property(tries = 300)
    void whatIsLeftIsTheBeginAndFits(@ForAll @NumericChars @StringLength(max = 40) String text,
            @ForAll @IntRange(min = 1, max = 40) int longest) {
        String cut = Ellipsis.to(longest, text);

        assertThat(cut).hasSize(Math.min(longest, text.length()));
        assertThat(text).startsWith(Ellipsis.withoutMark(cut));
        assertThat(cut.equals(text)).isEqualTo(text.length() <= longest);
    }
}
