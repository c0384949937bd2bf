/**
 * Readers of RGB-D layouts on disk: which files form a scene, how the depth is encoded, and what the camera is. Each reader
 * contains its layout, unit, value of missing pixels, limits and citation, and is listed in
 * {@link fathom.datasets.readers.SceneReaders}. Readers read headers and small text files, and write only through
 * {@code fathom.datasets}.
 *
 * {@snippet file="snippets/ReaderSnippets.java" region="import"}
 */
@NullMarked
package fathom.datasets.readers;

import org.jspecify.annotations.NullMarked;
