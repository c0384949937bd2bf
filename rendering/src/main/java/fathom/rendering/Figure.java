package fathom.rendering;

import java.util.ArrayList;
import java.util.List;

import fathom.raster.RgbImage;
import org.jspecify.annotations.Nullable;

/**
 * Titled images in rows, with colour bars: image, truth, predictions, errors. All panels have the same height. Not safe
 * for concurrent use.
 */
public final class Figure {
    private static final int INK = 0x222222;

    private final int panelHeight;
    private final int fontSize;
    private final int gap;
    private final List<List<Panel>> rows = new ArrayList<>();

    private record Panel(String title, RgbImage picture, @Nullable Legend legend) {}

    /**
     * Creates an empty figure.
     *
     * @param panelHeight height of each image, 60 to 4096 pixels
     * @throws IllegalArgumentException if the height is outside these limits
     */
    public Figure(int panelHeight) {
        if (panelHeight < 60 || panelHeight > 4096) {
            throw new IllegalArgumentException("panel height: expected 60 to 4096 pixels, found " + panelHeight);
        }
        this.panelHeight = panelHeight;
        this.fontSize = Math.clamp(panelHeight / 16, 11, 22);
        this.gap = fontSize;
        rows.add(new ArrayList<>());
    }

    /**
     * Adds an image at the right of the row.
     *
     * @param title text above the image
     * @param picture the image
     * @return this figure
     */
    public Figure add(String title, RgbImage picture) {
        rows.getLast().add(new Panel(title, picture, null));
        return this;
    }

    /**
     * Adds an image with a colour bar at the right of the row.
     *
     * @param title text above the image
     * @param picture the image
     * @param shading the colours
     * @param unit unit of the values, possibly empty
     * @return this figure
     */
    public Figure add(String title, RgbImage picture, Shading shading, String unit) {
        return add(title, picture, new Legend(shading, unit));
    }

    /**
     * Adds an image with a colour bar at the right of the row.
     *
     * @param title text above the image
     * @param picture the image
     * @param legend the colour bar
     * @return this figure
     */
    public Figure add(String title, RgbImage picture, Legend legend) {
        rows.getLast().add(new Panel(title, picture, legend));
        return this;
    }

    /**
     * Starts a new row below.
     *
     * @return this figure
     */
    public Figure nextRow() {
        rows.add(new ArrayList<>());
        return this;
    }

    /**
     * {@return the figure on white; the columns of all rows are aligned}
     *
     * @throws IllegalStateException if there is no image
     */
    public RgbImage render() {
        List<List<Panel>> rows = this.rows.stream().filter(row -> !row.isEmpty()).toList();
        if (rows.isEmpty()) {
            throw new IllegalStateException("figure: expected at least one picture, found none");
        }
        int[] columns = columnWidths(rows, new Canvas(1, 1, fontSize));
        int width = gap;
        for (int column : columns) {
            width += column + gap;
        }
        int height = gap;
        for (List<Panel> row : rows) {
            height += rowHeight(row) + gap;
        }
        Canvas canvas = new Canvas(height, width, fontSize);
        int top = gap;
        for (List<Panel> row : rows) {
            drawRow(canvas, row, top, columns);
            top += rowHeight(row) + gap;
        }
        return canvas.toRgb();
    }

    private int[] columnWidths(List<List<Panel>> rows, Canvas ruler) {
        int[] widths = new int[rows.stream().mapToInt(List::size).max().orElse(0)];
        for (List<Panel> row : rows) {
            for (int column = 0; column < row.size(); column++) {
                widths[column] = Math.max(widths[column], panelWidth(ruler, row.get(column)));
            }
        }
        return widths;
    }

    private int rowHeight(List<Panel> row) {
        return titleHeight(row) + panelHeight;
    }

    private int titleHeight(List<Panel> row) {
        return row.stream().allMatch(panel -> panel.title.isEmpty()) ? 0 : 3 * fontSize / 2;
    }

    private int pictureWidth(Panel panel) {
        return Math.max(1, (int) Math.round((double) panel.picture.width() * panelHeight / panel.picture.height()));
    }

    private int panelWidth(Canvas ruler, Panel panel) {
        int width = pictureWidth(panel);
        if (panel.legend != null) {
            width += gap / 2 + panel.legend.width(ruler, panelHeight);
        }
        return Math.max(width, (int) Math.ceil(ruler.textWidth(panel.title)));
    }

    private void drawRow(Canvas canvas, List<Panel> row, int top, int[] columns) {
        int left = gap;
        int pictureTop = top + titleHeight(row);
        for (int column = 0; column < row.size(); column++) {
            Panel panel = row.get(column);
            int width = pictureWidth(panel);
            canvas.text(panel.title, top + fontSize / 2.0, left, INK);
            canvas.picture(panel.picture, pictureTop, left, panelHeight, width);
            if (panel.legend != null) {
                panel.legend.draw(canvas, pictureTop, left + width + gap / 2, panelHeight);
            }
            left += columns[column] + gap;
        }
    }
}
