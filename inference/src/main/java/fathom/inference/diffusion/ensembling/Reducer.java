package fathom.inference.diffusion.ensembling;

import java.util.Arrays;

import fathom.inference.diffusion.ensembling.EnsembleOptions.Reduction;
import fathom.raster.ValueStatistics;

/**
 * The reduction of the members' values at a pixel to one value and a spread. It contains a scratch array, so one thread
 * at a time can use it.
 */
final class Reducer {
    private final Reduction reduction;
    private final float[] sorted;

    Reducer(Reduction reduction, int members) {
        this.reduction = reduction;
        this.sorted = new float[members];
    }

    /** Returns the lower median, as {@code torch.median}, or the mean. */
    float reduce(float[] values) {
        return switch (reduction) {
            case MEDIAN -> lowerMedian(values);
            case MEAN -> (float) mean(values);
        };
    }

    /**
     * Returns the lower median of the distances to {@code middle}, or the unbiased standard deviation; 0 for a single
     * member.
     */
    float spread(float[] values, float middle) {
        return switch (reduction) {
            case MEDIAN -> {
                float[] distances = new float[values.length];
                for (int m = 0; m < values.length; m++) {
                    distances[m] = Math.abs(values[m] - middle);
                }
                yield lowerMedian(distances);
            }
            case MEAN -> values.length == 1 ? 0 : (float) Math.sqrt(squares(values) / (values.length - 1));
        };
    }

    private float lowerMedian(float[] values) {
        System.arraycopy(values, 0, sorted, 0, sorted.length);
        Arrays.sort(sorted);
        return ValueStatistics.lowerMedian(sorted);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    private static double squares(float[] values) {
        double mean = mean(values);
        double sum = 0;
        for (float value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
