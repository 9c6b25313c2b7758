package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LineStreamTest {

    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final LineStream stream = new LineStream(lines::add);
    private final PrintStream out = new PrintStream(stream, true, StandardCharsets.UTF_8);

    @Test
    void aLineIsHandedOnWhenItEnds() {
        out.print("Grö");
        out.print("ße");
        assertThat(lines).isEmpty();
        out.print("\r\nnext\n\nopen");
        assertThat(lines).containsExactly("Größe", "next", "");
        stream.close();
        assertThat(lines).last().isEqualTo("open");
    }

    @Test
    void whatThreadsPrintSideBySideIsNotMixed() {
        IntStream.range(0, 400).parallel().forEach(number -> {
            out.print("a" + number);
            out.print("b" + number);
            out.println("c" + number);
        });
        assertThat(lines).hasSize(400).allMatch(line -> line.matches("a(\\d+)b\\1c\\1"));
    }
}
