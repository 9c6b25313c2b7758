package delivery.task;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.util.ArrayList;
import java.util.List;

/** What would be changed, in the form that {@code patch} takes. */
final class TaskDiff {

    private static final int CONTEXT = 3;

    private TaskDiff() {
    }

    /** Empty if nothing would be changed. */
    static String between(String name, String before, String after) {
        List<String> old = lines(before);
        return String.join("\n", UnifiedDiffUtils.generateUnifiedDiff(name, name, old,
                DiffUtils.diff(old, lines(after)), CONTEXT));
    }

    private static List<String> lines(String text) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        String last = lines.remove(lines.size() - 1);
        if (!last.isEmpty()) {
            lines.add(last + "\n\\ No newline at end of file");
        }
        return lines;
    }
}
