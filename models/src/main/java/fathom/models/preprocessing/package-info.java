/**
 * Preprocessing: from a picture to the tensor that a model was trained on, as {@code preprocessor_config.json} says,
 * with the rounding of the reference libraries. ResizeMode kernels belong to {@code fathom.raster.resampling}.
 */
@NullMarked
package fathom.models.preprocessing;

import org.jspecify.annotations.NullMarked;
