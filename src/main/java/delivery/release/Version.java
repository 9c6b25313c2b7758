package delivery.release;

/**
 * A version of the application.
 *
 * @param tag     of its image: what a release asks for
 * @param answers what it answers when it is asked for its version
 */
public record Version(String tag, String answers) {

    /** Whether it answers with something else than what it was released as. */
    boolean faulty() {
        return !tag.equals(answers);
    }
}
