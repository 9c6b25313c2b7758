package delivery.console;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jline.utils.AttributedString;

/**
 * Rows at the end of a terminal that are redrawn in place, and lines that scroll by above them. Each change is written
 * at once and ends on an empty line, so that the terminal is usable however the process ends. Used by one thread,
 * except for {@link #say} and {@link #changed}.
 */
final class LiveArea {

    /** The rows to draw for a terminal's size. */
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

    /** Queues a line to scroll by at the next turn; returns false after a takeover: then the caller must show it. */
    synchronized boolean say(String line) {
        if (!takenOver) {
            said.add(line);
            changed = true;
        }
        return !takenOver;
    }

    /** Returns the lines that have not been shown, and leaves these and all later lines to the caller. */
    synchronized List<String> takeOver() {
        takenOver = true;
        return unsaid();
    }

    /** Requests that the rows are redrawn at the next turn. */
    synchronized void changed() {
        changed = true;
    }

    /** Draws if anything changed, or if the last drawing is a second old. */
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
            // A shell's prompt may be where the rows were: they stay there, and new ones are drawn once we are back.
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

    /** Replaces the rows by the lines that were not shown yet and these. */
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

    /** Leaves the rows where they are, and writes the lines that were not shown yet and these below them. */
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
                // A terminal that became narrower has wrapped the rows.
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
