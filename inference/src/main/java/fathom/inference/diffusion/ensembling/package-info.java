/**
 * Ensembling of several predictions of one picture: alignment of the members and their reduction to mean or median,
 * with the optimizer of SciPy that the published results depend on.
 */
@NullMarked
package fathom.inference.diffusion.ensembling;

import org.jspecify.annotations.NullMarked;
