package delivery.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.GraphicsEnvironment;
import java.io.StringReader;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

/** The SVG of a picture, parsed again. */
final class Drawn {

    private Drawn() {
    }

    /** Returns the parsed SVG, which must be well-formed and refer to nothing outside. */
    static Document of(Picture picture) {
        assumeTrue(thereAreFonts(), "this machine has no fonts");
        String svg = picture.svg().orElseThrow(() -> new AssertionError(picture.words()));
        assertThat(svg.replaceAll(" xmlns(:xlink)?=\"http://www.w3.org/[^\"]*\"", "")).doesNotContain("://", "DOCTYPE");
        try {
            return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                    .parse(new InputSource(new StringReader(svg)));
        } catch (java.io.IOException | org.xml.sax.SAXException | javax.xml.parsers.ParserConfigurationException e) {
            throw new AssertionError("it is not XML", e);
        }
    }

    /** Asks Java itself, since the picture's own answer is what is tested. */
    static boolean thereAreFonts() {
        try {
            return GraphicsEnvironment.getLocalGraphicsEnvironment().getAvailableFontFamilyNames().length > 0;
        } catch (RuntimeException | LinkageError | InternalError none) {
            return false;
        }
    }

    static String text(Document svg, String element) {
        return svg.getElementsByTagName(element).item(0).getTextContent();
    }

    /** Returns every visible text. */
    static List<String> words(Document svg) {
        NodeList texts = svg.getElementsByTagName("text");
        return IntStream.range(0, texts.getLength()).mapToObj(number -> texts.item(number).getTextContent()).toList();
    }

    static String firstShape(Document svg) {
        Element shape = (Element) svg.getElementsByTagName("rect").item(0);
        return shape.getTagName() + " " + shape.getAttribute("width") + "x" + shape.getAttribute("height") + " "
                + ((Element) shape.getParentNode()).getAttribute("fill");
    }
}
