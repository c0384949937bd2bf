/**
 * Visualisation of values: colormaps, heatmaps, error maps, colour bars, thumbnails and figures. The results are 8-bit
 * images for display and are never read back as data. Nothing here decodes files, aligns, computes scores or knows a
 * model. Java2D draws the text and does not appear in public signatures.
 *
 * <p>Convention: colours follow depth. The upper end of a colormap, the bright end of viridis, is far in every image. Maps
 * of inverse depth, whose larger values are nearer, use the colours in reverse.
 */
@NullMarked
package fathom.rendering;

import org.jspecify.annotations.NullMarked;
