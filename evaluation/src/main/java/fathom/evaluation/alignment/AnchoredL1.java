package fathom.evaluation.alignment;

import fathom.evaluation.alignment.WeightedL1.Fit;
import fathom.evaluation.alignment.WeightedL1.PointFit;

/** One weighted L1 problem; see {@link WeightedL1} for the algorithms. Not safe for concurrent use. */
final class AnchoredL1 {
    private static final PointFit UNDETERMINED =
            new PointFit(Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);

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
            throw new IllegalArgumentException("values, target: expected " + weights.length * axes
                    + " numbers each for " + weights.length + " weights, found " + values.length + " and "
                    + target.length);
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
        return new Fit(scale, 0, loss(scale, Double.POSITIVE_INFINITY));
    }

    Fit truncatedScale(double truncation) {
        if (!finite) {
            return new Fit(Double.NaN, 0, Double.NaN);
        }
        anchor(-1);
        double scale = bestTruncatedScale(truncation);
        double sum = 0;
        for (int i = 0; i < x.length; i++) {
            sum += x[i] == 0 && ties == Ties.LEFT_OUT
                    ? 0
                    : Math.min(truncation, weights[i / axes] * Math.abs(scale * x[i] - y[i]));
        }
        return new Fit(scale, 0, sum);
    }

    /** The shift of axis k is 0 unless {@code shifted[k]}. */
    PointFit scaleShift(boolean... shifted) {
        if (!finite) {
            return UNDETERMINED;
        }
        double best = Double.POSITIVE_INFINITY;
        double scale = 0;
        int anchor = -1;
        for (int i = 0; i < count; i++) {
            if (weights[i] > 0) {
                anchor(i, shifted);
                double candidate = bestScale();
                double loss = loss(candidate, best);
                if (loss <= best) {
                    best = loss;
                    scale = candidate;
                    anchor = i;
                }
            }
        }
        double[] shift = new double[3];
        for (int axis = 0; axis < axes && anchor >= 0; axis++) {
            if (shifted[axis]) {
                int i = anchor * axes + axis;
                shift[axis] = target[i] - scale * values[i];
            }
        }
        return new PointFit(scale, shift[0], shift[1], shift[2], anchor < 0 ? 0 : best);
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
                loss += weights[i]
                        * Math.abs(values[i * axes + axis] + shift[axis] - target[i * axes + axis]);
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
                y[i] = target[i] - y0;
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

    /** The loss; stops early, above the limit, if it is larger than that. */
    private double loss(double scale, double limit) {
        double sum = 0;
        for (int i = 0, point = 0; point < count; point++) {
            double weight = weights[point];
            for (int axis = 0; axis < axes; axis++, i++) {
                if (x[i] != 0 || ties == Ties.COUNTED) {
                    sum += weight * Math.abs(scale * x[i] - y[i]);
                }
            }
            if (sum > limit) {
                return sum;
            }
        }
        return sum;
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
