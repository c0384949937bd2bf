package fathom.workbench.predict;

import java.util.Locale;

/** The file formats for a predicted depth map. */
public enum OutputFormat {
    /** NPY, float32 [H, W], without loss. */
    NPY("npy"),
    /** PFM, float32 [H, W], without loss. */
    PFM("pfm"),
    /**
     * 16-bit grey PNG, 0 without a value. The file states how its integers convert to values ({@link
     * LinearQuantization}).
     */
    PNG16("png"),
    /** A colour picture for viewing: viridis, far is bright. */
    HEATMAP("png"),
    /** The article's 8-bit map as a grey PNG. */
    ARTICLE("png"),
    /** A coloured point cloud. */
    PLY("ply");

    private final String extension;

    OutputFormat(String extension) {
        this.extension = extension;
    }

    /** {@return the extension of the files, without a dot} */
    public String extension() {
        return extension;
    }

    /** {@return the name of the format on the command line} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
