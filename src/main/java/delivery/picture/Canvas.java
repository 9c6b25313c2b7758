package delivery.picture;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.geom.Rectangle2D;
import java.io.StringWriter;
import java.text.DecimalFormat;
import java.util.Optional;
import java.util.function.Supplier;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYTextAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.Plot;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.ui.TextAnchor;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** Gives charts a common look, and writes them as SVG with a title and a description for people who cannot see them. */
final class Canvas {

    private static final String SVG = "http://www.w3.org/2000/svg";

    private Canvas() {
    }

    /**
     * Draws a chart. A picture is not evidence by itself, because its numbers are kept as a table; so if it cannot be
     * drawn, the case that it illustrates must not end.
     */
    static Picture draw(Supplier<JFreeChart> chart, int width, int height, String title, String description) {
        try {
            return new Picture(Optional.of(svg(chart.get(), width, height, title, description)),
                    title + ". " + description);
        } catch (RuntimeException | LinkageError | InternalError undrawable) {
            // On a machine without fonts Java throws any of these, and a different one the second time.
            return new Picture(Optional.empty(), "The picture \"" + title
                    + "\" is left out, it could not be drawn here: "
                    + undrawable + ". If this machine has no fonts, install fontconfig and one (Debian:"
                    + " fonts-dejavu-core). It would show: " + description);
        }
    }

    /** Returns a plot with its title and, below, its legend, in the report's colours. */
    static JFreeChart chart(String title, Plot plot, int right) {
        JFreeChart chart = new JFreeChart(title, Palette.TITLE, plot, false);
        chart.setBackgroundPaint(Palette.GROUND);
        chart.setPadding(new RectangleInsets(6, 6, 6, right));
        chart.getTitle().setPaint(Palette.TEXT);
        LegendTitle legend = new LegendTitle(plot);
        legend.setItemFont(Palette.WORDS);
        legend.setItemPaint(Palette.TEXT);
        legend.setPosition(RectangleEdge.BOTTOM);
        chart.addSubtitle(legend);
        return chart;
    }

    static NumberAxis axis(String label) {
        NumberAxis axis = new NumberAxis(label);
        axis.setLabelFont(Palette.WORDS);
        axis.setTickLabelFont(Palette.WORDS);
        axis.setLabelPaint(Palette.TEXT);
        axis.setTickLabelPaint(Palette.TEXT);
        return axis;
    }

    /** Returns an axis of percent, from 0 to 100. */
    static NumberAxis shares(double apart) {
        NumberAxis share = axis("share of requests");
        share.setRange(0, 100);
        share.setTickUnit(new NumberTickUnit(apart));
        share.setNumberFormatOverride(new DecimalFormat("0'%'"));
        return share;
    }

    static XYTextAnnotation words(String text, double x, double y, Color colour) {
        XYTextAnnotation words = new XYTextAnnotation(text, x, y);
        words.setFont(Palette.WORDS);
        words.setPaint(colour);
        // Without a background, lines would cross the words.
        words.setBackgroundPaint(Palette.GROUND);
        words.setTextAnchor(TextAnchor.CENTER_LEFT);
        return words;
    }

    private static String svg(JFreeChart chart, int width, int height, String title, String description) {
        Document document;
        try {
            document = DocumentBuilderFactory.newInstance().newDocumentBuilder().getDOMImplementation()
                    .createDocument(SVG, "svg", null);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("Java has no parser of XML", e);
        }
        SVGGeneratorContext context = SVGGeneratorContext.createDefault(document);
        context.setComment("");
        context.setPrecision(1);
        SVGGraphics2D graphics = new SVGGraphics2D(context, false);
        graphics.setSVGCanvasSize(new Dimension(width, height));
        chart.draw(graphics, new Rectangle2D.Double(0, 0, width, height));
        Element root = graphics.getRoot();
        root.setAttribute("viewBox", "0 0 " + width + " " + height);
        root.setAttribute("role", "img");
        root.setAttribute("aria-label", title + ". " + description);
        Node first = root.getFirstChild();
        root.insertBefore(text(root, "title", title), first);
        root.insertBefore(text(root, "desc", description), first);
        StringWriter text = new StringWriter();
        try {
            // Batik's own writer is not used, because it names a document type on another host.
            Transformer writer = TransformerFactory.newInstance().newTransformer();
            writer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
            writer.transform(new DOMSource(root), new StreamResult(text));
        } catch (TransformerException e) {
            throw new IllegalStateException("the picture cannot be written", e);
        }
        return text.toString();
    }

    private static Element text(Element root, String name, String words) {
        Element element = root.getOwnerDocument().createElementNS(SVG, name);
        element.setTextContent(words);
        return element;
    }
}
