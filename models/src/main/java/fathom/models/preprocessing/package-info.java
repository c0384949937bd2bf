/**
 * Preprocessing: converts a picture to the input that a model was trained on, as {@code preprocessor_config.json}
 * describes, with the rounding of the reference libraries. Resampling kernels belong to
 * {@code fathom.raster.resampling}.
 */
@NullMarked
package fathom.models.preprocessing;

import org.jspecify.annotations.NullMarked;
