package delivery.failure;

/** The live Application was not changed, because nobody agreed to it or because it cannot be proved in place. */
public final class UnsafeChange extends WrongInput {

    private static final long serialVersionUID = 1L;

    /**
     * @param application the live one
     * @param why         a sentence that also says what to do
     */
    public UnsafeChange(String application, String why) {
        super("The Application " + application + " was not changed: " + why);
    }
}
