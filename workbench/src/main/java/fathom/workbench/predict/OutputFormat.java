package fathom.workbench.predict;

import java.util.Locale;

/** What a predicted depth map is written as. */
public enum OutputFormat {
    /** NPY, float32 [H, W]: the numbers themselves. */
    NPY("npy"),
    /** PFM, float32 [H, W]: the numbers themselves. */
    PFM("pfm"),
    /** 16-bit grey PNG, 0 where there is no value; the file states how its numbers become the prediction's. */
    PNG16("png"),
    /** A coloured picture for people: viridis, the bright end is far. */
    HEATMAP("png"),
    /** The article's 8-bit map as a grey PNG. */
    ARTICLE("png"),
    /** A coloured point cloud. */
    PLY("ply");

    private final String extension;

    OutputFormat(String extension) {
        this.extension = extension;
    }

    /** {@return the extension of its files, without a dot} */
    public String extension() {
        return extension;
    }

    /** {@return the name that people type} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
