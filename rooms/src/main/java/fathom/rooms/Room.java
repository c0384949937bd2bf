package fathom.rooms;

import java.util.List;

import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * A sample room as an RGB-D camera would record it.
 *
 * @param kind the kind of room, with the scene names of SUN RGB-D, for example {@code living_room}
 * @param image the image, [H, W, 3]
 * @param depth [H, W], metres along the optical axis, exact at the centre of each pixel, without missing values
 * @param measured [H, W], metres: the same depth with the noise and holes of a structured-light sensor; missing pixels
 *            are 0
 * @param intrinsics the camera, the same for image and depth
 * @param gravityAlignment [3, 3] row by row: the rotation that maps gravity in camera axes to the y axis
 */
public record Room(String kind, RgbImage image, Plane depth, Plane measured, Intrinsics intrinsics,
        List<Double> gravityAlignment) {
    /**
     * Validates the shapes.
     *
     * @throws IllegalArgumentException if a shape differs
     */
    public Room {
        gravityAlignment = List.copyOf(gravityAlignment);
        if (gravityAlignment.size() != 9) {
            throw new IllegalArgumentException(
                    "gravity alignment: expected 9 numbers, found " + gravityAlignment.size());
        }
        depth.requireSameShape("measured depth", measured);
    }
}
