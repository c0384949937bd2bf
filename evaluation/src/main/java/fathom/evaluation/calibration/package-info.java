/**
 * Closed-form corrections of predicted depth, fitted to measured depth and kept only if cross-validation says that they help
 * ({@link fathom.evaluation.calibration.CrossValidation}).
 */
@NullMarked
package fathom.evaluation.calibration;

import org.jspecify.annotations.NullMarked;
