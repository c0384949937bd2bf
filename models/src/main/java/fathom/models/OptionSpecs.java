package fathom.models;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.raster.resampling.Resampling;

/**
 * What a model lets people set, as far as its family alone decides it: known without settings or weights.
 *
 * @param own the options that the network and its preparation know, by key, with what each does
 * @param resampling label of the kernel that brings a map to the picture where nothing else is asked for
 * @param originalResampling label of the kernel by which the authors' own program does so
 */
public record OptionSpecs(Map<String, String> own, String resampling, String originalResampling) {
    private static final String RESIZE = "resize";
    private static final String ORIGINAL = "original";

    public OptionSpecs {
        own = Map.copyOf(own);
    }

    /** Options of a model whose map is brought to the picture by one kernel, here as in the authors' program. */
    public OptionSpecs(Map<String, String> own, Resampling resampling) {
        this(own, resampling.label(), resampling.label());
    }

    /** The options of the model and those that all have, by key, with what each does. */
    public SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>(own);
        all.put(RESIZE, "kernel that brings a map to the picture: " + resampling + " (default), " + ORIGINAL
                + " (the authors' own: " + originalResampling
                + "), or any other label of a kernel, as torch-bilinear or opencv-cubic");
        return all;
    }

    /** Label of the kernel that {@code options} ask for. */
    public String resampling(ModelOptions options) {
        String label = options.text(RESIZE);
        if (label == null) {
            return resampling;
        }
        return label.equals(ORIGINAL) ? originalResampling : Resampling.ofLabel(label).label();
    }
}
