package delivery.failure;

import java.util.List;

/**
 * The layout of a delivery is ambiguous and is not guessed. The message names the unknown, the candidates and the
 * setting that decides. Nothing was deployed.
 */
public final class UnresolvedLayout extends WrongInput {

    private static final long serialVersionUID = 1L;

    /** @param questions one sentence each; at least one */
    public UnresolvedLayout(String application, List<String> questions) {
        super("The Application " + application + " cannot be proved as it is: " + String.join("\n  ", questions)
                + "\nmake layout shows all that was found");
    }
}
