package delivery.release;

/**
 * A version of the application.
 *
 * @param tag     the tag of its image, which a release asks for
 * @param answers the version that it answers with
 * @param faulty  whether it was built, or named by the team, to be refused
 */
public record Version(String tag, String answers, boolean faulty) {

    /** A good version. */
    public Version(String tag, String answers) {
        this(tag, answers, false);
    }
}
