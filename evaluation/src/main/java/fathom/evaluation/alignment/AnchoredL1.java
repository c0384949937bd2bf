package fathom.evaluation.alignment;

import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.alignment.WeightedL1.PointFit;

/** One weighted L1 problem; see {@link WeightedL1} for the algorithms. Not safe for concurrent use. */
final class AnchoredL1 {
    /** Tangents per anchor before its best scale is computed; nearly all anchors need two to five. */
    private static final int MOST_TANGENTS = 10;
    private static final PointFit UNDETERMINED = new PointFit(Double.NaN, Double.NaN, Double.NaN, Double.NaN,
            Double.NaN);

    /** What happens to coordinates that are equal to that of the anchor, so that no scale changes their error. */
    enum Ties {
        /** Their error is part of the loss. */
        COUNTED,
        /** Their error is left out, as MoGe does: the product with the sign of 0 removes the target. */
        LEFT_OUT
    }

    private final float[] values;
    private final float[] target;
    private final float[] weights;
    private final int count;
    private final int axes;
    private final Ties ties;
    private final boolean finite;
    /** Differences from the anchor. */
    private final double[] x;
    private final double[] y;
    /** Candidates and their weights, reordered by the selection. */
    private final double[] quotients;
    private final double[] shares;
    /** The loss at the end of {@link #descend}. */
    private double descended;
    /** The derivative of the loss by the scale. */
    private double slope;

    /**
     * @param values [count, axes]
     * @param target [count, axes]
     * @param weights [count]
     */
    AnchoredL1(float[] values, float[] target, float[] weights, int axes, Ties ties) {
        if (weights.length == 0) {
            throw new IllegalArgumentException("values: expected at least one, found none");
        }
        if (values.length != weights.length * axes || target.length != values.length) {
            throw new IllegalArgumentException(
                    "values, target: expected " + weights.length * axes + " numbers each for " + weights.length
                            + " weights, found " + values.length + " and " + target.length);
        }
        this.values = values;
        this.target = target;
        this.weights = weights;
        this.axes = axes;
        this.ties = ties;
        this.count = weights.length;
        this.finite = allFinite(values) && allFinite(target) && allFinite(weights);
        this.x = new double[values.length];
        this.y = new double[values.length];
        this.quotients = new double[values.length];
        this.shares = new double[values.length];
    }

    Fit scale() {
        if (!finite) {
            return new Fit(Double.NaN, 0, Double.NaN);
        }
        anchor(-1);
        double scale = bestScale();
        return new Fit(scale, 0, slopeAndLoss(scale));
    }

    Fit truncatedScale(double truncation) {
        if (!finite) {
            return new Fit(Double.NaN, 0, Double.NaN);
        }
        anchor(-1);
        double scale = bestTruncatedScale(truncation);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += Math.min(truncation, weights[i / axes] * Math.abs(scale * x[i] - y[i]));
        }
        return new Fit(scale, 0, sum);
    }

    /** The shift of axis k is 0 unless {@code shifted[k]}. */
    PointFit scaleShift(boolean... shifted) {
        if (!finite) {
            return UNDETERMINED;
        }
        double[] losses = losses(0, shifted);
        int anchor = 0;
        for (int i = 1; i < count; i++) {
            anchor = losses[i] < losses[anchor] ? i : anchor;
        }
        anchor(anchor, shifted);
        double scale = bestScale();
        double[] shift = new double[3];
        for (int axis = 0; axis < axes; axis++) {
            if (shifted[axis]) {
                int i = anchor * axes + axis;
                shift[axis] = target[i] - scale * values[i];
            }
        }
        return new PointFit(scale, shift[0], shift[1], shift[2], slopeAndLoss(scale));
    }

    /**
     * The loss of the best fit through each point; infinite if it is more than {@code slack}, a part of it, above the
     * smallest loss, if the weight of the point is 0, or if the point equals the one before it. Requires finite numbers.
     */
    double[] losses(double slack, boolean... shifted) {
        double[] losses = new double[count];
        double scale = descend(shifted);
        double best = descended;
        for (int i = 0; i < count; i++) {
            losses[i] = Double.POSITIVE_INFINITY;
            if (!(weights[i] > 0) || (i > 0 && weights[i - 1] > 0 && repeats(i))) {
                continue;
            }
            anchor(i, shifted);
            double limit = best * (1 + slack);
            if (exceeds(limit, scale)) {
                continue;
            }
            double candidate = bestScale();
            double loss = slopeAndLoss(candidate);
            if (loss <= limit) {
                losses[i] = loss;
            }
            if (loss < best) {
                best = loss;
                scale = candidate;
            }
        }
        for (int i = 0; i < count; i++) {
            losses[i] = losses[i] <= best * (1 + slack) ? losses[i] : Double.POSITIVE_INFINITY;
        }
        return losses;
    }

    /**
     * Follows the best line through a point to the other point on it while the loss falls; this ends at or near the
     * optimum, so that most anchors can be skipped. Returns the scale and sets {@link #descended}.
     */
    private double descend(boolean... shifted) {
        descended = Double.POSITIVE_INFINITY;
        double scale = 0;
        int point = 0;
        while (point < count && !(weights[point] > 0)) {
            point++;
        }
        while (point < count) {
            anchor(point, shifted);
            double candidate = bestScale();
            double loss = slopeAndLoss(candidate);
            if (!(loss < descended)) {
                break;
            }
            descended = loss;
            scale = candidate;
            point = pointOn(candidate);
        }
        return scale;
    }

    /** A point on the line through the anchor; {@link #count} if there is none. */
    private int pointOn(double scale) {
        for (int i = 0; i < x.length; i++) {
            if (x[i] != 0 && y[i] / x[i] == scale && weights[i / axes] > 0) {
                return i / axes;
            }
        }
        return count;
    }

    private boolean repeats(int point) {
        for (int i = point * axes; i < (point + 1) * axes; i++) {
            if (values[i] != values[i - axes] || target[i] != target[i - axes]) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether the loss is above the limit for every scale. The loss is convex: it is nowhere below its tangents, so not
     * below the point where a falling and a rising one meet. Tangents are added there until the question is decided, or
     * given up.
     */
    private boolean exceeds(double limit, double start) {
        double step = 0.05 * Math.max(Math.abs(start), 1e-3);
        double at = start;
        double fallingAt = 0;
        double fallingLoss = 0;
        double fallingSlope = 0;
        double risingAt = 0;
        double risingLoss = 0;
        double risingSlope = 0;
        for (int tries = 0; tries < MOST_TANGENTS; tries++) {
            double loss = slopeAndLoss(at);
            if (loss <= limit || slope == 0) {
                return loss > limit;
            }
            if (slope < 0) {
                fallingAt = at;
                fallingLoss = loss;
                fallingSlope = slope;
            } else {
                risingAt = at;
                risingLoss = loss;
                risingSlope = slope;
            }
            if (fallingSlope < 0 && risingSlope > 0) {
                double meet = (fallingLoss - fallingSlope * fallingAt - risingLoss + risingSlope * risingAt)
                        / (risingSlope - fallingSlope);
                if (fallingLoss + fallingSlope * (meet - fallingAt) > limit) {
                    return true;
                }
                at = meet;
            } else {
                at += slope < 0 ? step : -step;
                step *= 4;
            }
        }
        return false;
    }

    PointFit shift() {
        if (!finite) {
            return UNDETERMINED;
        }
        double[] shift = new double[3];
        double loss = 0;
        for (int axis = 0; axis < axes; axis++) {
            for (int i = 0; i < count; i++) {
                quotients[i] = (double) target[i * axes + axis] - values[i * axes + axis];
                shares[i] = weights[i];
            }
            shift[axis] = WeightedMedian.select(quotients, shares, count);
            for (int i = 0; i < count; i++) {
                loss += weights[i] * Math.abs(values[i * axes + axis] + shift[axis] - target[i * axes + axis]);
            }
        }
        return new PointFit(1, shift[0], shift[1], shift[2], loss);
    }

    private void anchor(int anchor, boolean... shifted) {
        for (int axis = 0; axis < axes; axis++) {
            boolean moved = anchor >= 0 && shifted[axis];
            double x0 = moved ? values[anchor * axes + axis] : 0;
            double y0 = moved ? target[anchor * axes + axis] : 0;
            for (int i = axis; i < x.length; i += axes) {
                x[i] = values[i] - x0;
                y[i] = x[i] == 0 && ties == Ties.LEFT_OUT ? 0 : target[i] - y0;
            }
        }
    }

    /** The weighted median of y / x; 0 if no scale changes the loss. */
    private double bestScale() {
        int candidates = 0;
        for (int i = 0, point = 0; point < count; point++) {
            double weight = weights[point];
            for (int axis = 0; axis < axes; axis++, i++) {
                double share = weight * Math.abs(x[i]);
                if (share > 0) {
                    quotients[candidates] = y[i] / x[i];
                    shares[candidates++] = share;
                }
            }
        }
        return candidates == 0 ? 0 : WeightedMedian.select(quotients, shares, candidates);
    }

    /** Returns the loss at a scale and sets {@link #slope}. */
    private double slopeAndLoss(double scale) {
        double loss = 0;
        double rise = 0;
        for (int i = 0, point = 0; point < count; point++) {
            double weight = weights[point];
            for (int axis = 0; axis < axes; axis++, i++) {
                double signed = Math.copySign(weight, scale * x[i] - y[i]);
                loss += signed * (scale * x[i] - y[i]);
                rise += signed * x[i];
            }
        }
        slope = rise;
        return loss;
    }

    /**
     * Sweeps over all scales. The loss of a coordinate falls from the truncation at (y − truncation / w) / x to 0 at y /
     * x and rises again; the slope of the sum changes at these three places.
     */
    private double bestTruncatedScale(double truncation) {
        double[] places = new double[3 * x.length];
        double[] slopes = new double[places.length];
        boolean[] minimum = new boolean[places.length];
        int used = 0;
        for (int i = 0; i < x.length; i++) {
            double slope = weights[i / axes] * Math.abs(x[i]);
            if (slope > 0) {
                double middle = y[i] / x[i];
                double half = truncation / slope;
                places[used] = middle - half;
                slopes[used++] = -slope;
                minimum[used] = true;
                places[used] = middle;
                slopes[used++] = 2 * slope;
                places[used] = middle + half;
                slopes[used++] = -slope;
            }
        }
        int[] order = WeightedMedian.order(places, used);
        double slope = 0;
        double value = 0;
        double best = Double.POSITIVE_INFINITY;
        double scale = 0;
        double previous = used == 0 ? 0 : places[order[0]];
        for (int at : order) {
            value += slope * (places[at] - previous);
            previous = places[at];
            slope += slopes[at];
            if (minimum[at] && value < best) {
                best = value;
                scale = places[at];
            }
        }
        return scale;
    }

    private static boolean allFinite(float[] numbers) {
        for (float number : numbers) {
            if (!Float.isFinite(number)) {
                return false;
            }
        }
        return true;
    }
}
