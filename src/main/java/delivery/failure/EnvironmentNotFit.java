package delivery.failure;

import java.util.Objects;

/**
 * The environment is not fit for the proof, and nothing was learned about a criterion. It is not an
 * {@link AssertionError}, so that it is never taken for a criterion that is not met.
 */
public final class EnvironmentNotFit extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String what;
    private final String whatToDo;

    /**
     * @param what     the finding, one sentence without a secret: "The API server refused the token"
     * @param whatToDo advice for a person, one sentence: "Set ARGOCD_AUTH_TOKEN to a valid token"
     */
    public EnvironmentNotFit(String what, String whatToDo) {
        this(what, whatToDo, null);
    }

    /** The same, with the failure that showed it. */
    public EnvironmentNotFit(String what, String whatToDo, Throwable cause) {
        super(sentence(what) + " " + sentence(whatToDo), cause);
        this.what = what;
        this.whatToDo = whatToDo;
    }

    /** The finding, as it was given. */
    public String what() {
        return what;
    }

    /** The advice, as it was given. */
    public String whatToDo() {
        return whatToDo;
    }

    private static String sentence(String text) {
        String stripped = Objects.requireNonNull(text).strip();
        return stripped.endsWith(".") ? stripped : stripped + ".";
    }
}
