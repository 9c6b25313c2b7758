package delivery.picture;

import delivery.traffic.AcceptanceBand;
import delivery.traffic.ServedSteps;
import delivery.traffic.SplitVerdict;
import java.awt.BasicStroke;
import java.awt.Rectangle;
import java.awt.geom.Ellipse2D;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.annotations.XYBoxAnnotation;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.ui.Layer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A chart of the share of requests that each step of a canary was to serve, and of the share that it served. */
public final class SharesPicture {

    private static final String TITLE = "Share of the new version: wanted and served";
    private static final int WIDTH = 720;
    private static final int STEP_HEIGHT = 60;
    private static final int REST_HEIGHT = 110;
    /** The height of the band above and below its step's line; 1 is the distance between steps. */
    private static final double HALF_BAND = 0.18;
    private static final double HALF_LINE = 0.28;

    private SharesPicture() {
    }

    /** Draws the shares at the steps, in their order, or explains why they could not be drawn. */
    public static Picture of(List<Share> steps) {
        String description = steps.stream().map(Share::sentence).collect(Collectors.joining(". "));
        return Canvas.draw(() -> chart(steps), WIDTH, REST_HEIGHT + STEP_HEIGHT * Math.max(1, steps.size()),
                TITLE, description.isEmpty() ? "No step was seen" : description);
    }

    private static JFreeChart chart(List<Share> steps) {
        XYSeries right = new XYSeries("served");
        XYSeries wrong = new XYSeries("served, not as wanted");
        NumberAxis row = new NumberAxis();
        row.setRange(0, Math.max(1, steps.size()));
        row.setVisible(false);
        XYLineAndShapeRenderer dots = new XYLineAndShapeRenderer(false, true);
        XYPlot plot = new XYPlot(new XYSeriesCollection(right), Canvas.shares(10), row, dots);
        ((XYSeriesCollection) plot.getDataset()).addSeries(wrong);
        dots.setSeriesShape(0, new Ellipse2D.Double(-5, -5, 10, 10));
        dots.setSeriesPaint(0, Palette.TEXT);
        dots.setSeriesShape(1, new Rectangle(-5, -5, 10, 10));
        dots.setSeriesPaint(1, Palette.FAILED);
        plot.setBackgroundPaint(Palette.GROUND);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setDomainGridlinePaint(Palette.GRID);
        for (int index = 0; index < steps.size(); index++) {
            Share step = steps.get(index);
            AcceptanceBand band = step.verdict().band();
            double y = steps.size() - index - 0.6;
            double percent = 100.0 / band.requests();
            dots.addAnnotation(new XYBoxAnnotation(band.least() * percent, y - HALF_BAND, band.most() * percent,
                    y + HALF_BAND, Palette.LINE, Palette.version(0), Palette.BAND), Layer.BACKGROUND);
            dots.addAnnotation(new XYLineAnnotation(band.share().exact(), y - HALF_LINE, band.share().exact(),
                    y + HALF_LINE, new BasicStroke(2), Palette.version(0)), Layer.BACKGROUND);
            (step.asWanted() ? right : wrong).add(step.verdict().served() * percent, y);
            plot.addAnnotation(Canvas.words(step.line(), 0.5, steps.size() - index - 0.15,
                    step.asWanted() ? Palette.TEXT : Palette.FAILED));
        }
        plot.setFixedLegendItems(legend(!wrong.isEmpty()));
        return Canvas.chart(TITLE, plot, 20);
    }

    private static LegendItemCollection legend(boolean anyWrong) {
        LegendItemCollection items = new LegendItemCollection();
        items.add(new LegendItem("wanted", null, null, null, new Rectangle(4, -1, 2, 12), Palette.version(0)));
        items.add(new LegendItem("accepted", null, null, null, new Rectangle(0, 0, 14, 10), Palette.BAND, Palette.LINE,
                Palette.version(0)));
        items.add(new LegendItem("served, as wanted", null, null, null, new Ellipse2D.Double(0, 0, 10, 10),
                Palette.TEXT));
        if (anyWrong) {
            items.add(new LegendItem("served, not as wanted", null, null, null, new Rectangle(10, 10), Palette.FAILED));
        }
        return items;
    }

    /** The share that a step of a canary served. */
    public record Share(int step, SplitVerdict verdict, int failed) {

        public static List<Share> of(ServedSteps served) {
            return served.steps().stream()
                    .map(step -> new Share(step.number(), served.verdict(step), step.users().lost())).toList();
        }

        boolean asWanted() {
            return verdict.accepted() && failed == 0;
        }

        String sentence() {
            return "Step " + step + ": " + verdict.sentence() + ending();
        }

        /** Returns the sentence in a form short enough for a narrow picture. */
        String line() {
            return String.format(Locale.ROOT, "Step %d: served %.1f%%; %s%s", step,
                    100.0 * verdict.served() / verdict.band().requests(), verdict.band().sentence(), ending());
        }

        private String ending() {
            return (failed == 0 ? "" : "; " + failed + " failed") + (asWanted() ? "" : " (NOT as wanted)");
        }
    }
}
