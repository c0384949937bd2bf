/**
 * The conversion of predictions to metres by depths that the user knows: points or a sparse depth map of the same view ({@link
 * fathom.workbench.alignment.AlignToKnownDepth}). {@link fathom.workbench.alignment.DepthConversion} is what the prediction of
 * pictures uses; a stored calibration is another one.
 */
@NullMarked
package fathom.workbench.alignment;

import org.jspecify.annotations.NullMarked;
