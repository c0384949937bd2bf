/**
 * Bytes to rasters and back: pictures, depth maps, arrays and point clouds. A codec knows its file format and nothing of
 * datasets, units or models; what a file says is taken by its content, never by its name. Every size that a file declares
 * is checked before memory is set aside for it, damage is a {@link fathom.formats.FormatException} that names the place,
 * and files are written whole or not at all. Banned here: colour maps, metrics, networking, and AWT types in any signature.
 */
@NullMarked
package fathom.formats;

import org.jspecify.annotations.NullMarked;
