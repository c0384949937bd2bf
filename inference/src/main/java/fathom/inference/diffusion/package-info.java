/**
 * Depth by denoising: schedulers, seeded noise, the ensembling of several predictions of one picture, and the estimator
 * that puts them around the networks' sessions. Everything but that estimator is plain arithmetic on arrays; graphs and
 * configurations belong to {@code fathom.models}.
 */
@NullMarked
package fathom.inference.diffusion;

import org.jspecify.annotations.NullMarked;
