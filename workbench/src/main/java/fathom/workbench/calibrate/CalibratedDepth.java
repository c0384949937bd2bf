package fathom.workbench.calibrate;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import fathom.datasets.values.Provenance;
import fathom.evaluation.calibration.Correction;
import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.models.ModelDescription;
import fathom.raster.DepthKind;
import fathom.raster.Prediction;
import fathom.workbench.alignment.DepthConversion;
import fathom.workbench.predict.ApplyModel;

/** The correction of the predictions of pictures by a stored calibration. */
public final class CalibratedDepth implements DepthConversion {
    private final Calibration calibration;
    private final Calibration.Camera camera;

    private CalibratedDepth(Calibration calibration, Calibration.Camera camera) {
        this.calibration = calibration;
        this.camera = camera;
    }

    /**
     * Returns the correction of pictures of one camera.
     *
     * @param calibration the calibration
     * @param camera the label of the camera, or its number from 1; may be empty if the calibration has one camera
     * @return the conversion
     * @throws IllegalArgumentException if there is no such camera, or none is stated and there are several
     */
    public static CalibratedDepth of(Calibration calibration, Optional<String> camera) {
        List<Calibration.Camera> cameras = calibration.cameras();
        if (camera.isEmpty()) {
            if (cameras.size() != 1) {
                throw new IllegalArgumentException("calibration " + calibration.name()
                        + ": expected a camera, because it has several: " + listed(cameras) + "; found none");
            }
            return new CalibratedDepth(calibration, cameras.getFirst());
        }
        String label = camera.get();
        for (int i = 0; i < cameras.size(); i++) {
            if (cameras.get(i).camera().equals(label) || String.valueOf(i + 1).equals(label)) {
                return new CalibratedDepth(calibration, cameras.get(i));
            }
        }
        throw new IllegalArgumentException("calibration " + calibration.name() + ": expected one of the cameras "
                + listed(cameras) + ", found \"" + label + "\"");
    }

    private static String listed(List<Calibration.Camera> cameras) {
        return cameras.stream().map(camera -> (cameras.indexOf(camera) + 1) + " (" + camera.camera() + ")")
                .collect(Collectors.joining(", "));
    }

    /** Returns the camera of a sample, or says that the calibration does not have it. */
    static Calibration.Camera require(Calibration calibration, String label) throws UnscorableException {
        Optional<Calibration.Camera> camera = calibration.camera(label);
        if (camera.isEmpty()) {
            throw new UnscorableException("calibration " + calibration.name() + " has no camera " + label);
        }
        return camera.get();
    }

    @Override
    public Fitted fit(Path picture, Prediction prediction, ModelDescription model) {
        Provenance provenance = ApplyModel.provenance(model);
        calibration.requireFor(prediction.kind(), provenance.model(), provenance.hash());
        return new Corrected(calibration, camera);
    }

    /** The correction of one camera. */
    record Corrected(Calibration calibration, Calibration.Camera camera) implements Fitted {
        @Override
        public Prediction applied(Prediction prediction) throws UnscorableException {
            if (!camera.choice().isKept() && prediction.kind() != DepthKind.METRIC) {
                throw new UnscorableException(
                        "calibration " + calibration.name() + " keeps no correction for the camera " + camera.camera()
                                + ", and " + prediction.kind().label() + " depth is not in metres");
            }
            return new Prediction(DepthKind.METRIC,
                    camera.choice().isKept()
                            ? camera.choice().correction().applied(prediction.values())
                            : prediction.values());
        }

        @Override
        public Members facts() {
            Correction correction = camera.choice().correction();
            return Members.NONE.with("calibration", calibration.name()).with("dataset", calibration.dataset())
                    .with("camera", camera.camera()).with("form", correction.form().label())
                    .with("exponent", correction.exponent()).with("factor", correction.factor())
                    .with("samples", camera.choice().samples()).with("reason", camera.choice().reason());
        }

        @Override
        public String text() {
            return String.format(Locale.ROOT, "calibration %s of %s, camera %s: metres = %s", calibration.name(),
                    calibration.dataset(), camera.camera(), camera.choice().correction());
        }
    }
}
