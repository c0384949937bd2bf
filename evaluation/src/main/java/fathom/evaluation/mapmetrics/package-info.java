/** Metrics of whole maps: edges, boundaries, point clouds, normals, order, gradients. */
@NullMarked
package fathom.evaluation.mapmetrics;

import org.jspecify.annotations.NullMarked;
