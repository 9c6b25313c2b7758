package delivery.picture;

import delivery.timeline.TimelineSnapshot;
import delivery.timeline.TimelineSnapshot.TimeSlice;
import delivery.timeline.TimelineSnapshot.TimelineEvent;
import java.awt.Color;
import java.awt.Shape;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jfree.chart.JFreeChart;
import org.jfree.chart.LegendItem;
import org.jfree.chart.LegendItemCollection;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.plot.CombinedDomainXYPlot;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.ValueMarker;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.renderer.xy.XYStepAreaRenderer;
import org.jfree.chart.title.TextTitle;
import org.jfree.chart.ui.Layer;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.chart.util.ShapeUtils;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** A chart of the versions that users were served over time, stacked, and of the events of the release. */
public final class TimelinePicture {

    private static final String TITLE = "Versions served over time";
    private static final int WIDTH = 720;
    private static final int SERVED_HEIGHT = 190;
    private static final int LANE_HEIGHT = 18;
    private static final int REST_HEIGHT = 130;
    /** The approximate width of a letter and of the margins beside the time axis, in pixels. */
    private static final double LETTER = 7;
    private static final int BESIDE = 90;

    private final TimelineSnapshot story;
    private final List<TimeSlice> slices;
    private final List<String> versions;
    /** The lane of each moment: if two are close to each other, the later one's words are lower. */
    private final List<Integer> lanes = new ArrayList<>();
    private final double seconds;

    private TimelinePicture(TimelineSnapshot story) {
        this.story = story;
        this.slices = story.slices();
        this.versions = story.versions();
        this.seconds = Math.max(1, story.took().toMillis() / 1000.0);
        List<Double> ends = new ArrayList<>();
        for (TimelineEvent moment : story.moments()) {
            double from = from(moment);
            int lane = 0;
            while (lane < ends.size() && ends.get(lane) > from) {
                lane++;
            }
            if (lane == ends.size()) {
                ends.add(0.0);
            }
            ends.set(lane, from + width(moment));
            lanes.add(lane);
        }
    }

    /** Draws the timeline, or explains why it could not be drawn. */
    public static Picture of(TimelineSnapshot story) {
        TimelinePicture picture = new TimelinePicture(story);
        int height = SERVED_HEIGHT + REST_HEIGHT + LANE_HEIGHT * picture.laneCount();
        return Canvas.draw(picture::chart, WIDTH, height, TITLE, picture.description());
    }

    private String description() {
        return story.sentence() + ". " + story.moments().stream().map(moment -> String.format(Locale.ROOT, "%.1f s: %s",
                story.seconds(moment.at()), moment.words())).collect(Collectors.joining("; "));
    }

    private JFreeChart chart() {
        NumberAxis time = Canvas.axis("seconds since users had version " + (versions.isEmpty() ? "?" : versions.get(0))
                + ", at " + story.begun().truncatedTo(ChronoUnit.SECONDS));
        time.setAxisLinePaint(Palette.FAINT);
        time.setRange(0, seconds);
        time.setTickUnit(new NumberTickUnit(seconds <= 30 ? 2 : seconds <= 80 ? 5 : seconds <= 200 ? 20 : 60));
        CombinedDomainXYPlot plot = new CombinedDomainXYPlot(time);
        plot.setGap(0);
        plot.add(moments(), LANE_HEIGHT * laneCount());
        plot.add(served(), SERVED_HEIGHT);
        plot.setFixedLegendItems(legend());
        JFreeChart chart = Canvas.chart(TITLE, plot, 14);
        TextTitle madeOf = new TextTitle(story.sentence(), Palette.WORDS);
        madeOf.setPaint(Palette.FAINT);
        chart.addSubtitle(0, madeOf);
        return chart;
    }

    /** Returns the plot of the answers: the version that was seen first is the lowest layer, failures are on top. */
    private XYPlot served() {
        XYSeriesCollection layers = new XYSeriesCollection();
        XYStepAreaRenderer areas = new XYStepAreaRenderer(XYStepAreaRenderer.AREA);
        areas.setOutline(false);
        // Each layer extends down to the axis and is covered by the one below it.
        layers.addSeries(layer("failed", versions.size(), true));
        areas.setSeriesPaint(0, Palette.FAILED);
        for (int version = versions.size() - 1; version >= 0; version--) {
            areas.setSeriesPaint(layers.getSeriesCount(), Palette.version(version));
            layers.addSeries(layer(versions.get(version), version + 1, false));
        }
        NumberAxis share = Canvas.shares(25);
        share.setAxisLinePaint(Palette.FAINT);
        XYPlot plot = plain(new XYPlot(layers, null, share, areas));
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        plot.setRangeGridlinesVisible(true);
        plot.setRangeGridlinePaint(Palette.GRID);
        mark(plot, Layer.FOREGROUND);
        return plot;
    }

    private XYSeries layer(String name, int versionsBelow, boolean failed) {
        XYSeries layer = new XYSeries(name);
        double before = -1;
        for (TimeSlice slice : slices) {
            double height = versions.stream().limit(versionsBelow).mapToDouble(slice::share).sum();
            if (failed && slice.answers().size() > 0) {
                height = 100;
            }
            if (height != before) {
                layer.add(slice.from().toMillis() / 1000.0, height);
            }
            before = height;
        }
        layer.add(seconds, Math.max(0, before));
        return layer;
    }

    private XYPlot moments() {
        NumberAxis lane = new NumberAxis();
        lane.setVisible(false);
        lane.setRange(0, laneCount());
        XYLineAndShapeRenderer crosses = new XYLineAndShapeRenderer(false, true);
        Shape cross = ShapeUtils.createDiagonalCross(4, 0.8f);
        crosses.setSeriesShape(0, cross);
        crosses.setSeriesPaint(0, Palette.FAILED);
        XYSeries failed = new XYSeries("failed");
        slices.stream().filter(slice -> slice.failed() > 0).forEach(slice ->
                failed.add((slice.from().toMillis() + slice.to().toMillis()) / 2000.0, 0.4));
        XYPlot plot = plain(new XYPlot(new XYSeriesCollection(failed), null, lane, crosses));
        mark(plot, Layer.BACKGROUND);
        for (int number = 0; number < lanes.size(); number++) {
            TimelineEvent moment = story.moments().get(number);
            plot.addAnnotation(Canvas.words(moment.words(), from(moment) + seconds(3),
                    laneCount() - lanes.get(number) - 0.5, Palette.TEXT));
        }
        return plot;
    }

    private static XYPlot plain(XYPlot plot) {
        plot.setBackgroundPaint(Palette.GROUND);
        plot.setOutlineVisible(false);
        plot.setDomainGridlinesVisible(false);
        plot.setRangeGridlinesVisible(false);
        plot.setInsets(RectangleInsets.ZERO_INSETS);
        return plot;
    }

    private void mark(XYPlot plot, Layer layer) {
        story.moments().forEach(moment -> plot.addDomainMarker(
                new ValueMarker(story.seconds(moment.at()), Palette.TEXT, Palette.DASHED), layer));
    }

    private LegendItemCollection legend() {
        LegendItemCollection items = new LegendItemCollection();
        for (int version = 0; version < versions.size(); version++) {
            items.add(item("version " + versions.get(version), Palette.version(version)));
        }
        int failed = slices.stream().mapToInt(TimeSlice::failed).sum();
        if (failed > 0) {
            items.add(item(failed + " failed", Palette.FAILED));
        }
        return items;
    }

    private static LegendItem item(String words, Color colour) {
        return new LegendItem(words, null, null, null, new java.awt.Rectangle(10, 10), colour);
    }

    /** Returns the number of lanes: one more than the moments need, for failures. */
    private int laneCount() {
        return lanes.stream().mapToInt(Integer::intValue).max().orElse(-1) + 2;
    }

    /** Returns where a moment's words begin, in seconds: at its line, or further left so that they fit. */
    private double from(TimelineEvent moment) {
        return Math.max(0, Math.min(story.seconds(moment.at()), seconds - width(moment)));
    }

    private double width(TimelineEvent moment) {
        return seconds((moment.words().length() + 2) * LETTER);
    }

    private double seconds(double pixels) {
        return pixels * seconds / (WIDTH - BESIDE);
    }
}
