package delivery.console;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A terminal that handles the few sequences that are sent to it as a real one does, and keeps all that scrolls by. */
final class PaperScreen implements Screen {

    private static final Pattern PART = Pattern.compile("\u001b\\[(\\d*)([A-Za-z])|\r|\n|[^\r\n\u001b]+");

    private final List<String> rows = new ArrayList<>(List.of(""));
    private int row;
    private int column;
    private int writes;
    private boolean closed;
    Size size = new Size(80, 24);
    boolean foreground = true;
    boolean disturbed;
    IOException failure;
    RuntimeException broken;

    @Override
    public Size size() {
        if (broken != null) {
            throw broken;
        }
        return size;
    }

    @Override
    public boolean inForeground() {
        return foreground;
    }

    @Override
    public boolean disturbed() {
        boolean was = disturbed;
        disturbed = false;
        return was;
    }

    @Override
    public synchronized void write(String text) throws IOException {
        if (failure != null) {
            throw failure;
        }
        writes++;
        Matcher parts = PART.matcher(text);
        int end = 0;
        while (parts.find()) {
            if (parts.start() != end) {
                throw new IllegalArgumentException("cannot do: " + text.substring(end));
            }
            end = parts.end();
            show(parts);
        }
        if (end != text.length()) {
            throw new IllegalArgumentException("cannot do: " + text.substring(end));
        }
    }

    private void show(Matcher part) {
        if (part.group().equals("\r")) {
            column = 0;
        } else if (part.group().equals("\n")) {
            row++;
            if (row == rows.size()) {
                rows.add("");
            }
        } else if (part.group(2) == null) {
            String line = rows.get(row);
            String text = part.group();
            String after = line.length() > column + text.length() ? line.substring(column + text.length()) : "";
            rows.set(row, line.substring(0, column) + text + after);
            column += text.length();
        } else {
            switch (part.group(2)) {
                case "A" -> row = Math.max(0, row - Integer.parseInt(part.group(1)));
                case "K" -> rows.set(row, rows.get(row).substring(0, Math.min(column, rows.get(row).length())));
                case "J" -> {
                    rows.set(row, rows.get(row).substring(0, Math.min(column, rows.get(row).length())));
                    rows.subList(row + 1, rows.size()).clear();
                }
                case "m" -> column += 0; // a colour
                default -> throw new IllegalArgumentException("cannot do: " + part.group());
            }
        }
    }

    /** Prints a line of another program at the cursor. */
    void others(String line) {
        rows.set(row, line);
        rows.add("");
        row++;
    }

    /** Returns all lines on it; the cursor must be on an empty line at its end. */
    synchronized List<String> paper() {
        if (column != 0 || row != rows.size() - 1 || !rows.get(row).isEmpty()) {
            throw new AssertionError("the cursor is left in " + rows + " at " + row + ", " + column);
        }
        return List.copyOf(rows.subList(0, row));
    }

    synchronized int writes() {
        return writes;
    }

    boolean closed() {
        return closed;
    }

    @Override
    public void close() {
        closed = true;
    }
}
