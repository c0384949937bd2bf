package fathom.datasets;

import java.nio.file.Path;

/**
 * The options of a new dataset.
 *
 * @param mediaRoot the folder that contains the pictures and measured depth maps. The dataset stores their paths
 *            relative to it. It is made absolute
 * @param description a description of one line for display; may be empty
 */
public record DatasetOptions(Path mediaRoot, String description) {
    /** Makes {@code mediaRoot} absolute. */
    public DatasetOptions {
        mediaRoot = mediaRoot.toAbsolutePath().normalize();
    }

    /**
     * Returns options without a description.
     *
     * @param mediaRoot the folder that contains the media
     * @return the options
     */
    public static DatasetOptions of(Path mediaRoot) {
        return new DatasetOptions(mediaRoot, "");
    }

    /**
     * Returns a copy with another description.
     *
     * @param text a description of one line
     * @return the copy
     */
    public DatasetOptions withDescription(String text) {
        return new DatasetOptions(mediaRoot, text);
    }
}
