/** Toolkits that score boundaries, alignments and the geometry of a scene. */
@NullMarked
package fathom.evaluation.parity.geometry;

import org.jspecify.annotations.NullMarked;
