package fathom.inference.diffusion.ensembling;

import java.util.Arrays;

/** The scale and shift of each member of an ensemble: aligned = scale · member + shift. Immutable. */
public final class MemberAlignment {
    private static final float MIN_RANGE = 1e-6f;

    private final double[] scales;
    private final double[] shifts;

    MemberAlignment(double[] scales, double[] shifts) {
        this.scales = scales.clone();
        this.shifts = shifts.clone();
    }

    /**
     * Returns the alignment that maps the range of each member to 0 to 1, or without shifts its largest value to 1.
     * Computed in single precision, as published.
     */
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
            float scale = 1 / Math.max(shiftInvariant ? most - least : most, MIN_RANGE);
            scales[m] = scale;
            shifts[m] = shiftInvariant ? -scale * least : 0;
        }
        return new MemberAlignment(scales, shifts);
    }

    /** Returns the alignment of a parameter vector: the scales, then the shifts if there are any. */
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

    /** {@return the number of members} */
    public int members() {
        return scales.length;
    }

    /**
     * Returns the scale of a member.
     *
     * @param member the index of the member, from 0
     * @return the factor
     */
    public double scale(int member) {
        return scales[member];
    }

    /**
     * Returns the shift of a member.
     *
     * @param member the index of the member, from 0
     * @return the number that is added after scaling
     */
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
