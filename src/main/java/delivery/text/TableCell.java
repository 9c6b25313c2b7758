package delivery.text;

/** A text formatted as a cell of a Markdown table. */
public final class TableCell {

    private TableCell() {
    }

    /** Returns the text in one line, with its bars escaped. */
    public static String of(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
