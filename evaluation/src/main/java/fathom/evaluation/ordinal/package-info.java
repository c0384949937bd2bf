/** Metrics that read only the order of depths: which of two points is nearer. */
@NullMarked
package fathom.evaluation.ordinal;

import org.jspecify.annotations.NullMarked;
