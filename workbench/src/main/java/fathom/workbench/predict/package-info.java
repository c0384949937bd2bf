/**
 * Depth for pictures ({@link fathom.workbench.predict.PredictPictures}) and for datasets ({@link
 * fathom.workbench.predict.ApplyModel}).
 */
@NullMarked
package fathom.workbench.predict;

import org.jspecify.annotations.NullMarked;
