package delivery.text;

/** A text as a cell of a Markdown table. */
public final class TableCell {

    private TableCell() {
    }

    /** In one line, and without a border in it. */
    public static String of(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ");
    }
}
