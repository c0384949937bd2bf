package fathom.models.preprocessing;

import java.util.List;
import java.util.Optional;

import fathom.formats.json.JsonValue.Members;
import fathom.raster.FloatTensor;
import fathom.raster.RgbImage;
import fathom.raster.resampling.RgbResampling;
import fathom.weights.Settings;

/**
 * Resize of the bytes, rescaling, normalisation, zero padding: the image processor of DPT and the families that share
 * it.
 *
 * @param resize the size, if the picture is resized
 * @param resampling the kernel
 * @param normalisation from bytes to numbers
 * @param padMultiple both sides are padded to multiples of this; 1 for no padding
 */
public record ResizeAndNormalise(Optional<ResizePolicy> resize, RgbResampling resampling, Normalisation normalisation,
        int padMultiple) implements Preparation {
    /**
     * Creates the preprocessing that a {@code preprocessor_config.json} of DPT's image processor describes, in every
     * layout that the Hub contains, including {@code "size": 384}.
     *
     * @param config the settings
     * @return the preprocessing
     */
    public static ResizeAndNormalise of(Settings config) {
        ProcessorType.require(config, "DPT");
        Optional<ResizePolicy> resize = config.isOn("do_resize", true) ? Optional.of(resize(config)) : Optional.empty();
        int pad = config.isOn("do_pad", false) ? config.side("size_divisor") : 1;
        return new ResizeAndNormalise(resize, resampling(config, 3), normalisation(config), pad);
    }

    /**
     * Creates the preprocessing of GLPN: both sides rounded down to a multiple, bytes to 0…1.
     *
     * @param config the settings
     * @return the preprocessing
     */
    public static ResizeAndNormalise ofGlpn(Settings config) {
        ProcessorType.require(config, "GLPN");
        Normalisation normalisation = config.isOn("do_rescale", true)
                ? Normalisation.UNIT
                : new Normalisation(1, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
        Optional<ResizePolicy> resize = config.isOn("do_resize", true)
                ? Optional.of(new ResizePolicy.DownToMultiple(config.side("size_divisor", 32)))
                : Optional.empty();
        return new ResizeAndNormalise(resize, resampling(config, 2), normalisation, 1);
    }

    private static ResizePolicy resize(Settings config) {
        ResizePolicy.Size size = size(config, new ResizePolicy.Size(384, 384));
        return new ResizePolicy.Towards(size.height(), size.width(), config.flag("keep_aspect_ratio", false),
                config.side("ensure_multiple_of", 1));
    }

    /**
     * Returns the value of {@code size}: height and width, also as a list or, in the oldest layouts, one number for
     * both.
     *
     * @param config the settings
     * @param otherwise the default
     * @return the size
     */
    public static ResizePolicy.Size size(Settings config, ResizePolicy.Size otherwise) {
        if (!config.has("size")) {
            return otherwise;
        }
        if (config.isList("size")) {
            List<Integer> sides = config.sides("size");
            if (sides.size() != 2) {
                throw config.wrong("size", "height and width", sides);
            }
            return new ResizePolicy.Size(sides.get(0), sides.get(1));
        }
        if (!config.isObject("size")) {
            int side = config.side("size");
            return new ResizePolicy.Size(side, side);
        }
        Settings size = config.object("size").orElse(config);
        return new ResizePolicy.Size(size.side("height"), size.side("width"));
    }

    /**
     * Returns Pillow's kernel from its number in {@code resample}.
     *
     * @param config the settings
     * @param otherwise the default
     * @return the kernel
     */
    public static RgbResampling resampling(Settings config, int otherwise) {
        int resample = config.integer("resample", 0, otherwise);
        return switch (resample) {
            case 0 -> RgbResampling.PILLOW_NEAREST;
            case 1 -> RgbResampling.PILLOW_LANCZOS;
            case 2 -> RgbResampling.PILLOW_BILINEAR;
            case 3 -> RgbResampling.PILLOW_BICUBIC;
            case 4 -> RgbResampling.PILLOW_BOX;
            case 5 -> RgbResampling.PILLOW_HAMMING;
            default -> throw config.wrong("resample", "a number of Pillow's kernels, 0 to 5", resample);
        };
    }

    /**
     * Returns rescaling and normalisation from the settings.
     *
     * @param config the settings
     * @return the normalisation
     */
    public static Normalisation normalisation(Settings config) {
        double factor = config.isOn("do_rescale", true) ? config.positive("rescale_factor", 1 / 255.0) : 1;
        return config.isOn("do_normalize", true)
                ? new Normalisation(factor, channels(config, "image_mean"), deviations(config))
                : new Normalisation(factor, List.of(0f, 0f, 0f), List.of(1f, 1f, 1f));
    }

    private static List<Float> channels(Settings config, String field) {
        if (!config.has(field)) {
            return List.of(0.5f, 0.5f, 0.5f);
        }
        if (config.isNumber(field)) {
            float one = (float) config.number(field, 0);
            return List.of(one, one, one);
        }
        List<Float> values = config.numbers(field).stream().map(Double::floatValue).toList();
        if (values.size() != 3 || !values.stream().allMatch(Float::isFinite)) {
            throw config.wrong(field, "three numbers", values);
        }
        return values;
    }

    private static List<Float> deviations(Settings config) {
        List<Float> deviations = channels(config, "image_std");
        if (!deviations.stream().allMatch(deviation -> deviation > 0)) {
            throw config.wrong("image_std", "three numbers above 0", deviations);
        }
        return deviations;
    }

    /**
     * Returns a copy that keeps the aspect ratio.
     *
     * @param multiple smallest multiple of both sides
     * @return the copy
     */
    public ResizeAndNormalise keepingAspect(int multiple) {
        return new ResizeAndNormalise(resize.map(policy -> switch (policy) {
            case ResizePolicy.Towards(int height, int width, boolean keepAspect, int step) ->
                new ResizePolicy.Towards(height, width, true, Math.max(step, multiple));
            case ResizePolicy.AtLeast atLeast -> atLeast;
            case ResizePolicy.DownToMultiple down -> down;
        }), resampling, normalisation, padMultiple);
    }

    @Override
    public FloatTensor prepare(RgbImage image) {
        RgbImage resized = image;
        if (resize.isPresent()) {
            ResizePolicy.Size size = resize.get().of(image.height(), image.width());
            resized = resampling.resized(image, size.height(), size.width());
        }
        int height = Math.ceilDiv(resized.height(), padMultiple) * padMultiple;
        int width = Math.ceilDiv(resized.width(), padMultiple) * padMultiple;
        return normalisation.apply(resized, (height - resized.height()) / 2, (width - resized.width()) / 2, height,
                width);
    }

    @Override
    public String policy() {
        String size = resize.map(policy -> policy.label() + ", " + resampling.label()).orElse("not resized");
        return padMultiple > 1 ? size + ", padded to multiples of " + padMultiple : size;
    }

    @Override
    public Members definition() {
        Members definition = Members.NONE.with("method", "resize-bytes").with("kernel", resampling.label())
                .with("normalisation", normalisation.definition()).with("pad-multiple", padMultiple);
        return resize.map(policy -> definition.with("resize", policy.definition())).orElse(definition);
    }
}
