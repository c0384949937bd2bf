/** How well the depth boundaries of a prediction agree with those of the truth. */
@NullMarked
package fathom.evaluation.boundaries;

import org.jspecify.annotations.NullMarked;
