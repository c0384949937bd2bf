/**
 * Values made visible: colormaps, heatmaps, error maps, colour bars, thumbnails and figures. Everything here gives an 8-bit
 * picture that is for looking at and never read back as data; nothing here decodes files, aligns, scores or knows a model.
 * Java2D draws the text and appears in no signature.
 *
 * <p>Convention: colours follow depth. The upper end of a colormap, the bright one of viridis, is far in every picture; maps of
 * inverse depth, whose larger values are nearer, run through the colours backwards.
 */
@NullMarked
package fathom.rendering;

import org.jspecify.annotations.NullMarked;
