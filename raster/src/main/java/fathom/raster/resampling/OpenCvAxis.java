package fathom.raster.resampling;

import fathom.raster.resampling.AxisWeights.Axis;

/**
 * The weights of {@code cv2.resize} with a given size (OpenCV 4, modules/imgproc/src/resize.cpp). As in OpenCV,
 * positions are converted to float32 before their fraction is computed.
 */
final class OpenCvAxis {
    private static final float CUBIC = -0.75f;
    /** A partly covered pixel counts if its share is larger than this. */
    private static final double MIN_COVER = 1e-3;

    /** Factors that give the sine of each of the 8 distances from that of the first. */
    private static final double[][] LANCZOS_TURNS = lanczosTurns();

    private OpenCvAxis() {}

    private static double[][] lanczosTurns() {
        double s = Math.sqrt(0.5);
        return new double[][]{{1, 0}, {-s, -s}, {0, 1}, {s, -s}, {-1, 0}, {s, s}, {0, -1}, {-s, s}};
    }

    /** Returns the number of input pixels per output pixel, as the inverse of an inverse, like OpenCV. */
    private static double scale(int from, int to) {
        return 1 / ((double) to / from);
    }

    static int[] nearestSources(int from, int to) {
        double scale = scale(from, to);
        int[] sources = new int[to];
        for (int i = 0; i < to; i++) {
            sources[i] = Math.min((int) (i * scale), from - 1);
        }
        return sources;
    }

    static AxisWeights nearest(Axis axis) {
        return AxisWeights.picking(nearestSources(axis.from(), axis.to()));
    }

    /**
     * The inputs of linear interpolation: output i is {@code (1 - fraction[i]) · input[low[i]] + fraction[i] ·
     * input[low[i] + 1]}. Inputs outside have the value of the edge.
     */
    static final class Stops {
        private final int[] low;
        private final float[] fraction;

        private Stops(int count) {
            low = new int[count];
            fraction = new float[count];
        }

        int low(int i) {
            return low[i];
        }

        float fraction(int i) {
            return fraction[i];
        }
    }

    /** Returns the stops of INTER_LINEAR. */
    static Stops linearStops(int from, int to) {
        double scale = scale(from, to);
        Stops stops = new Stops(to);
        for (int i = 0; i < to; i++) {
            float at = (float) ((i + 0.5) * scale - 0.5);
            stops.low[i] = (int) Math.floor(at);
            stops.fraction[i] = at - stops.low[i];
        }
        return stops;
    }

    /** Returns the stops of INTER_AREA if an axis of the image grows: a sharper variant of linear interpolation. */
    static Stops areaStops(int from, int to) {
        double inverse = (double) to / from;
        double scale = scale(from, to);
        Stops stops = new Stops(to);
        for (int i = 0; i < to; i++) {
            stops.low[i] = (int) Math.floor(i * scale);
            float fraction = (float) (i + 1 - (stops.low[i] + 1) * inverse);
            stops.fraction[i] = fraction <= 0 ? 0 : fraction - (float) Math.floor(fraction);
        }
        return stops;
    }

    static AxisWeights linear(Axis axis) {
        return weights(axis, linearStops(axis.from(), axis.to()));
    }

    /** Returns the weights of INTER_AREA, which averages over the covered area if neither axis grows. */
    static AxisWeights area(Axis axis) {
        return axis.bothShrink() ? average(axis) : weights(axis, areaStops(axis.from(), axis.to()));
    }

    static AxisWeights weights(Axis axis, Stops stops) {
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, 2);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            boolean inside = stops.low[i] >= 0 && stops.low[i] < axis.from() - 1;
            window[0] = inside ? 1f - stops.fraction[i] : 1;
            window[1] = inside ? stops.fraction[i] : 0;
            builder.add(stops.low[i], 2);
        }
        return builder.build();
    }

    /** Computes what {@code computeResizeAreaTab} computes. */
    private static AxisWeights average(Axis axis) {
        double scale = scale(axis.from(), axis.to());
        int from = axis.from();
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, (int) Math.ceil(scale) + 2);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            double begin = i * scale;
            double end = begin + scale;
            double cell = Math.min(scale, from - begin);
            int high = Math.min((int) Math.floor(end), from - 1);
            int low = Math.min((int) Math.ceil(begin), high);
            int count = 0;
            int start = low;
            if (low - begin > MIN_COVER) {
                window[count++] = (float) ((low - begin) / cell);
                start = low - 1;
            }
            for (int at = low; at < high; at++) {
                window[count++] = (float) (1 / cell);
            }
            if (end - high > MIN_COVER) {
                window[count++] = (float) (Math.min(Math.min(end - high, 1), cell) / cell);
            }
            builder.add(start, count);
        }
        return builder.build();
    }

    static AxisWeights cubic(Axis axis) {
        double scale = scale(axis.from(), axis.to());
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, 4);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            float at = (float) ((i + 0.5) * scale - 0.5);
            int low = (int) Math.floor(at);
            float[] weights = cubicWeights(at - low);
            for (int k = 0; k < 4; k++) {
                window[k] = weights[k];
            }
            builder.add(low - 1, 4);
        }
        return builder.build();
    }

    /** Computes what {@code interpolateCubic} computes, in float32. */
    static float[] cubicWeights(float x) {
        float[] weights = new float[4];
        weights[0] = ((CUBIC * (x + 1) - 5 * CUBIC) * (x + 1) + 8 * CUBIC) * (x + 1) - 4 * CUBIC;
        weights[1] = ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
        weights[2] = ((CUBIC + 2) * (1 - x) - (CUBIC + 3)) * (1 - x) * (1 - x) + 1;
        weights[3] = 1f - weights[0] - weights[1] - weights[2];
        return weights;
    }

    static AxisWeights lanczos4(Axis axis) {
        double scale = scale(axis.from(), axis.to());
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, 8);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            float at = (float) ((i + 0.5) * scale - 0.5);
            int low = (int) Math.floor(at);
            float[] weights = lanczosWeights(at - low);
            for (int k = 0; k < 8; k++) {
                window[k] = weights[k];
            }
            builder.add(low - 3, 8);
        }
        return builder.build();
    }

    /**
     * Computes what {@code interpolateLanczos4} computes, in float32: sinc(d)·sinc(d/4) up to a common factor,
     * normalised.
     */
    private static float[] lanczosWeights(float x) {
        double angle = -(x + 3) * Math.PI * 0.25;
        double sine = Math.sin(angle);
        double cosine = Math.cos(angle);
        float[] weights = new float[8];
        float sum = 0;
        for (int k = 0; k < 8; k++) {
            float distance = x + 3 - k;
            if (Math.abs(distance) >= 1e-6f) {
                double y = -distance * Math.PI * 0.25;
                weights[k] = (float) ((LANCZOS_TURNS[k][0] * sine + LANCZOS_TURNS[k][1] * cosine) / (y * y));
            } else {
                weights[k] = 1e30f; // exactly on a pixel: only that pixel counts
            }
            sum += weights[k];
        }
        sum = 1f / sum;
        for (int k = 0; k < 8; k++) {
            weights[k] *= sum;
        }
        return weights;
    }
}
