package fathom.raster.resampling;

import fathom.raster.resampling.AxisWeights.Axis;

/** What Pillow does besides its filters ({@link ResamplingKernel}). */
final class PillowAxis {
    private PillowAxis() {}

    /** {@code ImagingScaleAffine} in src/libImaging/Geometry.c: the position is a running sum, with its rounding. */
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
