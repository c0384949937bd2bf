package fathom.workbench.rooms;

import fathom.raster.Intrinsics;

/**
 * A pinhole in a room.
 *
 * @param position world coordinates, metres
 * @param right the camera's x axis in the world
 * @param down its y axis
 * @param forward its z axis: depth is measured along it
 * @param intrinsics the pixels' directions
 */
record Camera(double[] position, double[] right, double[] down, double[] forward, Intrinsics intrinsics) {
    /**
     * A camera that looks from {@code position} towards {@code target}.
     *
     * @param rollDegrees turn about the optical axis, clockwise as seen in the picture
     */
    static Camera looking(double[] position, double[] target, double rollDegrees, Intrinsics intrinsics) {
        double[] forward = {target[0] - position[0], target[1] - position[1], target[2] - position[2]};
        Modeller.normalise(forward);
        double[] level = Modeller.cross(new double[]{0, 1, 0}, forward);
        Modeller.normalise(level);
        double[] plumb = Modeller.cross(level, forward);
        Modeller.normalise(plumb);
        double cos = StrictMath.cos(StrictMath.toRadians(rollDegrees));
        double sin = StrictMath.sin(StrictMath.toRadians(rollDegrees));
        double[] right = new double[3];
        double[] down = new double[3];
        for (int axis = 0; axis < 3; axis++) {
            right[axis] = cos * level[axis] + sin * plumb[axis];
            down[axis] = cos * plumb[axis] - sin * level[axis];
        }
        return new Camera(position, right, down, forward, intrinsics);
    }

    /** Writes the direction of picture point (x, y), with a z of 1 in camera axes, into {@code direction}. */
    void ray(double x, double y, float[] direction) {
        double cx = (x - intrinsics.cx()) / intrinsics.fx();
        double cy = (y - intrinsics.cy()) / intrinsics.fy();
        for (int axis = 0; axis < 3; axis++) {
            direction[axis] = (float) (cx * right[axis] + cy * down[axis] + forward[axis]);
        }
    }

    /**
     * The smallest rotation, [3, 3] row by row, that takes the direction of gravity in camera axes to the y axis: what SUN
     * RGB-D keeps as a scene's extrinsics.
     */
    double[] gravityAlignment() {
        double a = -right[1];
        double b = -down[1];
        double c = -forward[1];
        double s = 1 / (1 + b);
        return new double[]{1 - a * a * s, -a, -a * c * s, a, b, c, -a * c * s, -c, 1 - c * c * s};
    }
}
