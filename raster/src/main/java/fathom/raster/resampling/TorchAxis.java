package fathom.raster.resampling;

import java.util.Arrays;

import fathom.raster.resampling.AxisWeights.Axis;

/**
 * The weights of {@code torch.nn.functional.interpolate} on float32 (ATen/native/UpSample.h and
 * cpu/UpSampleKernel.cpp). As in PyTorch, the step between outputs is float32, but the positions computed from it are
 * not rounded to float32. At large sizes this is visible in the result.
 */
final class TorchAxis {
    private static final double CUBIC = -0.75;

    private TorchAxis() {}

    static AxisWeights nearest(Axis axis) {
        return nearest(axis, 0);
    }

    static AxisWeights nearestExact(Axis axis) {
        return nearest(axis, 0.5f);
    }

    private static AxisWeights nearest(Axis axis, float centre) {
        float scale = (float) axis.scale();
        int[] sources = new int[axis.to()];
        for (int i = 0; i < sources.length; i++) {
            sources[i] = Math.min((int) ((i + centre) * scale), axis.from() - 1);
        }
        return AxisWeights.picking(sources);
    }

    static AxisWeights linear(Axis axis, boolean alignCorners) {
        float scale = scale(axis, alignCorners);
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, 2);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            // An axis that keeps its length is copied, whatever the scale factor.
            double at = axis.from() == axis.to() ? i : Math.max(position(i, scale, alignCorners), 0);
            int low = Math.min((int) at, axis.from() - 1);
            double fraction = Math.min(at - low, 1);
            window[0] = 1 - fraction;
            window[1] = fraction;
            builder.add(low, 2);
        }
        return builder.build();
    }

    static AxisWeights cubic(Axis axis, boolean alignCorners) {
        float scale = scale(axis, alignCorners);
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, 4);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            double at = position(i, scale, alignCorners);
            int low = (int) Math.floor(at);
            double fraction = at - low;
            for (int k = 0; k < 4; k++) {
                window[k] = ResamplingKernel.cubic(Math.abs(k - 1 - fraction), CUBIC);
            }
            builder.add(low - 1, 4);
        }
        return builder.build();
    }

    /**
     * Computes the weights of {@code _upsample_bilinear2d_aa} and {@code _upsample_bicubic2d_aa}: Pillow's filters with
     * centres in float32.
     */
    static AxisWeights antialiased(Axis axis, ResamplingKernel kernel) {
        float scale = (float) axis.scale();
        float reach = (float) (kernel.support() * Math.max(scale, 1));
        float inverse = 1 / Math.max(scale, 1);
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, (int) Math.ceil(reach) * 2 + 1);
        double[] window = builder.window();
        for (int i = 0; i < axis.to(); i++) {
            float centre = (float) (scale * (i + 0.5));
            int low = Math.max(0, (int) (centre - reach + 0.5));
            int high = Math.min(axis.from(), (int) (centre + reach + 0.5));
            double sum = 0;
            for (int k = 0; k < high - low; k++) {
                window[k] = kernel.at((k + low - centre + 0.5) * inverse);
                sum += window[k];
            }
            for (int k = 0; k < high - low; k++) {
                window[k] /= sum;
            }
            builder.add(low, high - low);
        }
        return builder.build();
    }

    /**
     * Computes the weights of {@code adaptive_avg_pool2d}: output i is the mean of inputs floor(i·from/to) to ceil((i +
     * 1)·from/to) − 1.
     */
    static AxisWeights area(Axis axis) {
        AreaSpans spans = new AreaSpans(axis.from(), axis.to());
        AxisWeights.Builder builder = new AxisWeights.Builder(axis, Math.ceilDiv(axis.from(), axis.to()) + 1);
        double[] window = builder.window();
        for (int i = 0; i < spans.targets(); i++) {
            int low = spans.first(i);
            int count = spans.last(i) - low + 1;
            Arrays.fill(window, 0, count, 1.0 / count);
            builder.add(low, count);
        }
        return builder.build();
    }

    private static float scale(Axis axis, boolean alignCorners) {
        if (alignCorners) {
            return axis.to() > 1 ? (float) (axis.from() - 1) / (axis.to() - 1) : 0;
        }
        return (float) axis.scale();
    }

    private static double position(int i, double scale, boolean alignCorners) {
        return alignCorners ? scale * i : scale * (i + 0.5) - 0.5;
    }
}
