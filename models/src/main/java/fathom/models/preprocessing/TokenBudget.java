package fathom.models.preprocessing;

import java.util.List;

import fathom.formats.json.JsonValue;
import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;

/**
 * The preprocessing of MoGe ({@code MoGeModel.forward} of microsoft/MoGe): the picture as 0…1 is resized, by PyTorch's
 * bilinear kernel with antialiasing, to about the requested number of patches in the picture's aspect ratio, and
 * normalised.
 *
 * @param tokens number of patches
 * @param patch side of a patch, pixels
 * @param mean subtracted from each channel of 0…1
 * @param deviation divisor of each channel
 */
public record TokenBudget(int tokens, int patch, List<Float> mean, List<Float> deviation) implements Preparation {
    /** ImageNet's mean. */
    public static final List<Float> MEAN = List.of(0.485f, 0.456f, 0.406f);
    /** ImageNet's deviation. */
    public static final List<Float> DEVIATION = List.of(0.229f, 0.224f, 0.225f);

    /** Validates the components and copies the collections. */
    public TokenBudget {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (tokens < 1 || patch < 1) {
            throw new IllegalArgumentException(
                    "tokens and patch: expected at least 1 each, found " + tokens + " and " + patch);
        }
        int most = maxTokens(patch);
        if (tokens > most) {
            throw new IllegalArgumentException("num_tokens: expected at most " + most + " patches of " + patch + "×"
                    + patch + " pixels, found " + tokens);
        }
    }

    /**
     * Returns the largest number of patches of a picture.
     *
     * @param patch side of a patch, pixels
     * @return the number of patches
     */
    public static int maxTokens(int patch) {
        return InputBound.MAX_PIXELS / patch / patch;
    }

    /**
     * Returns the rows of patches of a picture.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return rows of patches
     */
    public int rows(int imageHeight, int imageWidth) {
        return Math.max(1, (int) Math.rint(Math.sqrt(tokens / ((double) imageWidth / imageHeight))));
    }

    /**
     * Returns the columns of patches of a picture.
     *
     * @param imageHeight rows of the picture
     * @param imageWidth columns of the picture
     * @return columns of patches
     */
    public int columns(int imageHeight, int imageWidth) {
        return Math.max(1, (int) Math.rint(Math.sqrt(tokens * ((double) imageWidth / imageHeight))));
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        int height = patch * rows(image.height(), image.width());
        int width = patch * columns(image.height(), image.width());
        FloatTensor units = Normalisation.UNIT.apply(image);
        FloatTensor prepared = FloatTensor.allocate(3, height, width);
        float[] values = prepared.values();
        for (int channel = 0; channel < 3; channel++) {
            Resampling.TORCH_BILINEAR_ANTIALIAS.resizeInto(units.plane(channel), prepared.plane(channel));
            int start = channel * height * width;
            float centre = mean.get(channel);
            float spread = deviation.get(channel);
            for (int i = start; i < start + height * width; i++) {
                values[i] = (values[i] - centre) / spread;
            }
        }
        return prepared;
    }

    @Override
    public String policy() {
        return "about " + tokens + " patches of " + patch + " pixels (" + Resampling.TORCH_BILINEAR_ANTIALIAS.label()
                + ")";
    }

    @Override
    public Members definition() {
        return Members.NONE.with("method", "token-budget").with("tokens", tokens).with("patch", patch)
                .with("kernel", Resampling.TORCH_BILINEAR_ANTIALIAS.label()).with("mean", JsonValue.ofFloats(mean))
                .with("deviation", JsonValue.ofFloats(deviation));
    }
}
