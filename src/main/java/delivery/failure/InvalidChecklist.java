package delivery.failure;

import java.nio.file.Path;

/** The file is not a valid checklist. The message names the file, the line, the fault and the fix. */
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
