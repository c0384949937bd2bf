package fathom.evaluation.checks;

import java.util.Arrays;

import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/**
 * Pixels at about equal distances: at most about {@value #PIXELS} of a map, so that a check costs little. The columns are
 * displaced from row to row.
 *
 * @param height of the map
 * @param width of the map
 * @param step the distance
 */
record PixelGrid(int height, int width, int step) {
    private static final int PIXELS = 3000;
    private static final int DISPLACEMENT = 7;

    static PixelGrid of(int height, int width) {
        int step = (int) Math.ceil(Math.sqrt((double) height * width / PIXELS));
        return new PixelGrid(height, width, Math.max(1, Math.min(step, Math.min(height, width))));
    }

    int rows() {
        return (height + step - 1) / step;
    }

    int columns() {
        return (width + step - 1) / step;
    }

    int row(int index) {
        return Math.min(height - 1, index * step + step / 2);
    }

    int column(int row, int index) {
        return Math.min(width - 1, index * step + row * DISPLACEMENT % step);
    }

    /** Truth and prediction at the pixels of the grid that have a measurement and a finite prediction. */
    static final class Pairs {
        final float[] truth;
        final float[] stored;
        final float[] prediction;

        private Pairs(float[] truth, float[] stored, float[] prediction) {
            this.truth = truth;
            this.stored = stored;
            this.prediction = prediction;
        }

        int count() {
            return truth.length;
        }
    }

    /** Returns the pairs at the grid of the truth; the nearest pixel of a prediction of another size. */
    static Pairs pairs(MeasuredDepth truth, Plane prediction) {
        PixelGrid grid = of(truth.height(), truth.width());
        int size = grid.rows() * grid.columns();
        float[] metres = new float[size];
        float[] stored = new float[size];
        float[] values = new float[size];
        boolean[] valid = truth.valid().array();
        int count = 0;
        for (int i = 0; i < grid.rows(); i++) {
            int row = grid.row(i);
            int other = (int) ((row + 0.5) * prediction.height() / truth.height());
            for (int j = 0; j < grid.columns(); j++) {
                int column = grid.column(row, j);
                if (valid[row * truth.width() + column]) {
                    float value = prediction.get(other, (int) ((column + 0.5) * prediction.width() / truth.width()));
                    if (Float.isFinite(value)) {
                        metres[count] = truth.metres().get(row, column);
                        stored[count] = truth.stored().get(row, column);
                        values[count++] = value;
                    }
                }
            }
        }
        return new Pairs(Arrays.copyOf(metres, count), Arrays.copyOf(stored, count), Arrays.copyOf(values, count));
    }
}
