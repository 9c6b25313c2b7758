package delivery.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanvasTest {

    /** The errors that Java throws where there are no fonts, the first time and later. */
    static Stream<Throwable> withoutFonts() {
        return Stream.of(new InternalError("Fontconfig head is null, check your fonts or fonts configuration"),
                new NullPointerException("no font"), new ExceptionInInitializerError("fonts"),
                new NoClassDefFoundError("Could not initialize class sun.awt.X11FontManager"),
                new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"));
    }

    @ParameterizedTest
    @MethodSource("withoutFonts")
    void aPictureThatCannotBeDrawnIsReportedInstead(Throwable undrawable) {
        Picture picture = Canvas.draw(() -> {
            if (undrawable instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) undrawable;
        }, 100, 100, "Versions", "41 requests");

        assertThat(picture.svg()).isEmpty();
        assertThat(picture.words()).contains("The picture \"Versions\" is left out", undrawable.getMessage(),
                "install fontconfig", "41 requests");
    }

    /** Text must be readable on the picture's ground: a contrast of 4.5 to 1, as WCAG asks. */
    @Test
    void wordsStandOutFromTheGround() {
        for (Color colour : List.of(Palette.TEXT, Palette.FAINT, Palette.FAILED)) {
            assertThat((luminance(Palette.GROUND) + 0.05) / (luminance(colour) + 0.05)).as(colour.toString())
                    .isGreaterThanOrEqualTo(4.5);
        }
    }

    /** Neighbours in the stack must also differ in lightness, for people who see no colours. */
    @Test
    void aReleasesTwoVersionsAndWhatFailedDifferInLightness() {
        assertThat(luminance(Palette.version(1)) / luminance(Palette.version(0))).isGreaterThan(2);
        assertThat(luminance(Palette.version(1)) / luminance(Palette.FAILED)).isGreaterThan(2);
    }

    private static double luminance(Color colour) {
        float[] parts = colour.getRGBColorComponents(null);
        double[] linear = new double[3];
        for (int part = 0; part < 3; part++) {
            linear[part] = parts[part] <= 0.04045 ? parts[part] / 12.92 : Math.pow((parts[part] + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }
}
