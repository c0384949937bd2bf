package snippets;

import java.util.List;
import java.util.Set;

import fathom.raster.AuxiliaryMap;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.ValueStatistics;
import fathom.raster.resampling.AreaReduction;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;

/** The examples of the Javadoc of {@code fathom.raster}. {@link RasterSnippetsTest} runs them. */
final class RasterSnippets {
    private RasterSnippets() {}

    static Plane plane() {
        // @start region="plane"
        Plane depth = Plane.wrap(new float[]{1, 2, 3, 4, 5, 6}, 2, 3); // [2, 3]
        Plane right = depth.crop(0, 1, 2, 2); // [[2, 3], [5, 6]], stride 3, no copy
        right.set(0, 0, 9); // also changes depth.get(0, 1)
        for (int row = 0; row < right.height(); row++) {
            int start = right.rowStart(row);
            for (int i = start; i < start + right.width(); i++) {
                right.array()[i] *= 2;
            }
        }
        // @end
        return depth;
    }

    static Mask mask() {
        // @start region="mask"
        Plane depth = Plane.wrap(new float[]{0, 1.5f, Float.NaN, 2.5f}, 2, 2);
        Mask measured = Mask.ofPositive(depth); // false, true, false, true
        Mask near = Mask.where(depth, value -> value < 2); // true, true, false, false
        Mask both = measured.and(near); // false, true, false, false
        // @end
        return both;
    }

    static Plane tensor() {
        // @start region="tensor"
        FloatTensor rgb = FloatTensor.allocate(1, 3, 384, 512); // [N, C, H, W], zeros
        FloatTensor first = rgb.reshaped(3, 384, 512); // a view
        Plane green = first.plane(1); // [384, 512], a view
        green.set(0, 0, 1); // rgb.values()[384 * 512] is now 1
        // @end
        return green;
    }

    static Plane prediction(Plane values) {
        // @start region="prediction"
        Prediction prediction = new Prediction(DepthKind.AFFINE_INVERSE, values);
        Prediction atImageSize = prediction
                .withValues(Resampling.TORCH_BILINEAR.resized(prediction.values(), 480, 640));
        boolean largerIsNearer = atImageSize.kind().isInverse(); // true
        // @end
        return largerIsNearer ? atImageSize.values() : values;
    }

    static Set<String> auxiliary(Plane x, Plane y, Plane z, Plane sigma) {
        // @start region="auxiliary"
        AuxiliaryMap normal = new AuxiliaryMap("normal", AuxiliaryMap.Kind.NORMAL, "", List.of(x, y, z));
        AuxiliaryMap uncertainty = AuxiliaryMap.of("uncertainty", AuxiliaryMap.Kind.UNCERTAINTY, "m", sigma);
        Set<String> names = normal.components().keySet(); // normal_x, normal_y, normal_z
        Plane metres = uncertainty.plane();
        // @end
        return metres == sigma ? names : Set.of();
    }

    static MeasuredDepth measured() {
        // @start region="measured"
        Plane stored = Plane.wrap(new float[]{1500, 0}, 1, 2); // millimetres, 0 is missing
        Plane metres = Plane.wrap(new float[]{1.5f, 0}, 1, 2);
        MeasuredDepth depth = new MeasuredDepth(stored, metres, Mask.ofPositive(metres));
        // @end
        return depth;
    }

    static float[] intrinsics() {
        // @start region="intrinsics"
        Intrinsics camera = Intrinsics.fromFieldOfView(90, 480, 640); // fx = fy = 320
        Intrinsics half = camera.resized(480, 640, 240, 320); // fx = fy = 160
        Plane depth = Plane.allocate(240, 320);
        depth.set(0, 0, 2); // metres
        float[] points = half.unproject(depth); // X, Y, Z of pixel (0, 0) are points[0], points[1], points[2]
        // @end
        return points;
    }

    static RgbImage rgb() {
        // @start region="rgb"
        RgbImage image = RgbImage.allocate(2, 2); // black
        image.array()[image.rowStart(0)] = (byte) 200; // red of pixel (0, 0)
        int red = image.get(0, 0, 0); // 200
        RgbImage corner = image.crop(0, 0, 1, 1); // a view
        // @end
        return red == 200 ? corner : image;
    }

    static double statistics() {
        // @start region="statistics"
        Plane depth = Plane.wrap(new float[]{1, 2, 3, Float.NaN, 10}, 1, 5);
        ValueStatistics statistics = ValueStatistics.ofFinite(depth); // of 1, 2, 3, 10
        double low = statistics.quantile(0.02); // 1.06
        double median = statistics.median(); // 2.5
        // @end
        return low + median;
    }

    static Plane resampling(Plane depth) {
        // @start region="resampling"
        Plane atImageSize = Resampling.TORCH_BILINEAR.resized(depth, 480, 640); // [480, 640]
        Resampling.OPENCV_NEAREST.resizeInto(depth, atImageSize); // overwrites it
        Plane doubled = Resampling.TORCH_BICUBIC.scaled(depth, 2, 2); // [2 * H, 2 * W]
        // @end
        return doubled;
    }

    static RgbImage rgbResampling(RgbImage image) {
        // @start region="rgbResampling"
        RgbImage input = RgbResampling.PILLOW_BICUBIC.resized(image, 384, 384); // [384, 384, 3]
        // @end
        return input;
    }

    static Plane area() {
        // @start region="area"
        Plane depth = Plane.wrap(new float[]{1, 2, 3}, 1, 3);
        Plane reduced = AreaReduction.ofFinite(depth, 1, 2); // 1.333, 2.667
        // @end
        return reduced;
    }
}
