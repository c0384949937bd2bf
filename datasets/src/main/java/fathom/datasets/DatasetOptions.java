package fathom.datasets;

import java.nio.file.Path;

/**
 * How a dataset begins.
 *
 * @param mediaRoot the folder under which its pictures and measured depth lie; they are referred to relative to it
 * @param description one line for people, may be empty
 */
public record DatasetOptions(Path mediaRoot, String description) {
    public DatasetOptions {
        mediaRoot = mediaRoot.toAbsolutePath().normalize();
    }

    /** A dataset of media under {@code mediaRoot}, without a description. */
    public static DatasetOptions of(Path mediaRoot) {
        return new DatasetOptions(mediaRoot, "");
    }

    /** The same with a description. */
    public DatasetOptions withDescription(String text) {
        return new DatasetOptions(mediaRoot, text);
    }
}
