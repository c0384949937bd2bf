package fathom.rendering;

import java.util.Arrays;

import fathom.raster.RgbImage;

/** Small versions of pictures, every source pixel weighted by the area it covers. */
public final class Thumbnails {
    private Thumbnails() {}

    /** {@code image} reduced to fit into [maxHeight, maxWidth] in its own proportions; the image itself if it already fits. */
    public static RgbImage fit(RgbImage image, int maxHeight, int maxWidth) {
        if (maxHeight < 1 || maxWidth < 1) {
            throw new IllegalArgumentException(
                    "thumbnail: expected at least 1×1 pixels, found " + maxWidth + "×" + maxHeight);
        }
        if (image.height() <= maxHeight && image.width() <= maxWidth) {
            return image;
        }
        double scale = Math.min((double) maxHeight / image.height(), (double) maxWidth / image.width());
        int height = Math.clamp(Math.round(image.height() * scale), 1, maxHeight);
        int width = Math.clamp(Math.round(image.width() * scale), 1, maxWidth);
        return reduced(image, height, width);
    }

    /** {@code image} reduced to [height, width], neither larger than its own. */
    static RgbImage reduced(RgbImage image, int height, int width) {
        Spans columns = Spans.of(image.width(), width);
        Spans rows = Spans.of(image.height(), height);
        RgbImage small = RgbImage.allocate(height, width);
        float[] line = new float[3 * width];
        float[] sums = new float[3 * width];
        for (int row = 0, to = 0; row < height; row++) {
            Arrays.fill(sums, 0.5f);
            for (int source = rows.first[row]; source <= rows.last[row]; source++) {
                reduceRow(image, source, columns, line);
                float weight = rows.weight(row, source);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += weight * line[i];
                }
            }
            for (float sum : sums) {
                small.array()[to++] = (byte) Math.min((int) sum, 255);
            }
        }
        return small;
    }

    private static void reduceRow(RgbImage image, int row, Spans columns, float[] line) {
        byte[] pixels = image.array();
        int start = image.rowStart(row);
        for (int column = 0, to = 0; column < columns.first.length; column++, to += 3) {
            float red = 0;
            float green = 0;
            float blue = 0;
            for (int source = columns.first[column]; source <= columns.last[column]; source++) {
                float weight = columns.weight(column, source);
                int at = start + 3 * source;
                red += weight * (pixels[at] & 0xFF);
                green += weight * (pixels[at + 1] & 0xFF);
                blue += weight * (pixels[at + 2] & 0xFF);
            }
            line[to] = red;
            line[to + 1] = green;
            line[to + 2] = blue;
        }
    }

    /** For every target pixel of one axis, the source pixels it covers and the shares of the outermost two. */
    private static final class Spans {
        final int[] first;
        final int[] last;
        private final float[] firstWeight;
        private final float[] lastWeight;
        private final float fullWeight;

        private Spans(int targets, float fullWeight) {
            this.first = new int[targets];
            this.last = new int[targets];
            this.firstWeight = new float[targets];
            this.lastWeight = new float[targets];
            this.fullWeight = fullWeight;
        }

        static Spans of(int sources, int targets) {
            Spans spans = new Spans(targets, (float) targets / sources);
            for (int i = 0; i < targets; i++) {
                // Borders in units of 1/targets of a source pixel are whole numbers.
                long start = (long) i * sources;
                long end = start + sources;
                spans.first[i] = (int) (start / targets);
                spans.last[i] = (int) ((end - 1) / targets);
                long firstEnd = Math.min(end, (spans.first[i] + 1L) * targets);
                spans.firstWeight[i] = (float) (firstEnd - start) / sources;
                spans.lastWeight[i] = (float) (end - Math.max(start, (long) spans.last[i] * targets)) / sources;
            }
            return spans;
        }

        float weight(int target, int source) {
            if (source == first[target]) {
                return firstWeight[target];
            }
            return source == last[target] ? lastWeight[target] : fullWeight;
        }
    }
}
