package fathom.inference.diffusion.ensembling;

import java.util.Arrays;

/** A scale and a shift for each member of an ensemble: aligned = scale · member + shift. Immutable. */
public final class MemberAlignment {
    private static final float SMALLEST_RANGE = 1e-6f;

    private final double[] scales;
    private final double[] shifts;

    MemberAlignment(double[] scales, double[] shifts) {
        this.scales = scales.clone();
        this.shifts = shifts.clone();
    }

    /** Brings each member's range to 0 to 1; without shifts, its largest value to 1. In single precision, as published. */
    static MemberAlignment ofRanges(Members members, boolean shiftInvariant) {
        double[] scales = new double[members.count()];
        double[] shifts = new double[members.count()];
        for (int m = 0; m < scales.length; m++) {
            float least = Float.POSITIVE_INFINITY;
            float most = Float.NEGATIVE_INFINITY;
            for (float value : members.member(m)) {
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
            float scale = 1 / Math.max(shiftInvariant ? most - least : most, SMALLEST_RANGE);
            scales[m] = scale;
            shifts[m] = shiftInvariant ? -scale * least : 0;
        }
        return new MemberAlignment(scales, shifts);
    }

    /** Scales, then shifts where there are any, in one vector of {@code parameters}. */
    static MemberAlignment ofParameters(double[] parameters, int members) {
        double[] shifts = parameters.length == members
                ? new double[members]
                : Arrays.copyOfRange(parameters, members, 2 * members);
        return new MemberAlignment(Arrays.copyOf(parameters, members), shifts);
    }

    double[] toParameters(boolean shiftInvariant) {
        double[] parameters = Arrays.copyOf(scales, shiftInvariant ? 2 * scales.length : scales.length);
        if (shiftInvariant) {
            System.arraycopy(shifts, 0, parameters, scales.length, shifts.length);
        }
        return parameters;
    }

    /** Number of members. */
    public int members() {
        return scales.length;
    }

    /** {@return the factor of a member} */
    public double scale(int member) {
        return scales[member];
    }

    /** What is added to a member. */
    public double shift(int member) {
        return shifts[member];
    }

    /** Returns an aligned value, in single precision as published. */
    float apply(int member, float value) {
        return value * (float) scales[member] + (float) shifts[member];
    }

    @Override
    public String toString() {
        return "MemberAlignment[scales=" + Arrays.toString(scales) + ", shifts=" + Arrays.toString(shifts) + "]";
    }
}
