package delivery.waiting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;

/** The states seen during a wait, each change with its time: the first 20 and the last 20. */
final class ObservationLog {

    private static final int MOST = 20;

    private record Sighting(Duration after, String text) {

        String line() {
            return "  +" + seconds(after) + " " + text;
        }
    }

    private final List<Sighting> first = new ArrayList<>();
    private final Deque<Sighting> later = new ArrayDeque<>();
    private int leftOut;
    private String last = "nothing";

    void add(Duration after, String text) {
        if (text.equals(last)) {
            return;
        }
        last = text;
        Sighting sighting = new Sighting(after, text);
        if (first.size() < MOST) {
            first.add(sighting);
            return;
        }
        later.add(sighting);
        if (later.size() > MOST) {
            later.remove();
            leftOut++;
        }
    }

    boolean isEmpty() {
        return first.isEmpty();
    }

    String last() {
        return last;
    }

    /** One line for each, oldest first. */
    String lines() {
        List<String> lines = new ArrayList<>();
        first.forEach(sighting -> lines.add(sighting.line()));
        if (leftOut > 0) {
            lines.add("  … " + leftOut + " more …");
        }
        later.forEach(sighting -> lines.add(sighting.line()));
        return String.join("\n", lines);
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.1fs", duration.toMillis() / 1000.0);
    }
}
