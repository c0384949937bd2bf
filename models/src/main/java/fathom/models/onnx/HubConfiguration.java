package fathom.models.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import fathom.models.preprocessing.Normalisation;
import fathom.models.preprocessing.ResizeAndNormalise;
import fathom.models.preprocessing.ResizePolicy;
import fathom.models.registry.Architectures;
import fathom.raster.DepthKind;
import fathom.weights.Settings;

/**
 * {@code config.json} and {@code preprocessor_config.json} of the Hub's repository that an ONNX file belongs to: in the
 * same folder or, if that folder is called {@code onnx}, in its parent.
 *
 * @param config {@code config.json}, if present
 * @param preprocessor {@code preprocessor_config.json}, if present
 */
record HubConfiguration(Optional<Settings> config, Optional<Settings> preprocessor) {
    /** No such files. */
    static final HubConfiguration NONE = new HubConfiguration(Optional.empty(), Optional.empty());

    private static final String FOLDER = "onnx";

    /**
     * Returns the configuration that belongs to {@code model}.
     *
     * @throws fathom.weights.CheckpointException if a file is not a JSON object
     */
    static HubConfiguration of(Path model) throws IOException {
        return new HubConfiguration(settings(model, "config.json"), settings(model, "preprocessor_config.json"));
    }

    private static Optional<Settings> settings(Path model, String name) throws IOException {
        Path folder = model.toAbsolutePath().normalize().getParent();
        if (folder == null) {
            return Optional.empty();
        }
        Path neighbour = folder.resolve(name);
        if (Files.isRegularFile(neighbour)) {
            return Optional.of(Settings.read(neighbour));
        }
        Path above = folder.resolveSibling(name);
        return folder.endsWith(FOLDER) && Files.isRegularFile(above)
                ? Optional.of(Settings.read(above))
                : Optional.empty();
    }

    /** Returns the family of the model, {@code model_type}; empty if it is missing. */
    String modelType() {
        return config.map(settings -> settings.text("model_type", "")).orElse("");
    }

    /** Returns the properties that the files declare. */
    DeclaredProperties properties() {
        DeclaredProperties.Builder properties = new DeclaredProperties.Builder();
        config.ifPresent(settings -> putKind(properties, settings));
        preprocessor.ifPresent(settings -> putPreparation(properties, settings));
        return properties.build();
    }

    private void putKind(DeclaredProperties.Builder properties, Settings settings) {
        DeclaredProperty.Origin origin = new DeclaredProperty.Origin.Hub(settings.file(), "model_type");
        Optional<DepthKind> kind = switch (modelType()) {
            case "depth_anything" -> Optional.of(settings.text("depth_estimation_type", "relative").equals("metric")
                    ? DepthKind.METRIC
                    : DepthKind.AFFINE_INVERSE);
            case "dpt" ->
                Optional.of(settings.object("backbone_config").map(backbone -> backbone.text("model_type", ""))
                        .orElse("").equals("dinov2") ? DepthKind.METRIC : DepthKind.AFFINE_INVERSE);
            case "glpn", "zoedepth", "depth_pro" -> Optional.of(DepthKind.METRIC);
            case "metric3d", "metric3dv2" -> {
                properties.put(OnnxKey.CANONICAL_FOCAL, Integer.toString(Metric3dExport.CANONICAL_FOCAL), origin);
                yield Optional.of(DepthKind.METRIC);
            }
            default -> Optional.empty();
        };
        kind.ifPresent(known -> properties.put(OnnxKey.KIND, known.label(), origin));
        String backbone = settings.object("backbone_config").map(found -> found.text("model_type", "")).orElse("");
        Architectures.resampling(modelType(), backbone, kind.orElse(DepthKind.METRIC))
                .ifPresent(kernel -> properties.put(OnnxKey.RESIZE, kernel, origin));
    }

    private void putPreparation(DeclaredProperties.Builder properties, Settings settings) {
        if (modelType().equals("glpn")) {
            put(properties, settings, OnnxKey.FIT, "do_resize", "own");
            if (settings.isOn("do_resize", true)) {
                put(properties, settings, OnnxKey.MULTIPLE, "size_divisor",
                        Integer.toString(settings.integer("size_divisor", 1, 32)));
            }
            put(properties, settings, OnnxKey.RESAMPLE, "resample", ResizeAndNormalise.resampling(settings, 2).label());
            put(properties, settings, OnnxKey.SCALE, "do_rescale", settings.isOn("do_rescale", true) ? "1" : "255");
            return;
        }
        putSize(properties, settings);
        boolean resizesNumbers = modelType().equals("depth_pro")
                || settings.text("image_processor_type", "").startsWith("DepthPro");
        put(properties, settings, OnnxKey.RESAMPLE, "resample",
                resizesNumbers ? "torch-bilinear" : ResizeAndNormalise.resampling(settings, 3).label());
        Normalisation normalisation = ResizeAndNormalise.normalisation(settings);
        put(properties, settings, OnnxKey.SCALE, "rescale_factor", Double.toString(normalisation.factor() * 255));
        put(properties, settings, OnnxKey.MEAN, "image_mean", joined(normalisation.mean()));
        put(properties, settings, OnnxKey.STD, "image_std", joined(normalisation.deviation()));
    }

    private static void putSize(DeclaredProperties.Builder properties, Settings settings) {
        if (!settings.isOn("do_resize", true)) {
            put(properties, settings, OnnxKey.FIT, "do_resize", "own");
            return;
        }
        if (settings.has("size")) {
            ResizePolicy.Size size = ResizeAndNormalise.size(settings, new ResizePolicy.Size(384, 384));
            put(properties, settings, OnnxKey.SIZE, "size", size.height() + "," + size.width());
        }
        boolean pads = settings.isOn("do_pad", false);
        if (pads && settings.has("size_divisor")) {
            throw settings.wrong("do_pad",
                    "false, because padding to a multiple is not supported for ONNX files; set fit=pad and a size",
                    true);
        }
        // The image processor of ViT does not read keep_aspect_ratio.
        boolean keeps = settings.flag("keep_aspect_ratio", false)
                && !settings.text("image_processor_type", "").startsWith("ViT");
        put(properties, settings, OnnxKey.FIT, "keep_aspect_ratio", pads ? "pad" : keeps ? "proportion" : "stretch");
        put(properties, settings, OnnxKey.MULTIPLE, "ensure_multiple_of",
                Integer.toString(settings.integer("ensure_multiple_of", 1, 1)));
    }

    private static void put(DeclaredProperties.Builder properties, Settings settings, OnnxKey key, String field,
            String text) {
        properties.put(key, text, new DeclaredProperty.Origin.Hub(settings.file(), field));
    }

    private static String joined(List<Float> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
