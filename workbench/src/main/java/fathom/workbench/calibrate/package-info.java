/**
 * Calibrations: corrections of predicted depth for each camera of a dataset, stored by name in its folder ({@link
 * fathom.workbench.calibrate.Calibration}), fitted by {@link fathom.workbench.calibrate.CalibrateDataset} and applied to
 * datasets and pictures.
 */
@NullMarked
package fathom.workbench.calibrate;

import org.jspecify.annotations.NullMarked;
