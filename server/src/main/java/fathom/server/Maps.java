package fathom.server;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import fathom.datasets.Field;
import fathom.datasets.Sample;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/** Raw values of one layer of one sample, [H, W]: metres of a measurement, a prediction as the model gave it; NaN for none. */
final class Maps {
    private static final int MAX_PIXELS = 100_000_000;

    private Maps() {}

    /** A map as it is sent: little-endian float32, row by row. */
    static final class Encoded {
        private final int height;
        private final int width;
        private final byte[] bytes;

        private Encoded(int height, int width, byte[] bytes) {
            this.height = height;
            this.width = width;
            this.bytes = bytes;
        }

        int height() {
            return height;
        }

        int width() {
            return width;
        }

        byte[] bytes() {
            return bytes;
        }
    }

    /** The values for sending, reduced so that neither side is longer than {@code side}. */
    static Encoded encoded(Sample sample, Field field, int side) {
        Plane values = reduced(read(sample, field), side);
        if (values.size() > MAX_PIXELS) {
            throw new IllegalArgumentException("map: expected at most " + MAX_PIXELS + " pixels, found "
                    + values.width() + "x" + values.height() + "; ask for a smaller one with side=");
        }
        return new Encoded(values.height(), values.width(), bytes(values));
    }

    /** The values at the resolution at which they are stored. */
    static Plane read(Sample sample, Field field) {
        return switch (field) {
            case Field.RgbField rgb ->
                throw new IllegalArgumentException("map: expected a layer of values, found the picture " + rgb.name());
            case Field.MeasuredDepthField measured -> measured(sample.measured(measured.name()));
            case Field.PredictionField prediction -> sample.prediction(prediction.name()).prediction().values();
        };
    }

    /** Metres where they are valid, NaN elsewhere. */
    private static Plane measured(MeasuredDepth depth) {
        Plane values = depth.metres().copy();
        Mask valid = depth.valid();
        float[] array = values.array();
        boolean[] flags = valid.array();
        for (int i = 0; i < array.length; i++) {
            if (!flags[i]) {
                array[i] = Float.NaN;
            }
        }
        return values;
    }

    /**
     * The mean of the finite values under every pixel of a smaller map with the same shape whose longer side is
     * {@code side}; NaN where there is none. Pixels on a border count as far as they lie inside. A map that is already
     * that small is returned as it is.
     */
    static Plane reduced(Plane values, int side) {
        int height = values.height();
        int width = values.width();
        double scale = (double) side / Math.max(height, width);
        if (scale >= 1) {
            return values;
        }
        int newHeight = Math.max(1, (int) Math.round(height * scale));
        int newWidth = Math.max(1, (int) Math.round(width * scale));
        Plane result = Plane.allocate(newHeight, newWidth);
        double[] sums = new double[newWidth];
        double[] weights = new double[newWidth];
        for (int row = 0; row < newHeight; row++) {
            Arrays.fill(sums, 0);
            Arrays.fill(weights, 0);
            double top = (double) row * height / newHeight;
            double bottom = (double) (row + 1) * height / newHeight;
            for (int y = (int) top; y < bottom; y++) {
                double share = Math.min(bottom, y + 1) - Math.max(top, y);
                addRow(values, y, share, sums, weights);
            }
            for (int column = 0; column < newWidth; column++) {
                result.set(row, column, weights[column] > 0 ? (float) (sums[column] / weights[column]) : Float.NaN);
            }
        }
        return result;
    }

    private static void addRow(Plane values, int y, double share, double[] sums, double[] weights) {
        int width = values.width();
        float[] source = values.array();
        int start = values.rowStart(y);
        for (int column = 0; column < sums.length; column++) {
            double left = (double) column * width / sums.length;
            double right = (double) (column + 1) * width / sums.length;
            for (int x = (int) left; x < right; x++) {
                float value = source[start + x];
                if (Float.isFinite(value)) {
                    double weight = share * (Math.min(right, x + 1) - Math.max(left, x));
                    sums[column] += weight * value;
                    weights[column] += weight;
                }
            }
        }
    }

    private static byte[] bytes(Plane values) {
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(values.size(), Float.BYTES))
                .order(ByteOrder.LITTLE_ENDIAN);
        for (int row = 0; row < values.height(); row++) {
            int start = values.rowStart(row);
            buffer.asFloatBuffer().put(values.array(), start, values.width());
            buffer.position(buffer.position() + values.width() * Float.BYTES);
        }
        return buffer.array();
    }
}
