package delivery.console;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jline.utils.AttributedString;

/**
 * Rows at the end of a terminal that are drawn again in place, and lines that scroll by above them. Each change is
 * written at one stroke and ends on an empty line: however the process ends, the terminal is as it should be. Used by
 * one thread, but for {@link #say} and {@link #changed}.
 */
final class LiveArea {

    /** What is drawn, for a size of the terminal. */
    interface Rows {
        List<AttributedString> of(int columns, int rows);
    }

    private static final long TICK_OF_THE_CLOCK = Duration.ofSeconds(1).toNanos();
    private static final String UP = "\u001b[%dA";
    private static final String ERASE_BELOW = "\u001b[J";
    private static final String ERASE_LINE = "\u001b[K";

    private final Screen screen;
    private final Rows rows;
    private final boolean colours;
    private final LongSupplier nanoTime;
    private final List<String> said = new ArrayList<>();
    private List<AttributedString> drawn = List.of();
    private boolean changed = true;
    private boolean takenOver;
    private long drawnAt;

    LiveArea(Screen screen, Rows rows, boolean colours, LongSupplier nanoTime) {
        this.screen = screen;
        this.rows = rows;
        this.colours = colours;
        this.nanoTime = nanoTime;
        this.drawnAt = nanoTime.getAsLong() - TICK_OF_THE_CLOCK;
    }

    /** Has a line scroll by at the next turn; false if something else took the lines over, which must show it. */
    synchronized boolean say(String line) {
        if (!takenOver) {
            said.add(line);
            changed = true;
        }
        return !takenOver;
    }

    /** Lines that have not been shown, and are shown by something else from now on. */
    synchronized List<String> takeOver() {
        takenOver = true;
        return unsaid();
    }

    /** Has the rows drawn again at the next turn. */
    synchronized void changed() {
        changed = true;
    }

    /** Draws if anything changed, or if a second has passed since. */
    void turn() throws IOException {
        long now = nanoTime.getAsLong();
        List<String> lines;
        synchronized (this) {
            if (!changed && now - drawnAt < TICK_OF_THE_CLOCK) {
                return;
            }
            changed = false;
            lines = List.copyOf(said);
        }
        drawnAt = now;
        if (!screen.inForeground()) {
            // A shell's prompt may be where the rows were: they stay there, and are begun anew when we are back.
            drawn = List.of();
            if (!lines.isEmpty()) {
                screen.write(text(lines, drawn, ""));
                forget(lines.size());
            }
            return;
        }
        Screen.Size size = screen.size();
        draw(lines, rows.of(size.columns(), size.rows() - 1), size.columns());
        forget(lines.size());
    }

    /** Takes the rows away and leaves these lines, and those not shown yet, in their place. */
    void end(List<AttributedString> last) throws IOException {
        List<String> lines = unsaid();
        if (!screen.inForeground()) {
            leave(last);
            return;
        }
        draw(lines, last, screen.size().columns());
        drawn = List.of();
        forget(lines.size());
    }

    /** Leaves the rows where they are, and these lines and those not shown yet below them. */
    void leave(List<AttributedString> last) throws IOException {
        List<String> lines = unsaid();
        screen.write("\r" + ERASE_BELOW + text(lines, last, ""));
        drawn = List.of();
        forget(lines.size());
    }

    private synchronized List<String> unsaid() {
        return List.copyOf(said);
    }

    private synchronized void forget(int shown) {
        said.subList(0, shown).clear();
    }

    private void draw(List<String> lines, List<AttributedString> now, int columns) throws IOException {
        int above = screen.disturbed() ? 0 : drawn.stream()
                // A terminal that became narrower has broken the rows.
                .mapToInt(row -> Math.max(1, (row.columnLength() + columns - 1) / columns)).sum();
        String back = above == 0 ? "\r" : "\r" + String.format(UP, above);
        drawn = now;
        screen.write(back + (lines.isEmpty() ? "" : ERASE_BELOW) + text(lines, now, ERASE_LINE) + ERASE_BELOW);
    }

    private String text(List<String> lines, List<AttributedString> now, String endOfRow) {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append(line).append("\r\n"));
        now.forEach(row -> text.append(shown(row)).append(endOfRow).append("\r\n"));
        return text.toString();
    }

    private String shown(AttributedString row) {
        return colours ? row.toAnsi() : row.toString();
    }
}
