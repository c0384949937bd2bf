package fathom.models.depthanything;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import fathom.models.ModelOptions;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import org.jspecify.annotations.Nullable;

/** What the authors' weight files of Depth Anything do not store: version, largest depth, and the size of the input. */
final class AuthorsOptions {
    private static final String VERSION = "version";
    private static final String MAX_DEPTH = "max_depth";
    private static final String INPUT_SIZE = "input_size";
    private static final String INPUT_RULE = "input_rule";
    private static final int SIDE = 518;
    private static final int PATCH = 14;
    private static final int LONGEST = 4096;

    /** The options with their help. */
    static final Map<String, String> HELP = Map.of(VERSION,
            "version of Depth Anything, 1 or 2, which the weights do not show (default: from the file's name)",
            MAX_DEPTH,
            "largest depth in metres of a metric model, as it was trained with; 0: the model predicts inverse depth "
                    + "(default: from the file's name)",
            INPUT_SIZE, "pixels of the input's short side, at least " + PATCH + " (default: " + SIDE + ")", INPUT_RULE,
            "authors: short side at least input_size, OpenCV's cubic kernel (default), or hub: as the Hub's checkpoints");

    private AuthorsOptions() {}

    private static String name(Path file) {
        return String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    }

    /** Returns the version, 1 or 2, and adds a note if it is assumed. */
    static int version(Path file, ModelOptions options, List<String> notes) {
        if (options.text(VERSION) != null) {
            int version = options.integer(VERSION, 1, 2);
            if (version > 2) {
                throw new IllegalArgumentException("option " + VERSION + ": expected 1 or 2, found " + version);
            }
            return version;
        }
        String name = name(file);
        if (name.contains("depth_anything_v2")) {
            notes.add("version 2 of Depth Anything is assumed from the file's name; the option " + VERSION
                    + " states another");
            return 2;
        }
        if (name.contains("depth_anything_vit")) {
            notes.add("version 1 of Depth Anything is assumed from the file's name; the option " + VERSION
                    + " states another");
            return 1;
        }
        throw new UsageException(file
                + ": expected the version of Depth Anything, which the weights do not show, as an "
                + "option or in a file name such as depth_anything_v2_vits.pth or depth_anything_vits14.pth, found neither",
                new Remedy.SetModelOption(List.of(VERSION + "=1", VERSION + "=2")));
    }

    /** Returns the settings of the kind of depth, and adds a note if it is assumed. */
    static String range(Path file, ModelOptions options, List<String> notes) {
        @Nullable
        String given = options.text(MAX_DEPTH);
        if (given != null) {
            double largest = options.numbers(MAX_DEPTH, 1, 0).getFirst();
            if (!(largest >= 0)) {
                throw new IllegalArgumentException(
                        "option " + MAX_DEPTH + ": expected metres above 0, or 0 for inverse depth, found " + given);
            }
            return largest == 0 ? relative() : metric(given);
        }
        String name = name(file);
        if (name.contains("metric_hypersim")) {
            notes.add("metric depth up to 20 m is assumed from the file's name; the option " + MAX_DEPTH
                    + " states another");
            return metric("20");
        }
        if (name.contains("metric_vkitti")) {
            notes.add("metric depth up to 80 m is assumed from the file's name; the option " + MAX_DEPTH
                    + " states another");
            return metric("80");
        }
        boolean published = name.contains("depth_anything_v") && !name.contains("metric");
        if (published) {
            notes.add("inverse depth without unit is assumed from the file's name; for a metric model, the option "
                    + MAX_DEPTH + " states its largest depth");
            return relative();
        }
        throw new UsageException(file
                + ": expected the largest depth that the model was trained with, which the weights do not show, as "
                + "an option or as metric_hypersim (20 m) or metric_vkitti (80 m) in the file name, found neither",
                new Remedy.SetModelOption(List.of(MAX_DEPTH + "=METRES", MAX_DEPTH + "=0 for inverse depth")));
    }

    private static String relative() {
        return "\"depth_estimation_type\": \"relative\"";
    }

    private static String metric(String largest) {
        return "\"depth_estimation_type\": \"metric\", \"max_depth\": " + Float.parseFloat(largest.strip());
    }

    /** Returns the settings of the preprocessing. */
    static String preprocessor(ModelOptions options) {
        int side = options.integer(INPUT_SIZE, PATCH, SIDE);
        if (side > LONGEST) {
            throw new IllegalArgumentException(
                    "option " + INPUT_SIZE + ": expected at most " + LONGEST + ", found " + side);
        }
        @Nullable
        String rule = options.text(INPUT_RULE);
        String kernel = switch (rule == null ? "authors" : rule) {
            case "authors" -> "\"float_resampling\": \"opencv-cubic\", \"lower_bound\": true";
            case "hub" -> "\"resample\": 3";
            case String other -> throw new IllegalArgumentException(
                    "option " + INPUT_RULE + ": expected authors or hub, found " + other);
        };
        return String.format(Locale.ROOT, """
                {"image_processor_type": "DPTImageProcessor", "do_resize": true, "size": {"height": %d, "width": %d},
                 "keep_aspect_ratio": true, "ensure_multiple_of": 14, %s, "do_rescale": true, "do_normalize": true,
                 "image_mean": [0.485, 0.456, 0.406], "image_std": [0.229, 0.224, 0.225], "do_pad": false}""", side,
                side, kernel);
    }
}
