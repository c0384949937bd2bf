package fathom.evaluation.parity.toolkits;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.raster.Plane;

/**
 * KITTI's depth development kit: 16-bit maps, holes of the prediction filled from neighbours, float32 sums column by
 * column. The protocol {@code kitti-devkit} computes the same numbers in float64 and leaves holes out.
 */
public final class KittiToolkit extends PixelToolkit {
    private static final double CODES_PER_METRE = 256;
    private static final int LARGEST_CODE = 65535;
    private static final String[] NAMES = {"mae", "rmse", "inverse mae", "inverse rmse", "log mae", "log rmse",
            "scale invariant log", "abs relative", "squared relative"};

    /** Creates the toolkit. */
    public KittiToolkit() {
        super("kitti_devkit", 1e-4);
    }

    @Override
    public ToolkitAnswer answer(ToolkitRecord record) throws IOException {
        ToolkitCase pair = record.only();
        Plane truth = coded(pair.truth());
        Plane prediction = coded(pair.prediction());
        if (truth.height() != prediction.height() || truth.width() != prediction.width()) {
            return new ToolkitAnswer.Raises("a prediction of another size has no scores");
        }
        if (record.protocol().endsWith("holes in the prediction")) {
            makeHoles(prediction);
        }
        fill(prediction);
        float[] sums = new float[NAMES.length];
        long count = sum(truth, prediction, sums);
        if (count == 0) {
            return new ToolkitAnswer.Raises("a sample without a measurement has no scores");
        }
        return new ToolkitAnswer.Numbers(metrics(sums, count), Map.of(), OptionalLong.of(count));
    }

    /** Returns depth in metres as 16-bit codes hold it; -1 where there is none. */
    private static Plane coded(Plane metres) {
        float[] values = metres.toArray();
        for (int i = 0; i < values.length; i++) {
            double value = Float.isFinite(values[i]) ? values[i] : 0;
            double code = Math.clamp(Math.rint(value * CODES_PER_METRE), 0, LARGEST_CODE);
            values[i] = code == 0 ? -1 : (float) (code / CODES_PER_METRE);
        }
        return Plane.wrap(values, metres.height(), metres.width());
    }

    private static void makeHoles(Plane prediction) {
        for (int row = 0; row < prediction.height(); row++) {
            for (int column = 0; column < prediction.width(); column++) {
                if ((row % 3 == 0 && column % 4 == 1) || row < 2 || column >= prediction.width() - 3) {
                    prediction.set(row, column, -1);
                }
            }
        }
    }

    /** Fills holes: in a row with the smaller neighbour, at its ends with the nearest; then columns at their ends. */
    private static void fill(Plane map) {
        int height = map.height();
        int width = map.width();
        float[] values = map.array();
        for (int row = 0; row < height; row++) {
            int start = row * width;
            int before = -1;
            for (int column = 0; column < width; column++) {
                if (values[start + column] >= 0) {
                    if (before >= 0 && column - before > 1) {
                        float least = Math.min(values[start + before], values[start + column]);
                        Arrays.fill(values, start + before + 1, start + column, least);
                    }
                    before = column;
                }
            }
            extend(values, start, 1, width);
        }
        for (int column = 0; column < width; column++) {
            extend(values, column, width, height);
        }
    }

    /** Copies the first and the last value of a line to its ends. */
    private static void extend(float[] values, int start, int step, int count) {
        int first = 0;
        while (first < count && values[start + first * step] < 0) {
            first++;
        }
        if (first == count) {
            return;
        }
        int last = count - 1;
        while (values[start + last * step] < 0) {
            last--;
        }
        for (int i = 0; i < first; i++) {
            values[start + i * step] = values[start + first * step];
        }
        for (int i = last + 1; i < count; i++) {
            values[start + i * step] = values[start + last * step];
        }
    }

    private static long sum(Plane truth, Plane prediction, float[] sums) {
        long count = 0;
        for (int column = 0; column < truth.width(); column++) {
            for (int row = 0; row < truth.height(); row++) {
                float g = truth.get(row, column);
                if (g >= 0) {
                    count++;
                    add(sums, g, prediction.get(row, column));
                }
            }
        }
        return count;
    }

    private static void add(float[] sums, float g, float p) {
        float error = Math.abs(g - p);
        float square = error * error;
        float inverse = (float) Math.abs(1.0 / g - 1.0 / p);
        float difference = (float) Math.log(g) - (float) Math.log(p);
        float log = Math.abs(difference);
        sums[0] += error;
        sums[1] += square;
        sums[2] += inverse;
        sums[3] += inverse * inverse;
        sums[4] += log;
        sums[5] += log * log;
        sums[6] += difference;
        sums[7] += error / g;
        sums[8] += square / (g * g);
    }

    private static Map<String, Double> metrics(float[] sums, long count) {
        float n = count;
        float squaredLog = sums[5] / n;
        float[] values = {sums[0] / n, root(sums[1] / n), sums[2] / n, root(sums[3] / n), sums[4] / n, root(squaredLog),
                root(squaredLog - sums[6] * sums[6] / (n * n)), sums[7] / n, sums[8] / n};
        Map<String, Double> metrics = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.length; i++) {
            metrics.put(NAMES[i], (double) values[i]);
        }
        return metrics;
    }

    private static float root(float value) {
        return (float) Math.sqrt(value);
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        return key.equals("scale invariant log") ? new Tolerance(1e-3, 1e-3) : Tolerance.relative(1e-4);
    }
}
