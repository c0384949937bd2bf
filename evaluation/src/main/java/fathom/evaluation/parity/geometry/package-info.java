/** Fathom's answers to records of toolkits that score edges, planes and point clouds. */
@NullMarked
package fathom.evaluation.parity.geometry;

import org.jspecify.annotations.NullMarked;
