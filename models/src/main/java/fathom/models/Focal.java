package fathom.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The focal length of a picture's camera, as given by the user. */
public sealed interface Focal {
    /** Key of the option for a focal length in pixels of the picture: one number or fx,fy. */
    String PIXELS = "focal";
    /** Key of the option for the horizontal field of view in degrees. */
    String FIELD_OF_VIEW = "fov_x";

    /**
     * Returns the horizontal focal length.
     *
     * @param imageWidth columns of the picture
     * @return focal length, pixels of that picture
     */
    double x(int imageWidth);

    /**
     * Returns the vertical focal length.
     *
     * @param imageWidth columns of the picture
     * @return focal length, pixels of that picture
     */
    double y(int imageWidth);

    /**
     * A focal length in pixels of the picture.
     *
     * @param fx horizontal
     * @param fy vertical
     */
    record Pixels(double fx, double fy) implements Focal {
        @Override
        public double x(int imageWidth) {
            return fx;
        }

        @Override
        public double y(int imageWidth) {
            return fy;
        }
    }

    /**
     * A horizontal field of view; pixels are square.
     *
     * @param degrees above 0 and below 180
     */
    record FieldOfView(double degrees) implements Focal {
        @Override
        public double x(int imageWidth) {
            return imageWidth / (2 * Math.tan(Math.toRadians(degrees) / 2));
        }

        @Override
        public double y(int imageWidth) {
            return x(imageWidth);
        }
    }

    /**
     * Returns the help texts of both options by key.
     *
     * @param effect what a known focal length changes
     * @return one line for each key
     */
    static Map<String, String> help(String effect) {
        return Map.of(PIXELS, "focal length in pixels of the picture, or fx,fy: " + effect, FIELD_OF_VIEW,
                "the horizontal field of view in degrees, with the same effect");
    }

    /**
     * Returns the focal length that the options contain.
     *
     * @param options the options of the model
     * @return the focal length, or empty if neither option is given
     * @throws IllegalArgumentException if both are given, or the value is invalid
     */
    static Optional<Focal> of(ModelOptions options) {
        String pixels = options.text(PIXELS);
        boolean angle = options.text(FIELD_OF_VIEW) != null;
        if (pixels != null && angle) {
            throw new IllegalArgumentException("options " + PIXELS + " and " + FIELD_OF_VIEW
                    + ": expected only one of the two options, found both");
        }
        if (pixels != null) {
            List<Float> both = options.numbers(PIXELS, pixels.contains(",") ? 2 : 1, 0);
            if (both.stream().anyMatch(length -> !(length > 0))) {
                throw new IllegalArgumentException("option " + PIXELS + ": expected pixels above 0, found " + pixels);
            }
            return Optional.of(new Pixels(both.getFirst(), both.getLast()));
        }
        if (!angle) {
            return Optional.empty();
        }
        double degrees = options.numbers(FIELD_OF_VIEW, 1, 0).getFirst();
        if (!(degrees > 0 && degrees < 180)) {
            throw new IllegalArgumentException(
                    "option " + FIELD_OF_VIEW + ": expected degrees above 0 and below 180, found " + degrees);
        }
        return Optional.of(new FieldOfView(degrees));
    }
}
