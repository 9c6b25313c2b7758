package delivery.failure;

import java.util.List;

/**
 * A copy of the live release was not deployed, because it would touch objects that are not its own. The message names
 * each object, the reason, and what to change; nothing was applied.
 */
public final class UnsafeClone extends WrongInput {

    private static final long serialVersionUID = 1L;

    /** @param refusals one sentence each; at least one */
    public UnsafeClone(String application, List<String> refusals) {
        super("No copy of the Application " + application + " can be deployed safely, and none was: "
                + String.join("\n  ", refusals));
    }
}
