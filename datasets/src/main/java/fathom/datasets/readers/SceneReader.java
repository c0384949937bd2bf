package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Path;

import fathom.datasets.DepthLimits;

/** One layout of RGB-D scenes on disk. */
public interface SceneReader {
    /** The name it is asked for by, such as {@code sunrgbd}. */
    String name();

    /** What it reads, one line for people. */
    String title();

    /** Where a scene's files lie, for people. */
    String layout();

    /** Unit and encoding of the depth files and what a missing pixel is, for people. */
    String depth();

    /** Which depths are trusted where the options do not say. */
    DepthLimits limits();

    /** The publication to cite and the terms of use, for people; empty for a layout without any. */
    String citation();

    /**
     * Finds the scenes below a folder, sorted by name; the files themselves are looked at scene by scene later.
     *
     * @throws IllegalArgumentException if {@code source} is no folder, an option does not apply to this layout, or nothing
     *         there looks like a scene
     * @throws IOException if a folder cannot be read
     */
    SceneList find(Path source, ImportOptions options) throws IOException;
}
