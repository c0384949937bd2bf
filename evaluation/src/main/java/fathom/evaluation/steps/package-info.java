/**
 * The steps of an evaluation as data: each is a value with a definition, a sentence and an effect on a pair of maps. A
 * protocol is a list of steps followed by metrics.
 */
@NullMarked
package fathom.evaluation.steps;

import org.jspecify.annotations.NullMarked;
