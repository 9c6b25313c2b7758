package delivery.failure;

import java.nio.file.Path;

/** The file of the task is no checklist. The message names the file, the line, what is wrong and what to do. */
public final class InvalidChecklist extends WrongInput {

    private static final long serialVersionUID = 1L;

    public InvalidChecklist(Path file, String what) {
        super(file + ": " + what);
    }

    public InvalidChecklist(Path file, int line, String what) {
        super(file + ":" + line + ": " + what);
    }

    public InvalidChecklist(Path file, String what, Throwable cause) {
        super(file + ": " + what, cause);
    }
}
