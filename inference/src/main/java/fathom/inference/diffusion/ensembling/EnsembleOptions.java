package fathom.inference.diffusion.ensembling;

/**
 * How several predictions of one picture become one.
 *
 * @param alignment how the members' scales and shifts are found
 * @param reduction how aligned members become one value
 * @param shiftInvariant whether members are known up to scale and shift, as Marigold's are; else up to scale alone
 */
public record EnsembleOptions(Alignment alignment, Reduction reduction, boolean shiftInvariant) {
    /** How the members' scales and shifts are found. */
    public enum Alignment {
        /**
         * The objective of Marigold (Ke et al., CVPR 2024, section 3.3) from the members' own ranges, two quasi-Newton
         * iterations as diffusers caps it, in double precision. The cap matters: the objective's optimum is degenerate,
         * all scales 0, for three or more members.
         */
        DIFFUSERS,
        /**
         * The same in the single-precision arithmetic and with the 50 iterations of the original program. Its finite
         * differences drown in rounding, so what it finds is the members' own ranges or a chance step away from them.
         */
        ORIGINAL,
        /** Each member's own range to 0 to 1, nothing more. */
        RANGE,
        /** Every member fitted to the others' median in the least-squares sense, outliers down-weighted: well posed. */
        LEAST_SQUARES
    }

    /** How aligned members become one value. */
    public enum Reduction {
        /** The lower median, with the median absolute deviation as uncertainty. */
        MEDIAN,
        /** The mean, with the unbiased standard deviation as uncertainty. */
        MEAN
    }

    /** As diffusers does for Marigold. */
    public static EnsembleOptions defaults() {
        return new EnsembleOptions(Alignment.DIFFUSERS, Reduction.MEDIAN, true);
    }

    /** {@return the same with another alignment} */
    public EnsembleOptions withAlignment(Alignment alignment) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }

    /** {@return the same with another reduction} */
    public EnsembleOptions withReduction(Reduction reduction) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }

    /** {@return the same for members known up to scale and shift, or up to scale alone} */
    public EnsembleOptions withShiftInvariant(boolean shiftInvariant) {
        return new EnsembleOptions(alignment, reduction, shiftInvariant);
    }
}
