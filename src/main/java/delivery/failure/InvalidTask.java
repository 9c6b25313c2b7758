package delivery.failure;

import java.nio.file.Path;
import java.util.List;

/** The task's file cannot be updated, and is unchanged. The message names the file, the lines and the fix. */
public final class InvalidTask extends WrongInput {

    private static final long serialVersionUID = 1L;

    public InvalidTask(Path file, String what) {
        super("TASK: " + file + " " + what);
    }

    public InvalidTask(Path file, String what, Throwable cause) {
        super("TASK: " + file + " " + what, cause);
    }

    /** Its criteria differ from those of the features. */
    public static InvalidTask differing(Path file, List<Difference> differences) {
        return unfit(file, "its criteria are not those that the features prove. Correct it, or the features and their"
                + " checklist", differences);
    }

    /** Some of its lines must be corrected first. */
    public static InvalidTask unfit(Path file, List<Difference> differences) {
        return unfit(file, "some of its lines must be repaired first", differences);
    }

    private static InvalidTask unfit(Path file, String why, List<Difference> differences) {
        StringBuilder text = new StringBuilder("is not brought up to date: ").append(why).append(':');
        differences.forEach(difference -> text.append("\n  ")
                .append(difference.line() > 0 ? "line " + difference.line() + ": " : "").append(difference.what()));
        return new InvalidTask(file, text.toString());
    }
}
