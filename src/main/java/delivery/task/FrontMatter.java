package delivery.task;

import delivery.failure.Difference;
import java.text.ParsePosition;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The YAML front matter that a text may begin with, between two lines of three hyphens. */
final class FrontMatter {

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final Pattern BEGIN = Pattern.compile("---[ \t]*");
    private static final Pattern END = Pattern.compile("(---|\\.\\.\\.)[ \t]*");
    /** Suffixes of the keys: Backlog.md has updated_date, others have updatedAt. */
    private static final String OF_KEY = "(?:_date|_at|Date|At)?";
    /** A key with a plain or quoted value, and possibly a comment after it. */
    private static final Pattern DATED = Pattern.compile("((?:updated|created)" + OF_KEY
            + ")([ \t]*:[ \t]*)(?:(['\"])(.*?)\\3|([^'\"#\\s](?:[^#]|(?<!\\s)#)*?)?)([ \t]*(?:[ \t]#.*)?)");
    private static final Pattern CONTINUED = Pattern.compile("[ \t]+\\S.*|-[ \t].*");

    /** The forms in which people write a time. A form that the present value parses in is kept. */
    private static final List<DateTimeFormatter> FORMATS = List.of("uuuu-MM-dd", "uuuu-MM-dd HH:mm",
            "uuuu-MM-dd HH:mm:ss", "uuuu-MM-dd'T'HH:mm", "uuuu-MM-dd'T'HH:mm:ss", "uuuu-MM-dd'T'HH:mm:ss.SSS",
            "uuuu-MM-dd'T'HH:mmXXX", "uuuu-MM-dd'T'HH:mm:ssXXX", "uuuu-MM-dd'T'HH:mm:ss.SSSXXX",
            "uuuu-MM-dd'T'HH:mm:ssXX", "uuuu-MM-dd HH:mm:ss XXX", "uuuu-MM-dd HH:mm:ss XX", "uuuu-MM-dd HH:mm:ssXXX",
            "uuuu-MM-dd HH:mm 'UTC'", "uuuu/MM/dd", "dd.MM.uuuu").stream()
            .map(pattern -> DateTimeFormatter.ofPattern(pattern, Locale.ROOT)).toList();

    private final String text;
    private final Lines lines;
    /** Index of the line that ends it; -1 if there is no front matter. */
    private final int end;

    FrontMatter(String text, Lines lines) {
        this.text = text;
        this.lines = lines;
        this.end = lines.count() > 0 && BEGIN.matcher(first()).matches() ? closing() : -1;
    }

    /** Returns the offset where the Markdown begins. */
    int length() {
        return end >= 0 ? lines.get(end).next() : text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK.length() : 0;
    }

    /** Returns the number of lines before the Markdown. */
    int lineCount() {
        return end + 1;
    }

    /**
     * Updates the date of the last update, in the form and quotes that it has. If there is none, one is added, in the
     * form and quotes of "created" and under the matching key. Without front matter nothing changes.
     *
     * @return why the date cannot be written; empty if it can
     */
    Optional<Difference> update(Instant now, Edits edits) {
        Optional<Matcher> created = Optional.empty();
        boolean isUpdated = false;
        for (int index = 1; index < end; index++) {
            String line = lines.content(index);
            Matcher dated = DATED.matcher(line);
            if (dated.matches() && dated.group(1).startsWith("updated")) {
                if (CONTINUED.matcher(lines.content(index + 1)).matches()) {
                    return Optional.of(new Difference(index + 1,
                            "\"" + dated.group(1) + ":\" has more than one line; write one date there"));
                }
                int start = lines.get(index).start();
                boolean unspaced = dated.group(2).endsWith(":");
                edits.replace(start + dated.end(2), start + dated.start(6), (unspaced ? " " : "") + value(dated, now));
                isUpdated = true;
            } else if (line.matches("updated" + OF_KEY + "[ \t]*:.*")) {
                return Optional.of(new Difference(index + 1, "\"" + line.substring(0, line.indexOf(':')).strip()
                        + ":\" has no plain value; write one date there"));
            } else if (dated.matches() && created.isEmpty()) {
                created = Optional.of(dated);
            }
        }
        if (end > 0 && !isUpdated) {
            String value = created.map(like -> value(like, now))
                    .orElseGet(() -> FORMATS.get(0).format(now.atOffset(ZoneOffset.UTC)));
            String key = created.map(like -> like.group(1).replaceFirst("created", "updated")).orElse("updated");
            edits.insert(lines.get(end).start(), key + ": " + value + lines.ending(end - 1));
        }
        return Optional.empty();
    }

    private static String value(Matcher like, Instant now) {
        String quote = like.group(3) == null ? "" : like.group(3);
        String before = like.group(3) == null ? like.group(5) : like.group(4);
        return quote + formatted(before == null ? "" : before, now) + quote;
    }

    private static String formatted(String before, Instant now) {
        for (DateTimeFormatter format : FORMATS) {
            ParsePosition read = new ParsePosition(0);
            TemporalAccessor time = format.parseUnresolved(before, read);
            if (time != null && read.getIndex() == before.length()) {
                return format.format(now.atOffset(time.isSupported(ChronoField.OFFSET_SECONDS)
                        ? ZoneOffset.ofTotalSeconds(time.get(ChronoField.OFFSET_SECONDS)) : ZoneOffset.UTC));
            }
        }
        return FORMATS.get(0).format(now.atOffset(ZoneOffset.UTC));
    }

    private String first() {
        String line = lines.content(0);
        return line.startsWith(BYTE_ORDER_MARK) ? line.substring(BYTE_ORDER_MARK.length()) : line;
    }

    private int closing() {
        for (int index = 1; index < lines.count(); index++) {
            if (END.matcher(lines.content(index)).matches()) {
                return index;
            }
        }
        return -1;
    }
}
