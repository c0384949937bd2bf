package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

import fathom.datasets.depth.DepthLimits;

/**
 * A reader of one layout of RGB-D scenes on disk. It knows which files form a scene, how depth is encoded, which depths
 * are valid, the camera, and what to cite. To add a layout, implement this interface and add it to {@link SceneReaders}.
 *
 * <p><b>Limits.</b> Scenes are searched up to eight folder levels below the source. A folder or file whose name starts
 * with a dot is ignored; links are followed, except those that lead back. Readers read headers and small text files; they decode a picture only if its file may be
 * damaged.
 *
 * <p><b>Cameras.</b> A camera file contains fx, fy, cx and cy in pixels of the picture: as text, a 3x3, 3x4 or 4x4 matrix,
 * {@code fx fy cx cy}, or these with the width and height of the picture; as NPY or NPZ, an array of these numbers; as JSON, an
 * object with these names. Numbers below about 2 are fractions of the width and height of the picture.
 *
 * <p>Readers are immutable and safe for use by several threads.
 *
 * {@snippet file="snippets/ReaderSnippets.java" region="import"}
 *
 * @see SceneReaders
 * @see SceneImport
 */
public interface SceneReader {
    /** {@return the name that selects the reader, such as {@code sunrgbd}} */
    String name();

    /** {@return what it reads, one line for display} */
    String title();

    /** {@return the paths of the files of a scene, for display} */
    String layout();

    /** {@return the unit and encoding of the depth files and the value of missing pixels, for display} */
    String depth();

    /** {@return the range of valid depths if the options do not state one} */
    DepthLimits limits();

    /** {@return the publication to cite and the terms of use, for display; empty for a layout without any} */
    String citation();

    /** {@return the options that it accepts in addition to the limit; it rejects all others} */
    Set<ImportOption> options();

    /** {@return what to do if a rejected option was given, one clause for a message} */
    String instead();

    /**
     * Finds the scenes below a folder. The files of a scene are checked later, when the scene is requested from the
     * list.
     *
     * @param source the folder
     * @param options the options; only those in {@link #options()} and the limit can be present
     * @return the scenes, sorted by name
     * @throws IllegalArgumentException if {@code source} is not a folder, an option is not accepted, or there is nothing
     *            that looks like a scene
     * @throws IOException if a folder cannot be read
     */
    default SceneList find(Path source, ImportOptions options) throws IOException {
        Folders.requireFolder("source", source);
        Set<ImportOption> refused = EnumSet.noneOf(ImportOption.class);
        refused.addAll(options.stated());
        refused.removeAll(options());
        if (!refused.isEmpty()) {
            throw new IllegalArgumentException(name() + ": expected no "
                    + refused.stream().map(option -> option.label().replaceFirst("^a ", ""))
                            .collect(Collectors.joining(" and no "))
                    + ", found " + (refused.size() == 1 ? "one" : "them") + "; " + instead());
        }
        return scenes(source.toAbsolutePath().normalize(), options);
    }

    /**
     * Finds the scenes below a folder, for {@link #find}, which validates the arguments.
     *
     * @param root the folder, absolute
     * @param options options that this reader accepts
     * @return the scenes, sorted by name
     * @throws IllegalArgumentException if there is nothing that looks like a scene
     * @throws IOException if a folder cannot be read
     */
    SceneList scenes(Path root, ImportOptions options) throws IOException;
}
