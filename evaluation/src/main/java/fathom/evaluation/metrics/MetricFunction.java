package fathom.evaluation.metrics;

import java.util.function.ToDoubleFunction;

/** How a metric is computed. */
public sealed interface MetricFunction {
    /**
     * From sums over the counted pixels; all such metrics of a protocol share one pass.
     *
     * @param value the number; NaN if no pixel is counted
     * @param pooling how the numbers of samples combine to that of all their pixels
     */
    record Pixelwise(ToDoubleFunction<PixelSums> value, PooledMean pooling) implements MetricFunction {}

    /**
     * From the share of pixels whose ratio max(p/g, g/p) is below a threshold.
     *
     * @param threshold the threshold, above 1
     */
    record Share(double threshold) implements MetricFunction {}

    /**
     * From the two maps that a protocol compares, for example edges or surface normals.
     *
     * @param value the number; NaN if it is not defined for the maps
     * @param byCamera whether the intrinsics of the camera are needed
     */
    record OfMaps(ToDoubleFunction<ScoredMaps> value, boolean byCamera) implements MetricFunction {}

    /** From two pictures of the same size, by {@link ImageMetrics}. */
    record OfPictures() implements MetricFunction {}
}
