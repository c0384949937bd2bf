package fathom.inference.diffusion.ensembling;

import java.util.List;

import fathom.raster.Plane;

/**
 * The combination of several predictions of one picture (Ke et al., CVPR 2024, section 3.3).
 *
 * @param depth [H, W], 0 to 1, near to far
 * @param uncertainty [H, W], the spread of the aligned members in the unit of {@code depth}
 * @param alignment the scale and shift of each member
 */
public record Ensemble(Plane depth, Plane uncertainty, MemberAlignment alignment) {
    private static final float MIN_RANGE = 1e-6f;

    /**
     * Aligns the members, reduces them to one map and normalises it to the range 0 to 1. Members that are known up to
     * scale only are normalised to a largest value of 1.
     *
     * @param members at least one map, all of one size, [H, W]
     * @param options the methods of alignment and reduction
     * @return the combined map with its uncertainty
     * @throws IllegalArgumentException if the sizes differ or a value is not finite
     */
    public static Ensemble of(List<Plane> members, EnsembleOptions options) {
        Members all = Members.of(members);
        Members seen = all.shrunkForAlignment();
        MemberAlignment alignment = switch (options.alignment()) {
            case RANGE -> MemberAlignment.ofRanges(seen, options.shiftInvariant());
            case DIFFUSERS -> PublishedAlignment.find(seen, options, 2, 1e-3, PublishedAlignment.Arithmetic.DOUBLE);
            case ORIGINAL -> PublishedAlignment.find(seen, options, 50, 1e-6, PublishedAlignment.Arithmetic.SINGLE);
            case LEAST_SQUARES -> LeastSquaresAlignment.find(seen, options.shiftInvariant());
        };
        return reduced(all, alignment, options);
    }

    private static Ensemble reduced(Members members, MemberAlignment alignment, EnsembleOptions options) {
        int count = members.count();
        Plane depth = Plane.allocate(members.height(), members.width());
        Plane uncertainty = Plane.allocate(members.height(), members.width());
        float[] pixel = new float[count];
        Reducer reducer = new Reducer(options.reduction(), count);
        for (int i = 0; i < members.pixels(); i++) {
            for (int m = 0; m < count; m++) {
                pixel[m] = alignment.apply(m, members.value(m, i));
            }
            float middle = reducer.reduce(pixel);
            depth.array()[i] = middle;
            uncertainty.array()[i] = reducer.spread(pixel, middle);
        }
        normalise(depth.array(), uncertainty.array(), options.shiftInvariant());
        return new Ensemble(depth, uncertainty, alignment);
    }

    private static void normalise(float[] depth, float[] uncertainty, boolean shiftInvariant) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : depth) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        float from = shiftInvariant ? least : 0;
        float range = Math.max(most - from, MIN_RANGE);
        for (int i = 0; i < depth.length; i++) {
            depth[i] = (depth[i] - from) / range;
            uncertainty[i] /= range;
        }
    }
}
