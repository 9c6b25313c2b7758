package delivery.console;

import delivery.console.ProgressSnapshot.Activity;
import delivery.console.ProgressSnapshot.Line;
import delivery.console.ProgressSnapshot.Mark;
import delivery.console.ProgressSnapshot.Scenario;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/**
 * The list of criteria as it is drawn. If it does not fit the terminal, parts are omitted in this order: the criteria
 * of sections in which nothing is running, all other criteria that are not running, the waits of those that are.
 */
record ProgressView(Glyphs signs, Estimate estimate) {

    /** Widest row, in columns; further to the right, a time is too far from its criterion to be read with it. */
    private static final int WIDEST = 120;

    /** Narrowest row with the state's name, in columns; below that the symbol alone shows the state. */
    private static final int NAMES_FROM = 60;

    private static final AttributedStyle PLAIN = AttributedStyle.DEFAULT;
    private static final AttributedStyle BOLD = PLAIN.bold();
    private static final AttributedStyle FAINT = PLAIN.faint();

    /**
     * @param width  columns of the terminal; each row is narrower than that
     * @param height largest number of rows
     * @param now    time since the run's begin
     */
    List<AttributedString> rows(ProgressSnapshot standing, int width, int height, Duration now) {
        int columns = Math.max(1, Math.min(width - 1, WIDEST));
        List<AttributedString> foot = foot(standing, columns, now);
        int room = Math.max(0, height - foot.size());
        List<AttributedString> rows = all(standing, columns, now, false);
        if (rows.size() > room) {
            rows = all(standing, columns, now, true);
        }
        if (rows.size() > room) {
            rows = running(standing, columns, now, true);
        }
        if (rows.size() > room) {
            rows = running(standing, columns, now, false);
        }
        if (rows.size() > room) {
            int shown = Math.max(0, room - 1);
            int more = rows.size() - shown;
            rows = new ArrayList<>(rows.subList(0, shown));
            if (room > 0) {
                rows.add(cut("    " + signs.text("… ") + more + " more", FAINT, columns));
            }
        }
        rows.addAll(foot);
        return rows.subList(Math.max(0, rows.size() - Math.max(1, height)), rows.size());
    }

    private List<AttributedString> all(ProgressSnapshot standing, int columns, Duration now,
            boolean quietSectionsInShort) {
        Map<String, List<Line>> sections = new LinkedHashMap<>();
        standing.lines().forEach(line -> sections.computeIfAbsent(line.criterion().section(),
                unused -> new ArrayList<>()).add(line));
        List<AttributedString> rows = new ArrayList<>();
        sections.forEach((section, lines) -> {
            boolean quiet = lines.stream().allMatch(line -> line.mark() != Mark.RUNNING);
            String name = signs.text(section);
            if (quiet && quietSectionsInShort) {
                rows.add(cut(name + ": " + String.join(", ", counts(lines)), BOLD, columns));
                lines.stream().filter(line -> line.mark() == Mark.NOT_MET)
                        .forEach(line -> rows.add(row(line, columns, now)));
                return;
            }
            rows.add(cut(name, BOLD, columns));
            for (Line line : lines) {
                rows.add(row(line, columns, now));
                rows.addAll(details(line, columns, now));
            }
        });
        return rows;
    }

    private List<AttributedString> running(ProgressSnapshot standing, int columns, Duration now, boolean details) {
        return new ArrayList<>(standing.lines().stream().filter(line -> line.mark() == Mark.RUNNING)
                .flatMap(line -> Stream.concat(Stream.of(row(line, columns, now)),
                        details ? details(line, columns, now).stream() : Stream.empty())).toList());
    }

    private AttributedString row(Line line, int columns, Duration now) {
        AttributedStringBuilder row = new AttributedStringBuilder();
        row.append("  ").styled(style(line.mark()), signs.of(line.mark()))
                .append(String.format(Locale.ROOT, " %-6s ", signs.text(line.criterion().id())));
        String state = state(line, now, columns >= NAMES_FROM);
        int room = columns - row.columnLength() - state.length() - 1;
        if (room < 1) {
            return cut(row.toAttributedString(), columns);
        }
        String words = signs.text(line.criterion().words());
        row.append(cut(words, line.mark() == Mark.WAITING ? FAINT : PLAIN, room));
        row.append(" ".repeat(columns - row.columnLength() - state.length()));
        return row.styled(style(line.mark()), state).toAttributedString();
    }

    private String state(Line line, Duration now, boolean named) {
        String done = line.scenarios() > 1 && line.ended() < line.scenarios() && line.ended() > 0
                ? line.ended() + " of " + line.scenarios() + " proven, " : "";
        String time = switch (line.mark()) {
            case WAITING, NOT_APPLICABLE -> "";
            case RUNNING -> seconds(now.minus(line.running().get(0).since()));
            case PROVEN, NOT_MET, NOT_RUN -> String.format(Locale.ROOT, "%.1f s", line.took().toMillis() / 1000.0);
        };
        if (!named) {
            return time;
        }
        boolean longer = line.running().stream()
                .anyMatch(scenario -> estimate.isLonger(line, now.minus(scenario.since())));
        return (line.reason().isEmpty() ? done : "") + (longer ? "longer than usual, " : "") + name(line.mark())
                + (time.isEmpty() ? "" : " " + time);
    }

    private List<AttributedString> details(Line line, int columns, Duration now) {
        List<AttributedString> rows = new ArrayList<>();
        String indent = " ".repeat(columns >= NAMES_FROM ? 11 : 4);
        for (Scenario scenario : line.running()) {
            String doing = scenario.awaited().map(wait -> waiting(wait, now))
                    .or(() -> scenario.step().map(step -> step.what() + since(step, now))).orElse("");
            if (!doing.isEmpty()) {
                rows.add(cut(indent + signs.text(doing), FAINT, columns));
            }
        }
        if (!line.reason().isEmpty()) {
            rows.add(cut(indent + signs.text(line.reason()), style(line.mark() == Mark.RUNNING ? Mark.NOT_MET
                    : line.mark()), columns));
        }
        return rows;
    }

    private List<AttributedString> foot(ProgressSnapshot standing, int columns, Duration now) {
        List<AttributedString> rows = new ArrayList<>();
        standing.stage()
                .ifPresent(stage -> rows.add(cut(signs.text(stage.what() + since(stage, now)), PLAIN, columns)));
        standing.awaited().ifPresent(wait -> rows.add(cut("  " + signs.text(waiting(wait, now)), FAINT, columns)));
        List<String> parts = counts(standing.lines());
        String left = estimate.words(standing, now);
        String row = String.join(", ", parts);
        for (String part : List.of(seconds(now) + " so far", left)) {
            String longer = row + (row.isEmpty() || part.isEmpty() ? "" : signs.text(" · ")) + part;
            if (longer.length() > columns) {
                rows.addAll(broken(row, columns));
                longer = part;
            }
            row = longer;
        }
        rows.addAll(broken(row, columns));
        return rows;
    }

    /** Describes a wait: "waits 7 s: the Rollout is healthy; sees: it is Progressing". */
    private static String waiting(Activity wait, Duration now) {
        return "waits " + seconds(now.minus(wait.since())) + ": " + wait.what()
                + (wait.sees().isEmpty() ? "" : "; sees: " + wait.sees());
    }

    private static String since(Activity activity, Duration now) {
        return ", " + seconds(now.minus(activity.since()));
    }

    /** Breaks a text after commas into rows that fit. */
    private List<AttributedString> broken(String text, int columns) {
        List<AttributedString> rows = new ArrayList<>();
        String row = "";
        for (String part : text.split("(?<=, )")) {
            if (!row.isEmpty() && (row + part).stripTrailing().length() > columns) {
                rows.add(cut(row.stripTrailing(), BOLD, columns));
                row = "";
            }
            row += part;
        }
        rows.add(cut(row, BOLD, columns));
        return rows;
    }

    private static List<String> counts(List<Line> lines) {
        return Stream.of(Mark.PROVEN, Mark.NOT_MET, Mark.NOT_RUN, Mark.NOT_APPLICABLE, Mark.RUNNING, Mark.WAITING)
                .filter(mark -> lines.stream().anyMatch(line -> line.mark() == mark))
                .map(mark -> lines.stream().filter(line -> line.mark() == mark).count() + " " + name(mark)).toList();
    }

    private static String name(Mark mark) {
        return mark.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static AttributedStyle style(Mark mark) {
        return switch (mark) {
            case PROVEN -> PLAIN.foreground(AttributedStyle.GREEN);
            case NOT_MET -> PLAIN.foreground(AttributedStyle.RED);
            case NOT_RUN -> PLAIN.foreground(AttributedStyle.YELLOW);
            case NOT_APPLICABLE -> PLAIN.foreground(AttributedStyle.BLUE);
            case RUNNING -> PLAIN.foreground(AttributedStyle.CYAN);
            case WAITING -> FAINT;
        };
    }

    private AttributedString cut(String text, AttributedStyle style, int columns) {
        return cut(new AttributedString(text, style), columns);
    }

    /** Truncates a text by the columns that its characters take, not by their number. */
    private AttributedString cut(AttributedString text, int columns) {
        if (text.columnLength() <= columns) {
            return text;
        }
        String more = signs.text("…");
        if (columns <= more.length()) {
            return text.columnSubSequence(0, columns);
        }
        return new AttributedStringBuilder().append(text.columnSubSequence(0, columns - more.length())).append(more)
                .toAttributedString();
    }

    private static String seconds(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        return seconds < 120 ? seconds + " s" : seconds / 60 + " min " + seconds % 60 + " s";
    }
}
