package fathom.workbench.predict;

import java.util.Map;

import fathom.models.Estimate;
import fathom.raster.Intrinsics;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;

/** The camera of a point cloud, as a person states it or the model gives it. */
public sealed interface CloudCamera {
    /**
     * {@return the camera of a picture, [height, width]}
     *
     * @param numbers what the model gave beside depth
     * @throws IllegalArgumentException if neither the person nor the model says anything of it
     */
    Intrinsics of(int height, int width, Map<String, Double> numbers);

    /** Known intrinsics, of the picture. */
    record Known(Intrinsics intrinsics) implements CloudCamera {
        @Override
        public Intrinsics of(int height, int width, Map<String, Double> numbers) {
            return intrinsics;
        }
    }

    /** A stated horizontal field of view, degrees. */
    record FieldOfView(double degrees) implements CloudCamera {
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

    /** The field of view that the model gives with its depth. */
    record Predicted() implements CloudCamera {
        @Override
        public Intrinsics of(int height, int width, Map<String, Double> numbers) {
            Double degrees = numbers.get(Estimate.FIELD_OF_VIEW);
            if (degrees == null) {
                throw new UsageException(
                        "point cloud: expected a known camera, but the model does not give a field of view",
                        new Remedy.StateCamera());
            }
            return Intrinsics.fromFieldOfView(degrees, height, width);
        }
    }
}
