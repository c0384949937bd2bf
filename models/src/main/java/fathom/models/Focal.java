package fathom.models;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The focal length of a picture's camera, as a person states it. */
public sealed interface Focal {
    /** Option for a focal length in pixels of the picture, one number or fx,fy. */
    String PIXELS = "focal";
    /** Option for the horizontal field of view in degrees. */
    String FIELD_OF_VIEW = "fov_x";

    /** Focal length along a row, pixels of a picture of {@code imageWidth} columns. */
    double x(int imageWidth);

    /** Focal length along a column, pixels of a picture of {@code imageWidth} columns. */
    double y(int imageWidth);

    /** In pixels of the picture. */
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

    /** By the horizontal field of view, for square pixels. */
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

    /** What the two options do. */
    static Map<String, String> help(String effect) {
        return Map.of(PIXELS, "focal length in pixels of the picture, or fx,fy: " + effect, FIELD_OF_VIEW,
                "the same by the horizontal field of view, degrees");
    }

    /** What {@code options} say, if anything. */
    static Optional<Focal> of(ModelOptions options) {
        String pixels = options.text(PIXELS);
        boolean angle = options.text(FIELD_OF_VIEW) != null;
        if (pixels != null && angle) {
            throw new IllegalArgumentException("options " + PIXELS + " and " + FIELD_OF_VIEW
                    + ": expected one of them, found both");
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
            throw new IllegalArgumentException("option " + FIELD_OF_VIEW
                    + ": expected degrees above 0 and below 180, found " + degrees);
        }
        return Optional.of(new FieldOfView(degrees));
    }
}
