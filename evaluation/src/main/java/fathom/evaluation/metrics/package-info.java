/**
 * Metrics as their reference libraries compute them. Nothing here reads files, prints, or turns a sample that cannot
 * be scored into a number.
 */
@NullMarked
package fathom.evaluation.metrics;

import org.jspecify.annotations.NullMarked;
