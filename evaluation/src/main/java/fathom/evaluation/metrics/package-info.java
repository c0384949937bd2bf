/**
 * Metrics, equal to those of their reference libraries. Nothing here reads files or prints. A sample that cannot be
 * scored never becomes a number.
 */
@NullMarked
package fathom.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
