package fathom.workbench;

import fathom.raster.Intrinsics;

/** The camera of a point cloud, as a person states it. */
public sealed interface CloudCamera {
    /** The camera of a picture, [height, width]. */
    Intrinsics of(int height, int width);

    /** Known intrinsics, of the picture. */
    record Known(Intrinsics intrinsics) implements CloudCamera {
        @Override
        public Intrinsics of(int height, int width) {
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
        public Intrinsics of(int height, int width) {
            return Intrinsics.fromFieldOfView(degrees, height, width);
        }
    }
}
