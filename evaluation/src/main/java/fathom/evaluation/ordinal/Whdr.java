package fathom.evaluation.ordinal;

import java.util.List;

import fathom.raster.DepthKind;
import fathom.raster.Plane;

/**
 * Weighted human disagreement rate: the weight of the pairs whose relation a prediction gives wrongly, as a share of the
 * weight of all pairs; 0 is best.
 *
 * <ul>
 * <li>DIW (Chen et al., <i>Single-Image Depth Perception in the Wild</i>, NIPS 2016): one pair per image, always with a
 * nearer point, {@link #DIW_THRESHOLD}; only the order of the two predicted values counts.
 * <li>With a threshold (Zoran et al., <i>Learning Ordinal Relationships for Mid-Level Vision</i>, ICCV 2015; Xian et al.,
 * 2018, use {@link #RATIO_THRESHOLD}): values whose ratio is at most 1 + threshold are predicted as equal, and pairs may
 * be equal in truth. It needs positive values up to one scale.
 * </ul>
 *
 * <p>A predicted tie of a pair that has a nearer point is wrong.
 */
public final class Whdr {
    /** DIW: any difference is a relation. */
    public static final double DIW_THRESHOLD = 0;
    /** Values within 2 % are equal. */
    public static final double RATIO_THRESHOLD = 0.02;

    private Whdr() {}

    /**
     * {@return the rate, 0 to 1; NaN if no pair has weight}
     *
     * @param prediction predicted values, [H, W]
     * @param kind whether the larger value is farther or nearer
     * @param pairs the annotated pairs
     * @param threshold 0 or more; see {@link OrdinalPair#predicted}
     * @throws IllegalArgumentException if a point is outside the prediction or the threshold is below 0
     */
    public static double of(Plane prediction, DepthKind kind, List<OrdinalPair> pairs, double threshold) {
        double wrong = 0;
        double total = 0;
        for (OrdinalPair pair : pairs) {
            total += pair.weight();
            if (pair.predicted(prediction, kind, threshold) != pair.truth()) {
                wrong += pair.weight();
            }
        }
        return wrong / total;
    }
}
