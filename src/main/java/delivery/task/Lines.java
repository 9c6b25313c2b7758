package delivery.task;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The lines of a text with their offsets. Each line keeps its own line ending, whatever the others have. */
final class Lines {

    /** The line endings of Markdown. */
    private static final Pattern ENDING = Pattern.compile("\r\n|\n|\r");

    private final String text;
    private final List<Line> lines = new ArrayList<>();

    /**
     * @param start offset of the first character
     * @param end   offset just after the last character before the line ending
     * @param next  offset just after the line ending; {@code end} if the text ends here
     */
    record Line(int start, int end, int next) {
    }

    Lines(String text) {
        this.text = text;
        Matcher ending = ENDING.matcher(text);
        int start = 0;
        while (ending.find()) {
            lines.add(new Line(start, ending.start(), ending.end()));
            start = ending.end();
        }
        if (start < text.length()) {
            lines.add(new Line(start, text.length(), text.length()));
        }
    }

    int count() {
        return lines.size();
    }

    /** @param index from 0 */
    Line get(int index) {
        return lines.get(index);
    }

    /** Returns a line without its ending. */
    String content(int index) {
        return text.substring(get(index).start(), get(index).end());
    }

    boolean isBlank(int index) {
        return content(index).isBlank();
    }

    /** Returns the ending for a line added after this one: that of this line, or else of the one before. */
    String ending(int index) {
        for (int near = Math.min(index, lines.size() - 1); near >= 0; near--) {
            if (get(near).next() > get(near).end()) {
                return text.substring(get(near).end(), get(near).next());
            }
        }
        return "\n";
    }
}
