package fathom.raster.resampling;

import fathom.raster.resampling.AxisWeights.Axis;

/** The methods of Pillow that are not filters; for filters see {@link ResamplingKernel}. */
final class PillowAxis {
    private PillowAxis() {}

    /**
     * Computes what {@code ImagingScaleAffine} in src/libImaging/Geometry.c computes: the position is a running sum,
     * including its rounding errors.
     */
    static int[] nearestSources(int from, int to) {
        int[] sources = new int[to];
        double scale = (double) from / to;
        double at = scale * 0.5;
        for (int i = 0; i < to; i++, at += scale) {
            sources[i] = Math.min((int) at, from - 1);
        }
        return sources;
    }

    static AxisWeights nearest(Axis axis) {
        return AxisWeights.picking(nearestSources(axis.from(), axis.to()));
    }
}
