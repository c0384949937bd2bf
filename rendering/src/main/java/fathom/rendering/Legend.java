package fathom.rendering;

import java.util.List;

import fathom.raster.RgbImage;

/**
 * A colour bar: the values that the colours of a map represent.
 *
 * @param shading the colours and the values at their ends
 * @param unit the text above the bar, for example {@code "m"}; empty if the values have no unit
 * @param classes the names of the values 0, 1, … if the map contains classes, each drawn as one band of equal height, 0 at
 *            the bottom; otherwise empty
 */
public record Legend(Shading shading, String unit, List<String> classes) {
    private static final int INK = 0x222222;

    /** Copies the names. */
    public Legend {
        classes = List.copyOf(classes);
    }

    /**
     * Creates a colour bar of continuous values.
     *
     * @param shading the colours and the values at their ends
     * @param unit the text above the bar; empty if the values have no unit
     */
    public Legend(Shading shading, String unit) {
        this(shading, unit, List.of());
    }

    /**
     * {@return the vertical bar, with the largest value at the top, as an image, [height, …]}
     *
     * @param height height of the image, at least 60 pixels
     * @throws IllegalArgumentException if the height is below this limit
     */
    public RgbImage render(int height) {
        if (height < 60) {
            throw new IllegalArgumentException("legend: expected a height of at least 60 pixels, found " + height);
        }
        int fontSize = Math.clamp(height / 20, 10, 22);
        Canvas ruler = new Canvas(1, 1, fontSize);
        Canvas canvas = new Canvas(height, width(ruler, height), fontSize);
        draw(canvas, 0, 0, height);
        return canvas.toRgb();
    }

    /** Returns the width in pixels of the bar and its numbers next to an image of that height. */
    int width(Canvas canvas, int height) {
        double widest = unit.isEmpty() ? 0 : canvas.textWidth(unit) - barWidth(canvas) - 8;
        for (String name : classes) {
            widest = Math.max(widest, canvas.textWidth(name));
        }
        if (!classes.isEmpty()) {
            return barWidth(canvas) + 8 + (int) Math.ceil(widest) + 2;
        }
        Ticks ticks = ticks(canvas, height);
        for (double value : ticks.values()) {
            widest = Math.max(widest, canvas.textWidth(ticks.label(value)));
        }
        return barWidth(canvas) + 8 + (int) Math.ceil(widest) + 2;
    }

    void draw(Canvas canvas, int top, int left, int height) {
        int above = unit.isEmpty() ? 0 : 3 * canvas.fontSize() / 2;
        int barTop = top + above;
        int barHeight = height - above;
        if (!unit.isEmpty()) {
            canvas.text(unit, top + canvas.fontSize() / 2.0, left, INK);
        }
        if (classes.isEmpty()) {
            drawScale(canvas, barTop, left, barHeight, ticks(canvas, height));
        } else {
            drawClasses(canvas, barTop, left, barHeight);
        }
    }

    private void drawClasses(Canvas canvas, int top, int left, int height) {
        int width = barWidth(canvas);
        int bottom = top + height;
        for (int value = 0; value < classes.size(); value++) {
            int from = height * value / classes.size();
            int to = height * (value + 1) / classes.size();
            canvas.fill(bottom - to, left, to - from, width, shading.colormap().rgb(shading.index(value)));
            canvas.text(classes.get(value), bottom - (from + to) / 2.0, left + width + 8, INK);
        }
    }

    private void drawScale(Canvas canvas, int barTop, int left, int barHeight, Ticks ticks) {
        int width = barWidth(canvas);
        ValueRange range = shading.range();
        for (int y = 0; y < barHeight; y++) {
            double value = range.max() - (y + 0.5) / barHeight * (range.max() - range.min());
            canvas.fill(barTop + y, left, 1, width, shading.colormap().rgb(shading.index(value)));
        }
        for (double value : ticks.values()) {
            double y = barTop + (1 - range.share(value)) * barHeight;
            int row = Math.clamp((int) y, barTop, barTop + barHeight - 1);
            canvas.fill(row, left + width, 1, 4, INK);
            double middle = Math.clamp(y, barTop + 0.4 * canvas.fontSize(),
                    barTop + barHeight - 0.4 * canvas.fontSize());
            canvas.text(ticks.label(value), middle, left + width + 8, INK);
        }
    }

    private static int barWidth(Canvas canvas) {
        return Math.max(8, canvas.fontSize());
    }

    private Ticks ticks(Canvas canvas, int height) {
        return Ticks.in(shading.range(), Math.clamp(height / (3 * canvas.fontSize()), 2, 8));
    }
}
