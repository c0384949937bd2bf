package fathom.inference.diffusion.ensembling;

import java.util.Arrays;

/**
 * A well-posed alignment. It alternates between the median of the members, normalised to mean 0 and deviation 1, and the
 * affine fit of every member to it, in closed form. The normalisation of the median prevents all scales from becoming 0.
 * Members are fitted to the median, and not the median to them, so that their noise does not shrink them. Pixels far
 * from a fit have less weight (Huber's weights), so a member that is wrong in one region still fits in the others.
 */
final class LeastSquaresAlignment {
    private static final int MAX_PIXELS = 1 << 16;
    private static final int MAX_ROUNDS = 50;
    private static final double CONVERGED = 1e-7;
    /** Huber's threshold for 95 % efficiency on normal residuals, in standard deviations. */
    private static final double HUBER = 1.345;
    /** The ratio of standard deviation and median absolute deviation of a normal distribution. */
    private static final double DEVIATION_OF_MEDIAN = 1.4826;
    /**
     * The smallest share of a member's deviation that its fit must explain. Below it, the member is assumed to show
     * something else than the others.
     */
    private static final double MIN_SLOPE = 0.05;

    /** member ≈ slope · reference + offset. */
    private record Fit(double slope, double offset) {}

    private final double[][] members;
    private final boolean shiftInvariant;
    private final int pixels;

    private LeastSquaresAlignment(Members members, boolean shiftInvariant) {
        this.shiftInvariant = shiftInvariant;
        int every = Math.ceilDiv(members.pixels(), MAX_PIXELS);
        this.pixels = Math.ceilDiv(members.pixels(), every);
        this.members = new double[members.count()][pixels];
        for (int m = 0; m < members.count(); m++) {
            for (int i = 0; i < pixels; i++) {
                this.members[m][i] = members.value(m, i * every);
            }
        }
    }

    static MemberAlignment find(Members members, boolean shiftInvariant) {
        return new LeastSquaresAlignment(members, shiftInvariant).find();
    }

    private MemberAlignment find() {
        Fit[] fits = new Fit[members.length];
        Arrays.setAll(fits, m -> own(members[m]));
        double[] reference = new double[pixels];
        for (int round = 0; round < MAX_ROUNDS; round++) {
            medianInto(reference, fits);
            standardise(reference);
            double change = 0;
            for (int m = 0; m < fits.length; m++) {
                Fit fit = fitted(members[m], reference, fits[m], round > 0);
                double size = Math.abs(fit.slope());
                change = Math.max(change, Math.abs(fit.slope() - fits[m].slope()) / size);
                change = Math.max(change, Math.abs(fit.offset() - fits[m].offset()) / size);
                fits[m] = fit;
            }
            if (change < CONVERGED) {
                break;
            }
        }
        return alignment(fits, reference);
    }

    /** Returns the deviation and mean of a member: its fit to itself after standardisation. */
    private Fit own(double[] member) {
        double mean = shiftInvariant ? Arrays.stream(member).sum() / pixels : 0;
        double sum = 0;
        for (double value : member) {
            sum += (value - mean) * (value - mean);
        }
        double deviation = Math.sqrt(sum / pixels);
        return new Fit(deviation > 0 ? deviation : 1, mean);
    }

    private void standardise(double[] reference) {
        Fit own = own(reference);
        for (int i = 0; i < pixels; i++) {
            reference[i] = (reference[i] - own.offset()) / own.slope();
        }
    }

    private void medianInto(double[] reference, Fit[] fits) {
        double[] pixel = new double[fits.length];
        for (int i = 0; i < pixels; i++) {
            for (int m = 0; m < fits.length; m++) {
                pixel[m] = (members[m][i] - fits[m].offset()) / fits[m].slope();
            }
            Arrays.sort(pixel);
            reference[i] = (pixel[(pixel.length - 1) / 2] + pixel[pixel.length / 2]) / 2;
        }
    }

    private Fit fitted(double[] member, double[] reference, Fit before, boolean weighted) {
        double threshold = weighted ? HUBER * deviation(member, reference, before) : 0;
        double w = 0;
        double wr = 0;
        double wd = 0;
        double wrr = 0;
        double wrd = 0;
        for (int i = 0; i < pixels; i++) {
            double residual = Math.abs(member[i] - before.slope() * reference[i] - before.offset());
            double weight = threshold > 0 && residual > threshold ? threshold / residual : 1;
            w += weight;
            wr += weight * reference[i];
            wd += weight * member[i];
            wrr += weight * reference[i] * reference[i];
            wrd += weight * reference[i] * member[i];
        }
        double slope = shiftInvariant ? (w * wrd - wr * wd) / (w * wrr - wr * wr) : wrd / wrr;
        Fit own = own(member);
        if (!(slope > MIN_SLOPE * own.slope())) {
            return own;
        }
        return new Fit(slope, shiftInvariant ? (wd - slope * wr) / w : 0);
    }

    private double deviation(double[] member, double[] reference, Fit fit) {
        double[] residuals = new double[pixels];
        for (int i = 0; i < pixels; i++) {
            residuals[i] = Math.abs(member[i] - fit.slope() * reference[i] - fit.offset());
        }
        Arrays.sort(residuals);
        return DEVIATION_OF_MEDIAN * residuals[pixels / 2];
    }

    /** Returns the alignment in which the reference ranges from 0 to 1. */
    private MemberAlignment alignment(Fit[] fits, double[] reference) {
        double most = Arrays.stream(reference).max().orElse(1);
        double least = shiftInvariant ? Arrays.stream(reference).min().orElse(0) : 0;
        double range = most > least ? most - least : 1;
        double[] scales = new double[fits.length];
        double[] shifts = new double[fits.length];
        for (int m = 0; m < fits.length; m++) {
            scales[m] = 1 / (fits[m].slope() * range);
            shifts[m] = shiftInvariant ? (-fits[m].offset() / fits[m].slope() - least) / range : 0;
        }
        return new MemberAlignment(scales, shifts);
    }
}
