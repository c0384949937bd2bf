package fathom.rooms;

import fathom.raster.Plane;
import fathom.rooms.tracing.Dice;
import fathom.rooms.tracing.Guide;
import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Noise;
import fathom.rooms.tracing.Scene;
import fathom.rooms.tracing.Vector;

/**
 * A simulation of a structured-light depth camera of 2010. From an exact depth map it computes what such a sensor would
 * measure. The projector is next to the camera, so objects cast a shadow without measurements on one side. Dark, glossy
 * and oblique surfaces, edges and large distances lose the pattern. Disparity is measured in eighths of a pixel, so
 * depth steps grow with the square of depth (Khoshelham, Elberink: "Accuracy and resolution of Kinect depth data for
 * indoor mapping applications", Sensors 2012). The registration to the colour camera leaves a band without
 * measurements. Missing pixels are 0.
 */
final class DepthSensor {
    /** Distance between projector and camera, metres. */
    private static final double BASELINE = 0.075;
    /** Steps of disparity per pixel. */
    private static final double STEPS = 8;
    /** Standard deviation of the disparity noise, pixels, for the 640 columns of the real sensor. */
    private static final double NOISE = 0.22;
    /** The image width that {@link #STEPS} and {@link #NOISE} refer to. */
    private static final double REFERENCE_WIDTH = 561;

    private final Scene scene;
    private final Guide guide;
    private final int height;
    private final int width;
    private final int seed;
    /** Disparity times depth, pixels times metres. */
    private final double reach;
    /** Image pixels per pixel of the real sensor. */
    private final double scale;

    DepthSensor(Scene scene, Guide guide, long seed) {
        this.scene = scene;
        this.guide = guide;
        this.height = guide.height;
        this.width = guide.width;
        this.seed = (int) Dice.of(seed, 9).next();
        this.scale = width / REFERENCE_WIDTH;
        this.reach = scene.camera().intrinsics().fx() * BASELINE / scale;
    }

    /** Returns the measured depth, [H, W], metres; 0 where there is no measurement. */
    Plane measure() {
        Plane measured = Plane.allocate(height, width);
        float[] values = measured.array();
        boolean[] shadow = new boolean[width];
        int bandRight = (int) Math.round(width * (0.02 + 0.025 * Dice.hash(1, 2, seed)));
        int bandBottom = (int) Math.round(height * 0.012 * Dice.hash(3, 4, seed));
        for (int row = 0; row < height - bandBottom; row++) {
            findShadows(row, shadow);
            for (int column = 0; column < width - bandRight; column++) {
                int at = row * width + column;
                if (!shadow[column] && !lost(row, column, at)) {
                    values[at] = (float) quantised(row, column, guide.depth[at]);
                }
            }
        }
        return measured;
    }

    /**
     * Marks the pixels of this row that the projector, at the right of the camera, cannot see. The row is scanned from
     * right to left. A pixel is hidden if its column in the projector image is not left of the columns of all pixels
     * before it.
     */
    private void findShadows(int row, boolean[] shadow) {
        double leftmost = Double.POSITIVE_INFINITY;
        for (int column = width - 1; column >= 0; column--) {
            double place = column / scale - reach / guide.depth[row * width + column];
            shadow[column] = place > leftmost - 0.05;
            leftmost = Math.min(leftmost, place);
        }
    }

    private boolean lost(int row, int column, int at) {
        double z = guide.depth[at];
        float x = (float) (column / scale);
        float y = (float) (row / scale);
        double patch = Noise.fractal(x / 7, y / 7, 3, seed) - 0.5;
        double speck = Noise.value(x / 2.2f, y / 2.2f, seed + 50);
        Material material = scene.mesh().materials().get(scene.mesh().material(guide.triangle[at]));
        double facing = facing(at);
        // The reflected part of the pattern: less from far, oblique and absorbing surfaces.
        double signal = (1 - material.absorbs()) * Math.min(1, 0.25 + 1.1 * facing) / (1 + StrictMath.pow(z / 6.5, 4));
        return signal + 0.55 * patch < 0.2 || facing < 0.07 || speck > 0.985 || (z > 8.5 && patch > 0.12)
                || onEdge(row, column, z);
    }

    /** Returns the cosine between the surface normal and the line of sight. */
    private double facing(int at) {
        Vector eye = scene.camera().position();
        double dx = guide.place[3 * at] - eye.x();
        double dy = guide.place[3 * at + 1] - eye.y();
        double dz = guide.place[3 * at + 2] - eye.z();
        double dot = dx * guide.normal[3 * at] + dy * guide.normal[3 * at + 1] + dz * guide.normal[3 * at + 2];
        return Math.abs(dot) / StrictMath.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /**
     * Returns whether a depth edge is next to the pixel, the pixel is on its far side, and the sensor fails there this
     * time.
     */
    private boolean onEdge(int row, int column, double z) {
        int ring = 1 + (Dice.hash(row / 5, column / 5, seed + 60) > 0.6f ? 1 : 0);
        for (int y = Math.max(0, row - ring); y <= Math.min(height - 1, row + ring); y++) {
            for (int x = Math.max(0, column - ring); x <= Math.min(width - 1, column + ring); x++) {
                if (z - guide.depth[y * width + x] > 0.04 * z && Dice.hash(row / 3, column / 3, seed + 61) > 0.35f) {
                    return true;
                }
            }
        }
        return false;
    }

    private double quantised(int row, int column, double z) {
        float x = (float) (column / scale);
        float y = (float) (row / scale);
        double noise = NOISE * (Noise.value(x / 3, y / 3, seed + 70) - 0.5)
                + 0.5 * NOISE * (Dice.hash(row, column, seed + 71) - 0.5);
        double disparity = reach / z + noise;
        return reach / (Math.max(1, Math.round(STEPS * disparity)) / STEPS);
    }

    /** Returns the largest possible difference of a measurement from {@code z}, metres. */
    static double tolerance(double z, double reach) {
        double off = 0.75 * NOISE + 0.5 / STEPS;
        return reach / (reach / z - off) - z;
    }
}
