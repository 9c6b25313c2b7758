package delivery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStyle;
import org.junit.jupiter.api.Test;

class LiveAreaTest {

    private final AtomicLong nanos = new AtomicLong();
    private final PaperScreen screen = new PaperScreen();
    private List<String> rows = List.of("one", "two");
    private Screen.Size asked;
    private final LiveArea area = new LiveArea(screen, (columns, height) -> {
        asked = new Screen.Size(columns, height);
        return rows.stream().map(row -> new AttributedString(row, AttributedStyle.BOLD)).toList();
    }, false, nanos::get);

    @Test
    void rowsAreDrawnInPlace() throws IOException {
        area.turn();
        assertThat(screen.paper()).containsExactly("one", "two");
        assertThat(asked).as("a row is left for the cursor").isEqualTo(new Screen.Size(80, 23));

        rows = List.of("1", "2", "3");
        change();
        assertThat(screen.paper()).containsExactly("1", "2", "3");
        rows = List.of("end");
        change();
        assertThat(screen.paper()).containsExactly("end");
    }

    @Test
    void linesScrollByAbove() throws IOException {
        area.say("first");
        area.turn();
        area.say("second, longer than what was drawn in its place");
        area.say("third");
        change();
        assertThat(screen.paper())
                .containsExactly("first", "second, longer than what was drawn in its place", "third", "one", "two");
    }

    @Test
    void nothingIsDrawnWithoutAChangeButForTheClock() throws IOException {
        area.turn();
        for (int turn = 0; turn < 3; turn++) {
            pass(250);
            area.turn();
        }
        assertThat(screen.writes()).isEqualTo(1);
        pass(250);
        area.turn();
        assertThat(screen.writes()).isEqualTo(2);
    }

    @Test
    void rowsThatANarrowerTerminalBrokeAreTakenBackWhole() throws IOException {
        rows = List.of("x".repeat(60), "y");
        area.turn();
        screen.size = new Screen.Size(25, 24);
        StringBuilder sent = new StringBuilder();
        LiveArea narrow =
                new LiveArea(recording(sent), (columns, height) -> List.of(new AttributedString("x".repeat(60)),
                new AttributedString("y")), false, nanos::get);
        narrow.turn();
        narrow.changed();
        narrow.turn();
        assertThat(sent).contains("\u001b[4A");
    }

    @Test
    void whatOthersWroteWhileItWasStoppedStays() throws IOException {
        area.turn();
        screen.others("[1]+  Stopped");
        screen.disturbed = true;
        change();
        assertThat(screen.paper()).containsExactly("one", "two", "[1]+  Stopped", "one", "two");
    }

    @Test
    void inTheBackgroundLinesAreWrittenAndNothingIsDrawn() throws IOException {
        area.turn();
        screen.foreground = false;
        screen.others("$ prompt");
        area.say("a line");
        change();
        change();
        assertThat(screen.paper()).containsExactly("one", "two", "$ prompt", "a line");
        screen.foreground = true;
        change();
        assertThat(screen.paper()).containsExactly("one", "two", "$ prompt", "a line", "one", "two");

        screen.foreground = false;
        area.say("last");
        area.end(List.of(new AttributedString("the end")));
        assertThat(screen.paper()).containsExactly("one", "two", "$ prompt", "a line", "one", "two", "last", "the end");
    }

    @Test
    void theEndTakesThePlaceOfTheRows() throws IOException {
        area.turn();
        area.say("last");
        area.end(List.of(new AttributedString("the end")));
        assertThat(screen.paper()).containsExactly("last", "the end");
    }

    @Test
    void anInterruptLeavesTheRows() throws IOException {
        area.turn();
        area.say("last");
        area.leave(List.of(new AttributedString("interrupted")));
        assertThat(screen.paper()).containsExactly("one", "two", "last", "interrupted");
    }

    @Test
    void aLineThatCouldNotBeWrittenIsStillThere() {
        screen.failure = new IOException("gone");
        area.say("kept");
        assertThatThrownBy(area::turn).hasMessage("gone");
        assertThat(area.takeOver()).containsExactly("kept");
        // A caller that comes too late must print its line elsewhere, or it would be lost.
        assertThat(area.say("late")).isFalse();
        assertThat(area.takeOver()).containsExactly("kept");
    }

    @Test
    void coloursAreOnlyWrittenWhereTheyAreWanted() throws IOException {
        StringBuilder sent = new StringBuilder();
        new LiveArea(recording(sent), (columns, height) -> List.of(new AttributedString("x", AttributedStyle.BOLD)),
                true, nanos::get).turn();
        assertThat(sent.toString()).contains("\u001b[1mx\u001b[0m");
        sent.setLength(0);
        new LiveArea(recording(sent), (columns, height) -> List.of(new AttributedString("x", AttributedStyle.BOLD)),
                false, nanos::get).turn();
        assertThat(sent.toString()).doesNotContain("m");
    }

    private void change() throws IOException {
        pass(250);
        area.changed();
        area.turn();
    }

    private void pass(long millis) {
        nanos.addAndGet(Duration.ofMillis(millis).toNanos());
    }

    private Screen recording(StringBuilder sent) {
        return new Screen() {
            @Override
            public Size size() {
                return screen.size;
            }

            @Override
            public boolean inForeground() {
                return true;
            }

            @Override
            public boolean disturbed() {
                return false;
            }

            @Override
            public void write(String text) {
                sent.append(text);
            }

            @Override
            public void close() {
                sent.append("closed");
            }
        };
    }
}
