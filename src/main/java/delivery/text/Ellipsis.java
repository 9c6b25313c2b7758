package delivery.text;

/** Text that is shortened, with a mark at its end. */
public final class Ellipsis {

    private static final String MARK = "…";

    private Ellipsis() {
    }

    public static String to(int longest, String text) {
        return text.length() <= longest ? text : text.substring(0, longest - MARK.length()).stripTrailing() + MARK;
    }

    public static String withoutMark(String text) {
        return text.endsWith(MARK) ? text.substring(0, text.length() - MARK.length()) : text;
    }
}
