package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import fathom.datasets.depth.DepthLimits;

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

    /** The options that it takes, besides the number of scenes; all others are refused. */
    Set<ImportOption> options();

    /** What the user can do who states an option that this reader refuses, one clause. */
    String instead();

    /**
     * Finds the scenes below a folder, sorted by name; the files themselves are looked at scene by scene later.
     *
     * @throws IllegalArgumentException if {@code source} is no folder, an option does not apply to this layout, or nothing
     *         there looks like a scene
     * @throws IOException if a folder cannot be read
     */
    default SceneList find(Path source, ImportOptions options) throws IOException {
        Folders.requireFolder("source", source);
        Set<ImportOption> refused = EnumSet.noneOf(ImportOption.class);
        refused.addAll(options.stated());
        refused.removeAll(options());
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(name() + ": expected no "
                    + refused.stream().map(option -> option.label().replaceFirst("^a ", "")).collect(Collectors.joining(
                            " and no "))
                    + ", found " + (refused.size() == 1 ? "one" : "them") + "; " + instead());
        }
        return scenes(source.toAbsolutePath().normalize(), options);
    }

    /** {@link #find} below the absolute folder {@code root} with options that this reader takes. */
    SceneList scenes(Path root, ImportOptions options) throws IOException;
}
