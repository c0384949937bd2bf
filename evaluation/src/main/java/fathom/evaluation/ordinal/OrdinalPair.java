package fathom.evaluation.ordinal;

import fathom.raster.DepthKind;
import fathom.raster.Plane;

/**
 * Two points of an image and which of them is nearer.
 *
 * @param firstRow row of the first point, pixels from 0
 * @param firstColumn column of the first point, pixels from 0
 * @param secondRow row of the second point, pixels from 0
 * @param secondColumn column of the second point, pixels from 0
 * @param truth which one is nearer
 * @param weight how much the pair counts, 0 or more, finite
 */
public record OrdinalPair(int firstRow, int firstColumn, int secondRow, int secondColumn, OrdinalRelation truth,
        double weight) {
    /**
     * Validates the pair.
     *
     * @throws IllegalArgumentException if a coordinate or the weight is below 0, or the weight is not finite
     */
    public OrdinalPair {
        if (firstRow < 0 || firstColumn < 0 || secondRow < 0 || secondColumn < 0) {
            throw new IllegalArgumentException("points: expected rows and columns of 0 or more, found (" + firstRow
                    + ", " + firstColumn + ") and (" + secondRow + ", " + secondColumn + ")");
        }
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("weight: expected a finite number of 0 or more, found " + weight);
        }
    }

    /** {@return the same pair with its points exchanged} */
    public OrdinalPair swapped() {
        return new OrdinalPair(secondRow, secondColumn, firstRow, firstColumn, truth.swapped(), weight);
    }

    /**
     * {@return the relation that a prediction gives the two points} Values closer than the threshold are
     * {@link OrdinalRelation#EQUAL}: with positive values a and b if neither a/b nor b/a is above 1 + {@code threshold}.
     * With threshold 0 only the order of the values matters, so they may have any sign. If one value is NaN, or the
     * threshold is above 0 and one value is not above 0, there is no relation and the result is
     * {@link OrdinalRelation#EQUAL} as well.
     *
     * @param prediction predicted values, [H, W]
     * @param kind whether the larger value is farther or nearer
     * @param threshold 0 or more
     * @throws IllegalArgumentException if a point is outside the prediction or the threshold is below 0
     */
    public OrdinalRelation predicted(Plane prediction, DepthKind kind, double threshold) {
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException("threshold: expected 0 or more, found " + threshold);
        }
        double first = value(prediction, firstRow, firstColumn);
        double second = value(prediction, secondRow, secondColumn);
        if (threshold > 0 && !(first > 0 && second > 0)) {
            return OrdinalRelation.EQUAL;
        }
        boolean firstLarger = threshold > 0 ? first / second > 1 + threshold : first > second;
        boolean secondLarger = threshold > 0 ? second / first > 1 + threshold : second > first;
        if (firstLarger) {
            return kind.isInverse() ? OrdinalRelation.FIRST_NEARER : OrdinalRelation.SECOND_NEARER;
        }
        if (secondLarger) {
            return kind.isInverse() ? OrdinalRelation.SECOND_NEARER : OrdinalRelation.FIRST_NEARER;
        }
        return OrdinalRelation.EQUAL;
    }

    private static double value(Plane prediction, int row, int column) {
        if (row >= prediction.height() || column >= prediction.width()) {
            throw new IllegalArgumentException("point (" + row + ", " + column + "): expected inside ["
                    + prediction.height() + ", " + prediction.width() + "]; resize the prediction to the image");
        }
        return prediction.get(row, column);
    }
}
