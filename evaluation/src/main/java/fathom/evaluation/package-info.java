/** Metrics, protocols and reports. */
@NullMarked
package fathom.evaluation;

import org.jspecify.annotations.NullMarked;
