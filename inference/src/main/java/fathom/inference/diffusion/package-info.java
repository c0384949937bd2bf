/**
 * Depth by denoising: schedulers, seeded noise, the ensembling of several predictions of one picture, and the Marigold model
 * that runs them around its networks. Everything except that model and its networks is plain arithmetic on arrays. Graphs
 * and configurations are in {@code fathom.models}.
 */
@NullMarked
package fathom.inference.diffusion;

import org.jspecify.annotations.NullMarked;
