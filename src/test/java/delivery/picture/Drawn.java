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

/** A picture's SVG, read again. */
final class Drawn {

    private Drawn() {
    }

    /** It is well-formed and asks for nothing from elsewhere. */
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

    /** Asked of Java itself: that the picture says so is what is tested. */
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

    /** Every text that is seen in it. */
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
