/**
 * Edges of depth maps and the errors of the iBims-1 benchmark (Koch et al., 2018): boundary, planarity and directed
 * depth error. Nothing here reads files.
 */
@NullMarked
package fathom.evaluation.edges;

import org.jspecify.annotations.NullMarked;
