package fathom.workbench.evaluate;

import java.util.Locale;

/** The property of samples that defines the slices of a report. */
public enum SliceBy {
    /** The tags of a sample; a sample with several tags is in several slices. */
    TAG,
    /** The attribute {@code scene} of a sample; otherwise the folder part of its name, such as {@code kv1/NYUdata}. */
    SCENE,
    /** The median of the measured depth: below 1 m, 1 to 2 m, 2 to 4 m, and so on to 64 m and more. */
    DEPTH,
    /** The mean luminance of the picture, 0 to 255 (weights of Rec. 709 on sRGB values), in four equal ranges. */
    BRIGHTNESS;

    /** {@return the name that users type, for example {@code "tag"}} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
