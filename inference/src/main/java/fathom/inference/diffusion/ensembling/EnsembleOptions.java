package fathom.inference.diffusion.ensembling;

/**
 * The methods that combine several predictions of one picture.
 *
 * @param alignment the method that finds scale and shift of each member
 * @param reduction the method that combines aligned members
 * @param shiftInvariant whether members are known up to scale and shift, as Marigold's are; otherwise up to scale only
 */
public record EnsembleOptions(Alignment alignment, Reduction reduction, boolean shiftInvariant) {
    /** The method that finds scale and shift of each member. */
    public enum Alignment {
        /**
         * The objective of Marigold (Ke et al., CVPR 2024, section 3.3), started from the ranges of the members, with at
         * most two quasi-Newton iterations as in diffusers, in double precision. The limit matters: for three or more
         * members the optimum of the objective is degenerate (all scales 0).
         */
        DIFFUSERS,
        /**
         * The same objective in the single-precision arithmetic and with the 50 iterations of the original program.
         * Rounding errors dominate its finite differences, so the result is the ranges of the members or a random step
         * away from them.
         */
        ORIGINAL,
        /** Maps the range of each member to 0 to 1. */
        RANGE,
        /** A robust least-squares fit of each member to the median of all members; well posed. */
        LEAST_SQUARES
    }

    /** The method that combines aligned members. */
    public enum Reduction {
        /** The lower median, with the median absolute deviation as uncertainty. */
        MEDIAN,
        /** The mean, with the unbiased standard deviation as uncertainty. */
        MEAN
    }

    /** {@return the options of diffusers for Marigold} */
    public static EnsembleOptions defaults() {
        return new EnsembleOptions(Alignment.DIFFUSERS, Reduction.MEDIAN, true);
    }

    /**
     * Returns a copy with another alignment.
     *
     * @param alignment the alignment
     * @return the copy
     */
    public EnsembleOptions withAlignment(Alignment alignment) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }

    /**
     * Returns a copy with another reduction.
     *
     * @param reduction the reduction
     * @return the copy
     */
    public EnsembleOptions withReduction(Reduction reduction) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }

    /**
     * Returns a copy for members of another invariance.
     *
     * @param shiftInvariant whether members are known up to scale and shift; otherwise up to scale only
     * @return the copy
     */
    public EnsembleOptions withShiftInvariant(boolean shiftInvariant) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }
}
