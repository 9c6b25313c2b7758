package delivery.task;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Changes to a text, by offset; everything else stays as it is. */
final class Edits {

    private record Edit(int from, int to, String instead) {
    }

    private final List<Edit> edits = new ArrayList<>();

    /** @param to offset just after the last character to remove */
    void replace(int from, int to, String instead) {
        edits.add(new Edit(from, to, instead));
    }

    /** Inserts a text. Of several insertions at one offset, the first one requested comes first. */
    void insert(int at, String text) {
        replace(at, at, text);
    }

    /** @throws IllegalStateException if two changes touch the same character */
    String applied(String text) {
        StringBuilder result = new StringBuilder();
        int done = 0;
        // A text that is inserted where another is removed goes before it.
        edits.sort(Comparator.comparingInt(Edit::from).thenComparingInt(Edit::to));
        for (Edit edit : edits) {
            if (edit.from() < done) {
                throw new IllegalStateException("two changes of the task's file overlap at " + edit.from());
            }
            result.append(text, done, edit.from()).append(edit.instead());
            done = edit.to();
        }
        return result.append(text, done, text.length()).toString();
    }
}
