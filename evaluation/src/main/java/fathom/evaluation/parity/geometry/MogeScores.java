package fathom.evaluation.parity.geometry;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

import fathom.evaluation.alignment.MogeAlignment;
import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.ToolkitAnswer.Numbers;
import fathom.raster.Mask;
import fathom.raster.Plane;

/** The numbers of one call of MoGe's {@code compute_metrics}. Errors are float32, their sums float64. */
final class MogeScores {
    private static final float EPSILON = 1e-6f;
    private static final float DELTA = 1.25f;

    private final Map<String, Double> metrics = new LinkedHashMap<>();
    private final Map<String, Double> fit = new LinkedHashMap<>();
    private final Plane truth;
    private final Mask counted;
    private final float[] depths;

    MogeScores(Plane truth, Mask counted) throws UnscorableException {
        this.truth = truth;
        this.counted = counted;
        this.depths = truth.toArray();
        int sampled = MogeAlignment.sample(counted).length;
        if (sampled == 0) {
            throw new UnscorableException("the truth has no valid pixel");
        }
        fit.put("n_lr", (double) sampled);
    }

    void scaled(Plane prediction) throws UnscorableException {
        Fit found = MogeAlignment.scale(prediction, truth, counted);
        fit.put("align_depth_scale/scale", found.scale());
        depth("depth_scale_invariant", MogeAlignment.aligned(prediction, found));
    }

    void affine(Plane prediction) throws UnscorableException {
        Fit found = MogeAlignment.scaleShift(prediction, truth, counted);
        fit.put("align_depth_affine/scale", found.scale());
        fit.put("align_depth_affine/shift", found.shift());
        depth("depth_affine_invariant", MogeAlignment.aligned(prediction, found));
    }

    void affineInverse(Plane inverseDepth) throws UnscorableException {
        Fit found = MogeAlignment.inverseScaleShift(inverseDepth, truth, counted);
        fit.put("align_affine_lstsq/scale", found.scale());
        fit.put("align_affine_lstsq/shift", found.shift());
        float farthest = 0;
        for (int i = 0; i < depths.length; i++) {
            farthest = counted.array()[i] ? Math.max(farthest, depths[i]) : farthest;
        }
        depth("disparity_affine_invariant",
                MogeAlignment.depth(MogeAlignment.aligned(inverseDepth, found), 1.0 / farthest));
    }

    /** A prediction of 0 or less can have a ratio below the threshold, because only the larger ratio is compared. */
    void depth(String name, Plane prediction) {
        float[] values = prediction.toArray();
        double sum = 0;
        long near = 0;
        for (int i = 0; i < depths.length; i++) {
            if (counted.array()[i]) {
                float p = values[i];
                float t = depths[i];
                sum += Math.abs(p - t) / (t + EPSILON);
                near += Math.max(t / p, p / t) < DELTA ? 1 : 0;
            }
        }
        put(name, sum, near);
    }

    /** Puts the mean of a sum of relative errors, and the share of pixels near the truth. */
    void put(String name, double sum, long near) {
        double count = counted.count();
        metrics.put(name + "/rel", sum / count);
        metrics.put(name + "/delta1", near / count);
    }

    void metric(String name, double value) {
        metrics.put(name, value);
    }

    void fitted(String name, double value) {
        fit.put(name, value);
    }

    Numbers numbers() {
        return new Numbers(metrics, fit, OptionalLong.of(counted.count()));
    }
}
