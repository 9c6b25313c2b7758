package delivery.release;

/**
 * A version of the application.
 *
 * @param tag     of its image: what a release asks for
 * @param answers what it answers when it is asked for its version
 * @param faulty  whether it was made, or named, to be refused
 */
public record Version(String tag, String answers, boolean faulty) {

    /** A good version. */
    public Version(String tag, String answers) {
        this(tag, answers, false);
    }
}
