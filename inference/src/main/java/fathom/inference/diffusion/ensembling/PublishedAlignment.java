package fathom.inference.diffusion.ensembling;

import java.util.Arrays;
import java.util.function.ToDoubleFunction;

/**
 * The alignment of Marigold (Ke et al., CVPR 2024, equation 5). It minimises the pairwise root mean square distances of
 * the aligned members plus 0.02 times the distance of the reduced map's range from 0 to 1, by BFGS with forward
 * differences, starting from the ranges of the members.
 */
final class PublishedAlignment {
    /** The precision of the objective. */
    enum Arithmetic {
        /** Double precision, in which the finite differences are meaningful. */
        DOUBLE,
        /** The precision of PyTorch: parameters, aligned maps and distances are rounded to float32. */
        SINGLE
    }

    private static final double REGULARISER = 0.02;

    private final Members members;
    private final Reducer reducer;
    private final EnsembleOptions.Reduction reduction;
    private final Arithmetic arithmetic;

    private PublishedAlignment(Members members, EnsembleOptions options, Arithmetic arithmetic) {
        this.members = members;
        this.reduction = options.reduction();
        this.reducer = new Reducer(reduction, members.count());
        this.arithmetic = arithmetic;
    }

    static MemberAlignment find(Members members, EnsembleOptions options, int iterations, double tolerance,
            Arithmetic arithmetic) {
        PublishedAlignment objective = new PublishedAlignment(members, options, arithmetic);
        double[] start = MemberAlignment.ofRanges(members, options.shiftInvariant())
                .toParameters(options.shiftInvariant());
        ToDoubleFunction<double[]> cost = objective::cost;
        double[] best = Bfgs.minimise(cost, start, iterations, tolerance);
        return MemberAlignment.ofParameters(best, members.count());
    }

    double cost(double[] parameters) {
        MemberAlignment alignment = MemberAlignment.ofParameters(parameters, members.count());
        return switch (arithmetic) {
            case DOUBLE -> costInDouble(alignment);
            case SINGLE -> costInSingle(alignment);
        };
    }

    private double costInDouble(MemberAlignment alignment) {
        int count = members.count();
        double[] pairs = new double[count * count];
        double[] pixel = new double[count];
        double[] sorted = new double[count];
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < members.pixels(); i++) {
            for (int m = 0; m < count; m++) {
                pixel[m] = alignment.scale(m) * members.value(m, i) + alignment.shift(m);
                for (int other = 0; other < m; other++) {
                    double difference = pixel[other] - pixel[m];
                    pairs[other * count + m] += difference * difference;
                }
            }
            double middle = reduce(pixel, sorted);
            least = Math.min(least, middle);
            most = Math.max(most, middle);
        }
        double cost = 0;
        for (double sum : pairs) {
            cost += Math.sqrt(sum / members.pixels());
        }
        return cost + REGULARISER * (Math.abs(least) + Math.abs(1 - most));
    }

    private double reduce(double[] pixel, double[] sorted) {
        return switch (reduction) {
            case MEDIAN -> {
                System.arraycopy(pixel, 0, sorted, 0, sorted.length);
                Arrays.sort(sorted);
                yield sorted[(sorted.length - 1) / 2];
            }
            case MEAN -> {
                double sum = 0;
                for (double value : pixel) {
                    sum += value;
                }
                yield sum / pixel.length;
            }
        };
    }

    private double costInSingle(MemberAlignment alignment) {
        int count = members.count();
        double[] pairs = new double[count * count];
        float[] pixel = new float[count];
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < members.pixels(); i++) {
            for (int m = 0; m < count; m++) {
                pixel[m] = alignment.apply(m, members.value(m, i));
                for (int other = 0; other < m; other++) {
                    float difference = pixel[other] - pixel[m];
                    pairs[other * count + m] += difference * difference;
                }
            }
            float middle = reducer.reduce(pixel);
            least = Math.min(least, middle);
            most = Math.max(most, middle);
        }
        double cost = 0;
        for (double sum : pairs) {
            cost += (float) Math.sqrt((float) (sum / members.pixels()));
        }
        return cost + REGULARISER * (Math.abs(least) + Math.abs(1 - most));
    }
}
