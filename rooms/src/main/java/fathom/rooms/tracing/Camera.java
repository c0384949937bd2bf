package fathom.rooms.tracing;

import java.util.List;

import fathom.raster.Intrinsics;

/**
 * A pinhole camera in a room.
 *
 * @param position world coordinates, metres
 * @param right the x axis of the camera in the world
 * @param down its y axis
 * @param forward its z axis, along which depth is measured
 * @param intrinsics the directions of the pixels
 */
public record Camera(Vector position, Vector right, Vector down, Vector forward, Intrinsics intrinsics) {
    /**
     * Returns a camera that looks from {@code position} towards {@code target}.
     *
     * @param rollDegrees rotation about the optical axis, clockwise in the image
     */
    public static Camera looking(Vector position, Vector target, double rollDegrees, Intrinsics intrinsics) {
        Vector forward = target.minus(position).unit();
        Vector level = new Vector(0, 1, 0).cross(forward).unit();
        Vector plumb = level.cross(forward).unit();
        double cos = StrictMath.cos(StrictMath.toRadians(rollDegrees));
        double sin = StrictMath.sin(StrictMath.toRadians(rollDegrees));
        Vector right = level.times(cos).plus(plumb.times(sin));
        Vector down = plumb.times(cos).minus(level.times(sin));
        return new Camera(position, right, down, forward, intrinsics);
    }

    /** Writes the direction of image point (x, y), with a z of 1 in camera axes, to {@code direction}. */
    public void ray(double x, double y, float[] direction) {
        double a = (x - intrinsics.cx()) / intrinsics.fx();
        double b = (y - intrinsics.cy()) / intrinsics.fy();
        direction[0] = (float) (a * right.x() + b * down.x() + forward.x());
        direction[1] = (float) (a * right.y() + b * down.y() + forward.y());
        direction[2] = (float) (a * right.z() + b * down.z() + forward.z());
    }

    /**
     * Returns the smallest rotation, [3, 3] row by row, that maps the direction of gravity in camera axes to the y
     * axis. SUN RGB-D stores it as the extrinsics of a scene.
     */
    public List<Double> gravityAlignment() {
        double a = -right.y();
        double b = -down.y();
        double c = -forward.y();
        double s = 1 / (1 + b);
        return List.of(1 - a * a * s, -a, -a * c * s, a, b, c, -a * c * s, -c, 1 - c * c * s);
    }
}
