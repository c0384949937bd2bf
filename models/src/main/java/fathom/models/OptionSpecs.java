package fathom.models;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import fathom.raster.resampling.Resampling;

/**
 * The options of a model as far as its family determines them: known without settings and weights.
 *
 * @param own the options of the network and of its preprocessing: the help text by key
 * @param resampling label of the kernel that resizes a map to the picture by default
 * @param originalResampling label of the kernel that the authors' program uses for this
 */
public record OptionSpecs(Map<String, String> own, String resampling, String originalResampling) {
    private static final String RESIZE = "resize";
    private static final String ORIGINAL = "original";

    /** Copies the collections. */
    public OptionSpecs {
        own = Map.copyOf(own);
    }

    /**
     * Creates the options of a family whose map is resized by one kernel, the same as in the authors' program.
     *
     * @param own the options of the network and of its preprocessing: the help text by key
     * @param resampling the kernel
     */
    public OptionSpecs(Map<String, String> own, Resampling resampling) {
        this(own, resampling.label(), resampling.label());
    }

    /**
     * Returns a copy with another option.
     *
     * @param key its key
     * @param help its help text
     * @return the copy
     */
    public OptionSpecs with(String key, String help) {
        Map<String, String> more = new TreeMap<>(own);
        more.put(key, help);
        return new OptionSpecs(more, resampling, originalResampling);
    }

    /** {@return the options of the family and those that all models have: the help text by key} */
    public SortedMap<String, String> all() {
        SortedMap<String, String> all = new TreeMap<>(own);
        all.put(RESIZE,
                "kernel that resizes a map to the picture: " + resampling + " (default), " + ORIGINAL
                        + " (the authors' kernel: " + originalResampling
                        + "), or the label of any other kernel, such as torch-bilinear or opencv-cubic");
        return all;
    }

    /**
     * Returns the label of the kernel that resizes a map to the picture.
     *
     * @param options the options of the model
     * @return the label
     * @throws IllegalArgumentException if the options name an unknown kernel
     */
    public String resampling(ModelOptions options) {
        String label = options.text(RESIZE);
        if (label == null) {
            return resampling;
        }
        return label.equals(ORIGINAL) ? originalResampling : Resampling.ofLabel(label).label();
    }
}
