package delivery.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CanvasTest {

    /** What Java throws where there are no fonts, the first time and after. */
    static Stream<Throwable> withoutFonts() {
        return Stream.of(new InternalError("Fontconfig head is null, check your fonts or fonts configuration"),
                new NullPointerException("no font"), new ExceptionInInitializerError("fonts"),
                new NoClassDefFoundError("Could not initialize class sun.awt.X11FontManager"),
                new UnsatisfiedLinkError("libfreetype.so.6: cannot open shared object file"));
    }

    @ParameterizedTest
    @MethodSource("withoutFonts")
    void aPictureThatCannotBeDrawnIsToldOfInstead(Throwable undrawable) {
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
}
