/**
 * Preparation: from a picture to the numbers that a model was trained on, as {@code preprocessor_config.json} says, in the
 * rounding of the libraries that wrote it. Kernels belong to {@code fathom.raster}; graphs and weights to their packages.
 */
@NullMarked
package fathom.models.preparation;

import org.jspecify.annotations.NullMarked;
