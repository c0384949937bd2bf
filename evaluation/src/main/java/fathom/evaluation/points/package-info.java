/** Point clouds of depth maps, exact nearest neighbours, and the Chamfer distance and F-score of two clouds. */
@NullMarked
package fathom.evaluation.points;

import org.jspecify.annotations.NullMarked;
