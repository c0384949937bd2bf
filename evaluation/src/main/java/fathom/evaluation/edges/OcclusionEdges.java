package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;

/**
 * Pixels next to a jump of the depth, which evaluations leave out because sensors err there: a pixel that is nearer, and
 * a pixel that is farther, than the mean of its 3 × 3 neighbourhood are both within one pixel. As MoGe's {@code
 * depth_occlusion_edge_numpy} and its port in plumbline's {@code metrics/masks.py}.
 */
public final class OcclusionEdges {
    private OcclusionEdges() {}

    /**
     * {@return the pixels next to a jump}
     *
     * @param depth [H, W], any unit
     * @param valid pixels with a depth above 0, [H, W]; the other ones are in no mean
     * @param tolerance relative difference between an inverse depth and the mean at a jump, for example 0.1
     * @throws IllegalArgumentException if the shapes differ
     */
    public static Mask of(Plane depth, Mask valid, double tolerance) {
        int height = depth.height();
        int width = depth.width();
        if (valid.height() != height || valid.width() != width) {
            throw new IllegalArgumentException("valid: expected [" + height + ", " + width + "], found ["
                    + valid.height() + ", " + valid.width() + "]");
        }
        double[] inverse = new double[height * width];
        double[] weight = new double[height * width];
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = depth.rowStart(row), end = from + width; from < end; from++, at++) {
                if (valid.array()[at]) {
                    inverse[at] = 1.0 / depth.array()[from];
                    weight[at] = 1;
                }
            }
        }
        double[] sums = boxSums(inverse, height, width);
        double[] counts = boxSums(weight, height, width);
        double[] near = new double[height * width];
        double[] far = new double[height * width];
        for (int i = 0; i < inverse.length; i++) {
            if (valid.array()[i]) {
                double mean = sums[i] / counts[i];
                near[i] = inverse[i] > (1 + tolerance) * mean ? 1 : 0;
                far[i] = mean > (1 + tolerance) * inverse[i] ? 1 : 0;
            }
        }
        double[] nearby = boxSums(near, height, width);
        double[] farAway = boxSums(far, height, width);
        boolean[] edges = new boolean[height * width];
        for (int i = 0; i < edges.length; i++) {
            edges[i] = nearby[i] > 0 && farAway[i] > 0;
        }
        return Mask.wrap(edges, height, width);
    }

    private static double[] boxSums(double[] values, int height, int width) {
        double[] columns = LineFilter.BOX.alongColumns(values, height, width, LineFilter.Border.ZERO);
        return LineFilter.BOX.alongRows(columns, height, width, LineFilter.Border.ZERO);
    }
}
