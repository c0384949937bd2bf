package fathom.rooms;

import java.util.List;

import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.RgbImage;

/**
 * A sample room as an RGB-D camera would have seen it.
 *
 * @param kind what sort of room it is, as SUN RGB-D names its scenes, for example {@code living_room}
 * @param image the picture, [H, W, 3]
 * @param depth [H, W], metres along the optical axis, exact through each pixel's centre, nowhere missing
 * @param measured [H, W], metres: the same with a structured-light sensor's noise and holes; missing pixels are 0
 * @param intrinsics the camera, the same for picture and depth
 * @param gravityAlignment [3, 3] row by row: the rotation that takes gravity in camera axes to the y axis
 */
public record Room(String kind, RgbImage image, Plane depth, Plane measured, Intrinsics intrinsics,
        List<Double> gravityAlignment) {
    public Room {
        gravityAlignment = List.copyOf(gravityAlignment);
        if (gravityAlignment.size() != 9) {
            throw new IllegalArgumentException(
                    "gravity alignment: expected 9 numbers, found " + gravityAlignment.size());
        }
        depth.requireSameShape("measured depth", measured);
    }
}
