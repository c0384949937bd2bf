/** Colormaps, heatmaps and thumbnails. */
@NullMarked
package fathom.rendering;

import org.jspecify.annotations.NullMarked;
