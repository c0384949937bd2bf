/** Fits of scale and shift to a measurement. */
@NullMarked
package fathom.evaluation.alignment;

import org.jspecify.annotations.NullMarked;
