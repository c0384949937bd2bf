package fathom.workbench.predict;

import java.util.Map;

import fathom.models.Estimate;
import fathom.raster.Intrinsics;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;

/** The camera of a point cloud, as stated by the user or predicted by the model. */
public sealed interface CloudCamera {
    /**
     * Returns the camera of a picture.
     *
     * @param height the number of rows of the picture
     * @param width the number of columns of the picture
     * @param numbers the numbers that the model returned in addition to depth
     * @return the camera, in pixels of the picture
     * @throws IllegalArgumentException if neither the user nor the model provides a camera
     */
    Intrinsics of(int height, int width, Map<String, Double> numbers);

    /**
     * Known intrinsics.
     *
     * @param intrinsics the camera, in pixels of the picture
     */
    record Known(Intrinsics intrinsics) implements CloudCamera {
        @Override
        public Intrinsics of(int height, int width, Map<String, Double> numbers) {
            return intrinsics;
        }
    }

    /**
     * A stated horizontal field of view.
     *
     * @param degrees above 0 and below 180
     */
    record FieldOfView(double degrees) implements CloudCamera {
        /** Checks the range. */
        public FieldOfView {
            if (!(degrees > 0 && degrees < 180)) {
                throw new IllegalArgumentException(
                        "field of view: expected degrees above 0 and below 180, found " + degrees);
            }
        }

        @Override
        public Intrinsics of(int height, int width, Map<String, Double> numbers) {
            return Intrinsics.fromFieldOfView(degrees, height, width);
        }
    }

    /** The field of view that the model predicts with the depth. */
    record Predicted() implements CloudCamera {
        @Override
        public Intrinsics of(int height, int width, Map<String, Double> numbers) {
            Double degrees = numbers.get(Estimate.FIELD_OF_VIEW);
            if (degrees == null) {
                throw new UsageException(
                        "point cloud: expected a known camera, but the model does not predict a field of view",
                        new Remedy.StateCamera());
            }
            return Intrinsics.fromFieldOfView(degrees, height, width);
        }
    }
}
