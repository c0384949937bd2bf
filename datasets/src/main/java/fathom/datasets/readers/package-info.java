/**
 * Readers of RGB-D layouts on disk: which files make a scene, how the depth is encoded, what the camera is. Each reader
 * owns its layout, unit, sentinel, limits and citation and stands in one list, {@link fathom.datasets.readers.SceneReaders}.
 * They read headers and small text files, never a model, and write nothing but through {@code fathom.datasets}.
 *
 * <pre>{@code
 * SceneReader reader = SceneReaders.named("sunrgbd");
 * ImportReport report = SceneImport.run(datasets, "SUNRGBD-20", reader, source, ImportOptions.DEFAULT.withLimit(20), listener);
 * }</pre>
 */
@NullMarked
package fathom.datasets.readers;

import org.jspecify.annotations.NullMarked;
