/** Fits of scale and shift to ground truth. */
@NullMarked
package fathom.evaluation.alignment;

import org.jspecify.annotations.NullMarked;
