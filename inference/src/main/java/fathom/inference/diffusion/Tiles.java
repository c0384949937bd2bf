package fathom.inference.diffusion;

import java.util.function.UnaryOperator;

import fathom.raster.FloatTensor;

/**
 * A method that runs a convolutional network on a large map in overlapping tiles of one size, and blends the results
 * linearly in the overlaps. Normalisation and attention layers see a tile instead of the whole map, so the result is
 * close to that of the whole map but not equal.
 *
 * @param edge the longest side of a tile in cells of the latent, at least 4 overlaps
 * @param overlap the smallest overlap of neighbours in cells
 */
record Tiles(int edge, int overlap) {
    Tiles {
        if (overlap < 1 || edge < 4 * overlap) {
            throw new IllegalArgumentException(
                    "tiles: expected an edge of at least 4 overlaps and an overlap of at least 1, " + "found " + edge
                            + " and " + overlap);
        }
    }

    /**
     * Returns the result of {@code network} on {@code map}.
     *
     * @param map [1, C, H, W], with sides that are multiples of {@code in}
     * @param in the elements per cell of the latent along each side of the map
     * @param out the elements per cell along each side of the result
     * @param network returns [1, D, h · out / in, w · out / in] for [1, C, h, w]
     */
    FloatTensor run(FloatTensor map, int in, int out, UnaryOperator<FloatTensor> network) {
        int rows = map.dim(2) / in;
        int columns = map.dim(3) / in;
        int tileRows = Math.min(rows, edge);
        int tileColumns = Math.min(columns, edge);
        Blend blend = null;
        for (int top : starts(rows, tileRows)) {
            for (int left : starts(columns, tileColumns)) {
                FloatTensor tile = network.apply(cut(map, top * in, left * in, tileRows * in, tileColumns * in));
                if (blend == null) {
                    blend = new Blend(tile.dim(1), rows * out, columns * out, overlap * out);
                }
                blend.add(tile, top * out, left * out);
            }
        }
        if (blend == null) {
            throw new IllegalStateException("expected at least one tile for " + map);
        }
        return blend.result();
    }

    /** Returns the starts of the tiles, evenly distributed from 0 to the last that fits. */
    int[] starts(int extent, int tile) {
        int count = extent <= tile ? 1 : Math.ceilDiv(extent - overlap, tile - overlap);
        int[] starts = new int[count];
        for (int i = 1; i < count; i++) {
            starts[i] = (int) ((long) i * (extent - tile) / (count - 1));
        }
        return starts;
    }

    private static FloatTensor cut(FloatTensor map, int top, int left, int height, int width) {
        int channels = map.dim(1);
        int fromHeight = map.dim(2);
        int fromWidth = map.dim(3);
        float[] values = new float[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
        for (int line = 0; line < channels * height; line++) {
            int from = (line / height * fromHeight + top + line % height) * fromWidth + left;
            System.arraycopy(map.values(), from, values, line * width, width);
        }
        return FloatTensor.wrap(values, 1, channels, height, width);
    }

    /** The sums of weighted tiles and of their weights. */
    private static final class Blend {
        private final int channels;
        private final int height;
        private final int width;
        private final int ramp;
        private final float[] sums;
        private final float[] weights;

        Blend(int channels, int height, int width, int ramp) {
            this.channels = channels;
            this.height = height;
            this.width = width;
            this.ramp = ramp;
            this.sums = new float[Math.multiplyExact(channels, Math.multiplyExact(height, width))];
            this.weights = new float[height * width];
        }

        void add(FloatTensor tile, int top, int left) {
            int tileHeight = tile.dim(2);
            int tileWidth = tile.dim(3);
            for (int row = 0; row < tileHeight; row++) {
                float rowWeight = weight(row, tileHeight, top, height);
                for (int column = 0; column < tileWidth; column++) {
                    float weight = rowWeight * weight(column, tileWidth, left, width);
                    int to = (top + row) * width + left + column;
                    weights[to] += weight;
                    for (int c = 0; c < channels; c++) {
                        sums[c * height * width + to] += weight
                                * tile.values()[(c * tileHeight + row) * tileWidth + column];
                    }
                }
            }
        }

        /**
         * Returns a weight that rises over the overlap from an inner edge of the tile, and is 1 towards the edges of the
         * map.
         */
        private float weight(int index, int tile, int start, int extent) {
            float before = start == 0 ? 1 : (index + 0.5f) / ramp;
            float after = start + tile == extent ? 1 : (tile - index - 0.5f) / ramp;
            return Math.min(1, Math.min(before, after));
        }

        FloatTensor result() {
            for (int c = 0; c < channels; c++) {
                for (int i = 0; i < weights.length; i++) {
                    sums[c * weights.length + i] /= weights[i];
                }
            }
            return FloatTensor.wrap(sums, 1, channels, height, width);
        }
    }
}
