package fathom.models.preprocessing;

import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.raster.resampling.Resampling;
import fathom.weights.Settings;

/**
 * Bytes to 0…1, resize of the floats without rounding, normalisation: the transforms of MiDaS and of the DPT
 * repository, where overshoots of the cubic kernel are kept.
 *
 * @param resize the size
 * @param resampling the kernel
 * @param normalisation from bytes to numbers
 */
public record ResizeFloats(ResizePolicy resize, Resampling resampling,
        Normalisation normalisation) implements Preparation {
    /**
     * The setting that names the kernel; its presence distinguishes this preprocessing from that of the Hub's
     * checkpoints.
     */
    public static final String KERNEL = "float_resampling";

    /**
     * Creates the preprocessing that {@code config} describes, with the names of DPT's
     * {@code preprocessor_config.json}.
     *
     * @param config the settings
     * @return the preprocessing
     */
    public static ResizeFloats of(Settings config) {
        Settings size = config.object("size").orElseThrow(() -> config.wrong("size", "height and width", "none"));
        int multiple = config.side("ensure_multiple_of", 1);
        ResizePolicy resize = config.flag("lower_bound", false)
                ? new ResizePolicy.AtLeast(size.side("height"), size.side("width"), multiple)
                : new ResizePolicy.Towards(size.side("height"), size.side("width"),
                        config.flag("keep_aspect_ratio", false), multiple);
        return new ResizeFloats(resize, Resampling.ofLabel(config.text(KERNEL)),
                ResizeAndNormalise.normalisation(config));
    }

    /**
     * Returns a copy that keeps or ignores the aspect ratio.
     *
     * @param keepAspect whether both sides are scaled by the same factor
     * @return the copy
     */
    public ResizeFloats keepingAspect(boolean keepAspect) {
        return new ResizeFloats(switch (resize) {
            case ResizePolicy.Towards towards ->
                new ResizePolicy.Towards(towards.height(), towards.width(), keepAspect, towards.multiple());
            case ResizePolicy.AtLeast atLeast -> atLeast;
            case ResizePolicy.DownToMultiple down -> down;
        }, resampling, normalisation);
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        ResizePolicy.Size size = resize.of(image.height(), image.width());
        FloatTensor units = normalisation.unitsOf(image);
        FloatTensor prepared = FloatTensor.allocate(3, size.height(), size.width());
        for (int channel = 0; channel < 3; channel++) {
            Plane target = prepared.plane(channel);
            resampling.resizeInto(units.plane(channel), target);
            normalisation.standardise(target, channel);
        }
        return prepared;
    }

    @Override
    public String policy() {
        return resize.label() + ", " + resampling.label() + " of floats";
    }

    @Override
    public Members definition() {
        return Members.NONE.with("method", "resize-floats").with("kernel", resampling.label())
                .with("normalisation", normalisation.definition()).with("resize", resize.definition());
    }
}
