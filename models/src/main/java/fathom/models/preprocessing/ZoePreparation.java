package fathom.models.preprocessing;

import java.util.Optional;

import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.Padding;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.weights.Settings;

/**
 * The image processor of ZoeDepth: bytes to 0…1, a mirrored margin, resize of the floats with aligned corners,
 * normalisation. The prediction is resized with PyTorch's bicubic kernel to the picture with its margin, and the margin
 * is removed.
 *
 * @param padded whether the margin is added
 * @param resize the size, if the picture is resized
 * @param resampling the kernel
 * @param normalisation from bytes to numbers
 */
public record ZoePreparation(boolean padded, Optional<ResizePolicy> resize, Resampling resampling,
        Normalisation normalisation) implements Preparation {
    /**
     * Creates the preprocessing that a {@code preprocessor_config.json} describes.
     *
     * @param config the settings
     * @return the preprocessing
     */
    public static ZoePreparation of(Settings config) {
        ProcessorType.require(config, "ZoeDepth");
        int resample = config.integer("resample", 0, 2);
        Resampling resampling = switch (resample) {
            case 2 -> Resampling.TORCH_BILINEAR_ALIGN_CORNERS;
            case 3 -> Resampling.TORCH_BICUBIC_ALIGN_CORNERS;
            default -> throw config.wrong("resample", "2 or 3", resample);
        };
        Optional<ResizePolicy> resize = Optional.empty();
        if (config.isOn("do_resize", true)) {
            ResizePolicy.Size size = ResizeAndNormalise.size(config, new ResizePolicy.Size(384, 512));
            resize = Optional.of(new ResizePolicy.Towards(size.height(), size.width(),
                    config.flag("keep_aspect_ratio", true), config.side("ensure_multiple_of", 32)));
        }
        return new ZoePreparation(config.isOn("do_pad", true), resize, resampling,
                ResizeAndNormalise.normalisation(config));
    }

    private int margin(int extent) {
        return padded ? (int) (Math.sqrt(extent / 2.0) * 3) : 0;
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        int rows = margin(image.height());
        int columns = margin(image.width());
        int height = image.height() + 2 * rows;
        int width = image.width() + 2 * columns;
        ResizePolicy.Size size = resize.map(policy -> policy.of(height, width))
                .orElse(new ResizePolicy.Size(height, width));
        FloatTensor units = normalisation.unitsOf(image);
        FloatTensor prepared = FloatTensor.allocate(3, size.height(), size.width());
        for (int channel = 0; channel < 3; channel++) {
            Plane target = prepared.plane(channel);
            Plane padded = Padding.REFLECT.padded(units.plane(channel), rows, rows, columns, columns);
            resampling.resizeInto(padded, target);
            normalisation.standardise(target, channel);
        }
        return prepared;
    }

    @Override
    public Plane withoutMargin(Plane map, int imageHeight, int imageWidth) {
        int rows = margin(imageHeight);
        int columns = margin(imageWidth);
        if (rows == 0 && columns == 0) {
            return map;
        }
        return Resampling.TORCH_BICUBIC.resized(map, imageHeight + 2 * rows, imageWidth + 2 * columns)
                .crop(rows, columns, imageHeight, imageWidth).copy();
    }

    @Override
    public String policy() {
        String size = resize.map(policy -> policy.label() + ", " + resampling.label()).orElse("not resized");
        return padded ? "mirrored margin, " + size : size;
    }

    @Override
    public Members definition() {
        Members definition = Members.NONE.with("method", "zoedepth").with("kernel", resampling.label())
                .with("normalisation", normalisation.definition()).with("mirrored-margin", padded);
        return resize.map(policy -> definition.with("resize", policy.definition())).orElse(definition);
    }
}
