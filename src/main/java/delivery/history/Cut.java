package delivery.history;

/** Text cut short, with a mark where it was. */
final class Cut {

    private static final String MARK = "…";

    private Cut() {
    }

    static String to(int longest, String text) {
        return text.length() <= longest ? text : text.substring(0, longest - MARK.length()).stripTrailing() + MARK;
    }

    static String withoutMark(String text) {
        return text.endsWith(MARK) ? text.substring(0, text.length() - MARK.length()) : text;
    }
}
