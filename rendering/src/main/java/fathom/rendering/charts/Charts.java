package fathom.rendering.charts;

import java.awt.BasicStroke;
import java.awt.Font;
import java.awt.Shape;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Rectangle2D;
import java.util.List;

import org.jfree.chart.JFreeChart;
import org.jfree.chart.annotations.XYLineAnnotation;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.axis.NumberTickUnit;
import org.jfree.chart.axis.SymbolAxis;
import org.jfree.chart.axis.ValueAxis;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.plot.SeriesRenderingOrder;
import org.jfree.chart.plot.XYPlot;
import org.jfree.chart.renderer.xy.XYErrorRenderer;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.chart.text.TextUtils;
import org.jfree.chart.title.LegendTitle;
import org.jfree.chart.ui.RectangleEdge;
import org.jfree.chart.ui.RectangleInsets;
import org.jfree.data.xy.XYIntervalSeries;
import org.jfree.data.xy.XYIntervalSeriesCollection;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/**
 * The charts of a report, as SVG elements to put into a page. Names are escaped. Each chart of a page needs a different
 * id. Throws {@link IllegalStateException} if Java finds no fonts on this machine.
 */
public final class Charts {
    private static final int SIDE = 420;
    private static final int WIDTH = 420;
    private static final int HEIGHT = 300;
    private static final int LINE_HEIGHT = 34;
    private static final int FRAME_HEIGHT = 76;
    private static final int FONT_SIZE = 12;
    private static final double POINT = 2;
    private static final double MARK = 7;
    private static final float LINE_WIDTH = 1.6f;

    static {
        // Otherwise rotated labels are outlines of glyphs, which a page cannot search or select.
        TextUtils.setUseDrawRotatedStringWorkaround(false);
    }

    private Charts() {}

    /**
     * Draws predicted against true values, with the line where both are equal.
     *
     * @param id unique in the page: letters, digits and hyphens
     * @param horizontal label of the horizontal axis
     * @param vertical label of the vertical axis
     * @param series the points
     * @return the element
     */
    public static String scatter(String id, String horizontal, String vertical, List<Series> series) {
        double limit = 0;
        for (Series each : series) {
            for (int i = 0; i < each.size(); i++) {
                limit = Math.max(limit, Math.max(finite(each.x(i)), finite(each.y(i))));
            }
        }
        limit = limit == 0 ? 1 : limit;
        XYLineAndShapeRenderer renderer = renderer(false, new Rectangle2D.Double(-POINT / 2, -POINT / 2, POINT, POINT),
                series.stream().map(Series::colour).toList());
        XYPlot plot = plot(points(series), new NumberAxis(horizontal), new NumberAxis(vertical), renderer);
        for (ValueAxis axis : List.of(plot.getDomainAxis(), plot.getRangeAxis())) {
            axis.setRange(0, limit);
            ((NumberAxis) axis).setTickUnit(new NumberTickUnit(step(limit)));
        }
        plot.addAnnotation(new XYLineAnnotation(0, 0, limit, limit, new BasicStroke(1.2f), ChartColour.INK.light()));
        return SvgText.of(id, horizontal + " and " + vertical, chart(plot, series.size() > 1), SIDE, SIDE);
    }

    /**
     * Draws lines with a mark at each point, for example an error by depth.
     *
     * @param id unique in the page: letters, digits and hyphens
     * @param horizontal label of the horizontal axis
     * @param vertical label of the vertical axis, which starts at 0 if no value is negative
     * @param series the lines
     * @return the element
     */
    public static String lines(String id, String horizontal, String vertical, List<Series> series) {
        XYLineAndShapeRenderer renderer = renderer(true, circle(), series.stream().map(Series::colour).toList());
        XYPlot plot = plot(points(series), new NumberAxis(horizontal), new NumberAxis(vertical), renderer);
        ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(true);
        plot.setSeriesRenderingOrder(SeriesRenderingOrder.FORWARD);
        return SvgText.of(id, vertical + " by " + horizontal, chart(plot, series.size() > 1), WIDTH, HEIGHT);
    }

    /**
     * Draws values with their intervals, one below the other in the order of the list.
     *
     * @param id unique in the page: letters, digits and hyphens
     * @param label label of the axis of the values
     * @param ranges the values, at least one
     * @return the element
     */
    public static String intervals(String id, String label, List<Range> ranges) {
        XYIntervalSeriesCollection values = new XYIntervalSeriesCollection();
        String[] names = new String[ranges.size()];
        for (int i = 0; i < names.length; i++) {
            Range range = ranges.get(i);
            // From the bottom to the top.
            int place = names.length - 1 - i;
            names[place] = range.name();
            XYIntervalSeries series = new XYIntervalSeries(range.name() + "\0" + i);
            series.add(place, place, place, range.value(), range.low(), range.high());
            values.addSeries(series);
        }
        XYErrorRenderer renderer = new XYErrorRenderer();
        renderer.setDrawXError(false);
        renderer.setDrawYError(true);
        renderer.setErrorStroke(new BasicStroke(LINE_WIDTH));
        style(renderer, circle(), ranges.stream().map(Range::colour).toList());
        XYPlot plot = new XYPlot(values, new SymbolAxis("", names), new NumberAxis(label), renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        style(plot);
        ((NumberAxis) plot.getRangeAxis()).setAutoRangeIncludesZero(false);
        plot.getDomainAxis().setRange(-0.5, names.length - 0.5);
        ((SymbolAxis) plot.getDomainAxis()).setGridBandsVisible(false);
        return SvgText.of(id, label, chart(plot, false), WIDTH, FRAME_HEIGHT + LINE_HEIGHT * names.length);
    }

    private static double finite(double value) {
        return Double.isFinite(value) ? value : 0;
    }

    private static Shape circle() {
        return new Ellipse2D.Double(-MARK / 2, -MARK / 2, MARK, MARK);
    }

    private static XYSeriesCollection points(List<Series> all) {
        XYSeriesCollection collection = new XYSeriesCollection();
        for (int i = 0; i < all.size(); i++) {
            Series each = all.get(i);
            XYSeries series = new XYSeries(each.name(), false);
            for (int point = 0; point < each.size(); point++) {
                if (Double.isFinite(each.x(point)) && Double.isFinite(each.y(point))) {
                    series.add(each.x(point), each.y(point), false);
                }
            }
            collection.addSeries(series);
        }
        return collection;
    }

    private static XYLineAndShapeRenderer renderer(boolean lines, Shape shape, List<Integer> colours) {
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(lines, true);
        style(renderer, shape, colours);
        return renderer;
    }

    private static void style(XYLineAndShapeRenderer renderer, Shape shape, List<Integer> colours) {
        renderer.setDefaultLegendShape(circle());
        renderer.setAutoPopulateSeriesShape(false);
        renderer.setDrawOutlines(false);
        renderer.setDefaultShape(shape);
        for (int i = 0; i < colours.size(); i++) {
            renderer.setSeriesPaint(i, ChartColour.series(colours.get(i)).light());
            renderer.setSeriesStroke(i, stroke(i));
            renderer.setLegendShape(i, circle());
        }
    }

    /** Returns dashes for every second line, so that one on another is seen. */
    private static BasicStroke stroke(int line) {
        return line % 2 == 0
                ? new BasicStroke(LINE_WIDTH)
                : new BasicStroke(LINE_WIDTH, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1, new float[]{5, 3}, 0);
    }

    /** Returns 1, 2 or 5 times a power of ten, of which five to ten are in {@code limit}. */
    private static double step(double limit) {
        double power = Math.pow(10, Math.floor(Math.log10(limit)));
        double leading = limit / power;
        return power * (leading >= 5 ? 1 : leading >= 2 ? 0.5 : 0.2);
    }

    private static XYPlot plot(XYSeriesCollection points, NumberAxis horizontal, NumberAxis vertical,
            XYLineAndShapeRenderer renderer) {
        XYPlot plot = new XYPlot(points, horizontal, vertical, renderer);
        style(plot);
        return plot;
    }

    private static void style(XYPlot plot) {
        plot.setBackgroundPaint(null);
        plot.setOutlineVisible(false);
        plot.setAxisOffset(RectangleInsets.ZERO_INSETS);
        plot.setDomainGridlinePaint(ChartColour.LINE.light());
        plot.setRangeGridlinePaint(ChartColour.LINE.light());
        plot.setDomainGridlineStroke(new BasicStroke(1));
        plot.setRangeGridlineStroke(new BasicStroke(1));
        style(plot.getDomainAxis());
        style(plot.getRangeAxis());
    }

    private static void style(ValueAxis axis) {
        axis.setLabelFont(font());
        axis.setTickLabelFont(font());
        axis.setLabelPaint(ChartColour.INK_2.light());
        axis.setTickLabelPaint(ChartColour.INK_2.light());
        axis.setAxisLinePaint(ChartColour.LINE_STRONG.light());
        axis.setTickMarkPaint(ChartColour.LINE_STRONG.light());
    }

    private static Font font() {
        return new Font(Font.SANS_SERIF, Font.PLAIN, FONT_SIZE);
    }

    private static JFreeChart chart(XYPlot plot, boolean legend) {
        JFreeChart chart = new JFreeChart(null, font(), plot, false);
        chart.setBackgroundPaint(null);
        chart.setPadding(new RectangleInsets(4, 4, 4, 12));
        if (legend) {
            LegendTitle title = new LegendTitle(plot);
            title.setItemFont(font());
            title.setItemPaint(ChartColour.INK.light());
            title.setBackgroundPaint(null);
            title.setPosition(RectangleEdge.BOTTOM);
            chart.addLegend(title);
        }
        return chart;
    }
}
