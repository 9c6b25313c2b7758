package delivery.failure;

/** The live Application was to be changed, and was not: nobody allowed it, or it is not its own. */
public final class UnsafeChange extends WrongInput {

    private static final long serialVersionUID = 1L;

    /**
     * @param application the live one
     * @param why         a sentence that says what to do, too
     */
    public UnsafeChange(String application, String why) {
        super("The Application " + application + " was not changed: " + why);
    }
}
