/**
 * Checks of truth, prediction and scores for mistakes that give numbers without an error: exchanged near and far, a rendered
 * picture read as depth, 8-bit maps, undecoded files ({@link fathom.evaluation.checks.EvaluationChecks}).
 */
@NullMarked
package fathom.evaluation.checks;

import org.jspecify.annotations.NullMarked;
