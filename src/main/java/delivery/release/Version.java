package delivery.release;

/**
 * A version of the application.
 *
 * @param tag     of its image: what a release asks for
 * @param answers what it answers when it is asked for its version
 * @param faulty  whether that is another than the one that it was released as
 */
public record Version(String tag, String answers, boolean faulty) {

    /** Of an application that answers with its tag: one that answers otherwise is faulty. */
    public Version(String tag, String answers) {
        this(tag, answers, !tag.equals(answers));
    }
}
