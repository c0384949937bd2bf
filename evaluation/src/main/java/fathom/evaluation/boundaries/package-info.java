/** Metrics of depth boundaries. */
@NullMarked
package fathom.evaluation.boundaries;

import org.jspecify.annotations.NullMarked;
