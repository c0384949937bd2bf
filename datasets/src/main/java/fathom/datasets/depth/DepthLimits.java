package fathom.datasets.depth;

/**
 * The range of depths in which a dataset's measurements can be trusted; a value outside it counts as missing.
 *
 * @param nearestMetres smallest trusted depth, 0 or more
 * @param farthestMetres largest trusted depth, above {@code nearestMetres}; infinite for no limit
 */
public record DepthLimits(double nearestMetres, double farthestMetres) {
    /** Every positive depth is trusted. */
    public static final DepthLimits NONE = new DepthLimits(0, Double.POSITIVE_INFINITY);

    public DepthLimits {
        if (!(nearestMetres >= 0 && farthestMetres > nearestMetres)) {
            throw new IllegalArgumentException("depth limits: expected 0 <= nearest < farthest, metres, found "
                    + nearestMetres + " and " + farthestMetres);
        }
    }
}
