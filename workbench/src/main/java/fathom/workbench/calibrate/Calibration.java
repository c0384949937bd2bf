package fathom.workbench.calibrate;

import java.util.List;
import java.util.Optional;

import fathom.evaluation.calibration.CrossValidation;
import fathom.raster.DepthKind;

/**
 * The corrections of the predictions of one model, one for each camera.
 *
 * @param name the name
 * @param dataset the dataset that it was fitted on
 * @param prediction the field of the predictions
 * @param truth the field of measured depth
 * @param kind the kind of the predictions: metric or scale-invariant depth
 * @param model the name of the model
 * @param identity the hash of everything that determines the predictions; empty if unknown
 * @param seed the seed of the cross-validation
 * @param folds the requested number of folds
 * @param program the program and version that fitted it
 * @param cameras the corrections, in the order of the first sample of each camera
 */
public record Calibration(String name, String dataset, String prediction, String truth, DepthKind kind, String model,
        String identity, long seed, int folds, String program, List<Camera> cameras) {
    /** Copies the list. */
    public Calibration {
        cameras = List.copyOf(cameras);
    }

    /**
     * The correction of one camera.
     *
     * @param camera the label of the camera
     * @param choice the correction and the numbers that decided
     */
    public record Camera(String camera, CrossValidation choice) {}

    /**
     * Finds a camera.
     *
     * @param camera the label of the camera
     * @return its correction; empty if the calibration has no such camera
     */
    public Optional<Camera> camera(String camera) {
        return cameras.stream().filter(each -> each.camera().equals(camera)).findFirst();
    }

    /**
     * Requires that predictions can be corrected by this calibration.
     *
     * @param found the kind of the predictions
     * @param foundModel the name of the model that made them
     * @param foundIdentity the hash of everything that determines them; empty if unknown
     * @throws IllegalArgumentException if they are of another kind or another model
     */
    void requireFor(DepthKind found, String foundModel, String foundIdentity) {
        if (found != kind) {
            throw new IllegalArgumentException("calibration " + name + ": expected predictions of the kind "
                    + kind.label() + ", found " + found.label());
        }
        boolean same = (identity.isEmpty() || foundIdentity.isEmpty())
                ? foundModel.equals(model)
                : foundIdentity.equals(identity);
        if (!same) {
            throw new IllegalArgumentException("calibration " + name + ": expected predictions of " + model
                    + " with the settings that it was fitted for, found " + foundModel
                    + (foundModel.equals(model) ? " with other settings" : ""));
        }
    }
}
