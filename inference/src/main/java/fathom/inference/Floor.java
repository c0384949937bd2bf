package fathom.inference;

import java.util.Arrays;

import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelIdentity;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * A baseline without parameters: points lower in the picture are nearer. It does not read the pixels.
 *
 * <p>A camera without roll sees every point of a floor, for any height and pitch, at an inverse depth that is
 * affine in the row: 1/z = a·row + b. The value is (row + 0.5) / H, between 0 at the top edge and 1 at the bottom edge;
 * alignment fits a and b.
 */
final class Floor implements DepthEstimator {
    private static final ModelDescription DESCRIPTION = new ModelDescription("floor", "formula",
            DepthKind.AFFINE_INVERSE, "torch-bilinear", "size of the picture only", 0, "Apache-2.0", "formula",
            ModelIdentity.NONE);

    @Override
    public ModelDescription description() {
        return DESCRIPTION;
    }

    @Override
    public PreparedInput prepare(RgbImage image) {
        return new PreparedInput.SizeOnly(image.height(), image.width());
    }

    @Override
    public Estimate run(PreparedInput input) {
        int height = input.imageHeight();
        int width = input.imageWidth();
        Plane inverseDepth = Plane.allocate(height, width);
        for (int row = 0; row < height; row++) {
            int from = inverseDepth.rowStart(row);
            Arrays.fill(inverseDepth.array(), from, from + width, (row + 0.5f) / height);
        }
        return Estimate.of(new Prediction(DepthKind.AFFINE_INVERSE, inverseDepth));
    }

    @Override
    public void close() {}
}
