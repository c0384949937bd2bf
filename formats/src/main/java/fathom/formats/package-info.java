/**
 * Readers and writers of files: images, depth maps, arrays and point clouds.
 *
 * <p>A codec knows its file format and nothing of datasets, units or models. The format is identified by content, never by
 * the file name. Every size that a file declares is checked before memory is allocated for it. Damaged data causes a
 * {@link fathom.formats.FormatException} that names the position. Files are written completely or not at all. Not
 * allowed here: colormaps, metrics, networking, and AWT types in public signatures.
 */
@NullMarked
package fathom.formats;

import org.jspecify.annotations.NullMarked;
