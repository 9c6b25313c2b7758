package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import delivery.console.ProgressSnapshot.Mark;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class GlyphsTest {

    private final Glyphs utf8 = new Glyphs(StandardCharsets.UTF_8);
    private final Glyphs ascii = new Glyphs(StandardCharsets.US_ASCII);

    @Test
    void aCharsetWithoutOurSignsHasOthers() {
        assertThat(utf8.of(Mark.PROVEN) + utf8.of(Mark.NOT_MET) + utf8.of(Mark.NOT_RUN)
                + utf8.of(Mark.NOT_APPLICABLE) + utf8.of(Mark.RUNNING) + utf8.of(Mark.WAITING)).isEqualTo("✔✘–○▸·");
        assertThat(ascii.of(Mark.PROVEN) + ascii.of(Mark.NOT_MET) + ascii.of(Mark.NOT_RUN)
                + ascii.of(Mark.NOT_APPLICABLE) + ascii.of(Mark.RUNNING) + ascii.of(Mark.WAITING)).isEqualTo("+x-o>.");
        assertThat(ascii.text("60% ± 3.1 … “Größe” 値")).isEqualTo("60% +/- 3.1 ... \"Gr??e\" ?");
        assertThat(new Glyphs(StandardCharsets.ISO_8859_1).text("Größe…")).isEqualTo("Größe...");
        assertThat(new Glyphs(Charset.forName("ISO-2022-CN")).text("… a")).as("a charset that cannot be written")
                .isEqualTo("... a");
    }

    @Test
    void nothingThatIsSaidMovesTheCursorOrColoursTheTerminal() {
        assertThat(utf8.text("a\u001b[31mred\u001b[0m b\u001b[2J\u001b]0;title\u0007c")).isEqualTo("ared bc");
        assertThat(utf8.text("one\r\ntwo\tthree\u0007\u009b5A\u202Efour\u2028five\u001b"))
                .isEqualTo("one two three 5A four five");
    }
}
