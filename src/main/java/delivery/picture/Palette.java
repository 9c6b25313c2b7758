package delivery.picture;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.List;

/**
 * Colours that people with colour vision deficiencies can distinguish too (Okabe and Ito), on a background of the
 * picture's own: the report has a light and a dark theme, and a picture cannot know which one is shown.
 */
final class Palette {

    static final Color GROUND = new Color(0xFFFFFF);
    static final Color TEXT = new Color(0x24292F);
    static final Color FAINT = new Color(0x57606A);
    static final Color GRID = new Color(0xD0D7DE);
    static final Color FAILED = new Color(0xC1121F);
    static final Color BAND = new Color(0xBBDDF2);
    static final Font WORDS = new Font(Font.SANS_SERIF, Font.PLAIN, 12);
    static final Font TITLE = new Font(Font.SANS_SERIF, Font.BOLD, 14);
    static final BasicStroke LINE = new BasicStroke(1);
    static final BasicStroke DASHED = new BasicStroke(1, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10,
            new float[] {3, 3}, 0);

    private static final List<Color> VERSIONS = List.of(new Color(0x0072B2), new Color(0xE69F00), new Color(0x009E73),
            new Color(0xCC79A7), new Color(0x56B4E9));

    private Palette() {
    }

    /** Returns the colour of a release's first, second, ... version. */
    static Color version(int number) {
        return VERSIONS.get(number % VERSIONS.size());
    }
}
