package fathom.models.preprocessing;

import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.weights.Settings;

/**
 * Normalisation, then a resize of the floats to a size as PyTorch's bilinear kernel does it, without antialiasing: the
 * image processor of Depth Pro.
 *
 * @param height rows of the input
 * @param width columns of the input
 * @param normalisation from bytes to numbers
 */
public record NormaliseAndStretch(int height, int width, Normalisation normalisation) implements Preparation {
    /**
     * Creates the preprocessing that a {@code preprocessor_config.json} describes.
     *
     * @param config the settings
     * @param side side of the network's square input
     * @return the preprocessing
     */
    public static NormaliseAndStretch of(Settings config, int side) {
        ProcessorType.require(config, "DepthPro");
        if (!config.isOn("do_resize", true)) {
            throw config.wrong("do_resize", "true, because the network has one input size", false);
        }
        ResizePolicy.Size size = ResizeAndNormalise.size(config, new ResizePolicy.Size(side, side));
        if (size.height() != side || size.width() != side) {
            throw config.wrong("size", side + "×" + side + ", which the network takes",
                    size.height() + "×" + size.width());
        }
        int resample = config.integer("resample", 0, 2);
        if (resample != 2) {
            throw config.wrong("resample", "2, bilinear", resample);
        }
        return new NormaliseAndStretch(side, side, ResizeAndNormalise.normalisation(config));
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        FloatTensor whole = normalisation.apply(image);
        FloatTensor stretched = FloatTensor.allocate(3, height, width);
        for (int channel = 0; channel < 3; channel++) {
            Resampling.TORCH_BILINEAR.resizeInto(whole.plane(channel), stretched.plane(channel));
        }
        return stretched;
    }

    @Override
    public String policy() {
        return "normalised, then stretched to " + width + "×" + height + " (" + Resampling.TORCH_BILINEAR.label() + ")";
    }

    @Override
    public Members definition() {
        return Members.NONE.with("method", "normalise-and-stretch").with("kernel", Resampling.TORCH_BILINEAR.label())
                .with("normalisation", normalisation.definition()).with("height", height).with("width", width);
    }
}
