package fathom.datasets.depth;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import fathom.raster.MeasuredDepth;

/**
 * Suspicious properties of one measured depth map: a number that may be a code for missing pixels, and depths that may have
 * another unit.
 *
 * @param code the number; empty if none is suspicious
 * @param medianMetres the median of the valid depths, metres; NaN if there are none
 */
public record DepthFindings(Optional<Code> code, double medianMetres) {
    /** The share of the pixels above which a single number is suspicious. */
    private static final double SHARE = 0.01;
    /** A number is far away from the others if it is this many times as large as the next one. */
    private static final double FAR = 2;
    /** Maps with fewer different values, such as drawings, have no number that is far away from the others. */
    private static final int VALUES = 16;
    /** Smaller medians are not depths in metres of usual scenes. */
    private static final double MIN_MEDIAN = 0.02;
    /** Larger medians are not depths in metres of usual scenes. */
    private static final double MAX_MEDIAN = 200;

    /** Numbers that data sets use for pixels without a measurement, or for everything beyond the range. */
    private static final Set<Float> CODES = Set.of(255f, 2047f, 4095f, 8191f, 9999f, 10000f, 32767f, 65504f, 65525f,
            65533f, 65534f, 65535f, 99999f, 1e5f, 1e6f, 1e7f, 1e9f, 1e10f, 0x1p31f, 65.535f, 65.534f);

    /**
     * A number that may mean "no measurement".
     *
     * @param stored the number as stored in the file
     * @param share the share of the pixels that have it, 0 to 1
     */
    public record Code(float stored, double share) {
        /** {@return the number and its share for display, such as {@code 65535 in 13 % of the pixels}} */
        public String text() {
            String number = stored == Math.rint(stored) && Math.abs(stored) < Integer.MAX_VALUE
                    ? String.valueOf((long) stored)
                    : String.valueOf(stored);
            return String.format(Locale.ROOT,
                    share < 0.1 ? "%s in %.1f %% of the pixels" : "%s in %.0f %% of the pixels", number, 100 * share);
        }
    }

    /**
     * Examines a depth map.
     *
     * @param depth the depth map
     * @return what is suspicious
     */
    public static DepthFindings of(MeasuredDepth depth) {
        float[] sorted = new float[depth.valid().count()];
        boolean[] valid = depth.valid().array();
        float[] metres = depth.metres().array();
        int count = 0;
        for (int i = 0; i < valid.length; i++) {
            if (valid[i]) {
                sorted[count++] = metres[i];
            }
        }
        if (count == 0) {
            return new DepthFindings(Optional.empty(), Double.NaN);
        }
        Arrays.sort(sorted);
        return new DepthFindings(code(depth, sorted), sorted[count / 2]);
    }

    /** {@return whether the median is too small for metres} */
    public boolean hasSmallDepths() {
        return medianMetres < MIN_MEDIAN;
    }

    /** {@return whether the median is too large for metres} */
    public boolean hasLargeDepths() {
        return medianMetres > MAX_MEDIAN;
    }

    /** Examines the farthest numbers, then the nearest; of each as many as cover a share that is not suspicious. */
    private static Optional<Code> code(MeasuredDepth depth, float[] sorted) {
        boolean varied = distinct(sorted) > VALUES;
        double size = depth.metres().size();
        int from;
        for (int end = sorted.length; end > 0 && (sorted.length - end) / size <= SHARE; end = from) {
            from = end - 1;
            while (from > 0 && sorted[from - 1] == sorted[end - 1]) {
                from--;
            }
            if ((end - from) / size > SHARE) {
                float stored = stored(depth, sorted[from]);
                boolean isFar = from > 0 && varied && sorted[from] > FAR * sorted[from - 1];
                if (isFar || CODES.contains(stored)) {
                    return Optional.of(new Code(stored, (end - from) / size));
                }
            }
        }
        int end;
        for (int start = 0; start < sorted.length && start / size <= SHARE; start = end) {
            end = start + 1;
            while (end < sorted.length && sorted[end] == sorted[start]) {
                end++;
            }
            if ((end - start) / size > SHARE && end < sorted.length && varied
                    && sorted[start] * FAR * FAR < sorted[end]) {
                return Optional.of(new Code(stored(depth, sorted[start]), (end - start) / size));
            }
        }
        return Optional.empty();
    }

    private static int distinct(float[] sorted) {
        int distinct = 1;
        for (int i = 1; i < sorted.length && distinct <= VALUES; i++) {
            distinct += sorted[i] == sorted[i - 1] ? 0 : 1;
        }
        return distinct;
    }

    private static float stored(MeasuredDepth depth, float metres) {
        boolean[] valid = depth.valid().array();
        float[] values = depth.metres().array();
        for (int i = 0; i < valid.length; i++) {
            if (valid[i] && values[i] == metres) {
                return depth.stored().get(i / depth.width(), i % depth.width());
            }
        }
        throw new IllegalArgumentException("depth: expected a pixel of " + metres + " m, found none");
    }
}
