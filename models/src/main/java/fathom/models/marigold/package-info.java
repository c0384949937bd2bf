/**
 * Marigold in the layout of the diffusers library: {@code model_index.json} and one folder per part, each part with
 * its configuration as a record and its graph. The denoising loop is in {@code fathom.inference.diffusion}.
 */
@NullMarked
package fathom.models.marigold;

import org.jspecify.annotations.NullMarked;
