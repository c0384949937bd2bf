/** Metrics of surface orientation, and SAWA-H, which contains one. */
@NullMarked
package fathom.evaluation.normals;

import org.jspecify.annotations.NullMarked;
