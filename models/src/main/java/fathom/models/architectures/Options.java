package fathom.models.architectures;

import java.util.SortedMap;
import java.util.TreeMap;

import fathom.models.ModelOptions;
import fathom.models.architectures.Dinov2Backbone.PositionRule;
import fathom.raster.Resampling;

/** Options that several architectures share. */
final class Options {
    static final String POSITION_RULE = "position_rule";
    static final String POSITION_RULE_HELP = "how DINOv2's position embeddings are resized: scale (the original's, default) "
            + "or size (the newer library's)";

    static final String RESIZE = "resize";
    private static final String ORIGINAL = "original";

    private Options() {}

    /** The options of {@code architecture} and those that all have, by key, with what each does. */
    static SortedMap<String, String> all(Architecture architecture) {
        SortedMap<String, String> all = new TreeMap<>(architecture.options());
        all.put(RESIZE, "kernel that brings a map to the picture: " + architecture.resampling() + " (default), "
                + ORIGINAL + " (the authors' own: " + architecture.originalResampling()
                + "), or any other label of a kernel, as torch-bilinear or opencv-cubic");
        return all;
    }

    /** Label of the kernel that {@link #RESIZE} asks for. */
    static String resampling(Architecture architecture, ModelOptions options) {
        String label = options.text(RESIZE);
        if (label == null) {
            return architecture.resampling();
        }
        return label.equals(ORIGINAL) ? architecture.originalResampling() : Resampling.ofLabel(label).label();
    }

    /** The value of {@link #POSITION_RULE}. */
    static PositionRule positionRule(ModelOptions options) {
        String rule = options.text(POSITION_RULE);
        if (rule == null || rule.equals("scale")) {
            return PositionRule.SCALE;
        }
        if (rule.equals("size")) {
            return PositionRule.SIZE;
        }
        throw new IllegalArgumentException("option " + POSITION_RULE + ": expected scale or size, found " + rule);
    }
}
