package fathom.datasets.depth;

/**
 * The range of depths in which the measurements of a dataset are valid. A value outside it counts as missing.
 *
 * @param nearestMetres the smallest valid depth in metres, 0 or more
 * @param farthestMetres the largest valid depth in metres, above {@code nearestMetres}; infinite for no limit
 */
public record DepthLimits(double nearestMetres, double farthestMetres) {
    /** No limits: every positive depth is valid. */
    public static final DepthLimits NONE = new DepthLimits(0, Double.POSITIVE_INFINITY);

    /** Checks the order of the limits. */
    public DepthLimits {
        if (!(nearestMetres >= 0 && farthestMetres > nearestMetres)) {
            throw new IllegalArgumentException("depth limits: expected 0 <= nearest < farthest, metres, found "
                    + nearestMetres + " and " + farthestMetres);
        }
    }
}
