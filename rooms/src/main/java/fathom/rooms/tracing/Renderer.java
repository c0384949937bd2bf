package fathom.rooms.tracing;

import fathom.raster.Plane;

/**
 * Renders one scene: exact depth through the centre of each pixel, the light there, then colours from four rays per
 * pixel, which use the light of the centres around them. One thread, no allocation per pixel. The same scene always
 * gives the same numbers.
 */
public final class Renderer {
    /** Offsets of the colour rays of a pixel from its centre, pixels: a rotated square. */
    private static final float[] SPREAD = {-0.16f, -0.42f, 0.42f, -0.16f, 0.16f, 0.42f, -0.42f, 0.16f};
    private static final float INVERSE_PI = (float) (1 / Math.PI);

    private final Scene scene;
    private final Camera camera;
    private final int height;
    private final int width;
    private final float ox;
    private final float oy;
    private final float oz;
    private final Guide guide;
    private final LightField field;
    private final Surface surface;
    private final Bvh.Hit hit = new Bvh.Hit();
    private final float[] ray = new float[3];
    private final float[] paint = new float[3];
    private final float[] lit = new float[3];
    private final float[] mirrored = new float[3];

    public Renderer(Scene scene, int height, int width, long seed) {
        this.scene = scene;
        this.camera = scene.camera();
        this.height = height;
        this.width = width;
        this.ox = (float) camera.position().x();
        this.oy = (float) camera.position().y();
        this.oz = (float) camera.position().z();
        guide = new Guide(height, width);
        field = new LightField(scene, guide, (int) Dice.mix(seed));
        surface = new Surface(scene.mesh());
    }

    /** Returns the surface at the centre of each pixel, after {@link #measure()}. */
    public Guide surfaces() {
        return guide;
    }

    /** Returns the image, [H, W, 3], linear light, after {@link #measure()}. */
    public float[] draw() {
        field.measure(this::centre);
        float[] light = new float[3 * height * width];
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                colour(row, column, light);
            }
        }
        return light;
    }

    /**
     * Returns the depth, [H, W], metres along the optical axis: one ray through the centre of each pixel, exact for the
     * surfaces there.
     */
    public Plane measure() {
        for (int row = 0, at = 0; row < height; row++) {
            for (int column = 0; column < width; column++, at++) {
                camera.ray(column, row, ray);
                if (!scene.bvh().nearest(ox, oy, oz, ray[0], ray[1], ray[2], 1e-3f, 1000, hit)) {
                    throw new IllegalStateException(
                            "room: expected closed walls, found a gap at row " + row + ", column " + column);
                }
                surface.take(hit, ox, oy, oz, ray[0], ray[1], ray[2]);
                guide.put(at, surface, hit.triangle, (float) exactDepth(hit.triangle, column, row));
            }
        }
        guide.findFlats();
        return Plane.wrap(guide.depth, height, width);
    }

    /** Returns the depth of the plane of the triangle at image point (x, y), in double precision. */
    private double exactDepth(int triangle, double x, double y) {
        float[] p = scene.mesh().corners();
        int at = 9 * triangle;
        double ax = (double) p[at + 3] - p[at];
        double ay = (double) p[at + 4] - p[at + 1];
        double az = (double) p[at + 5] - p[at + 2];
        double bx = (double) p[at + 6] - p[at];
        double by = (double) p[at + 7] - p[at + 1];
        double bz = (double) p[at + 8] - p[at + 2];
        double nx = ay * bz - az * by;
        double ny = az * bx - ax * bz;
        double nz = ax * by - ay * bx;
        double cx = (x - camera.intrinsics().cx()) / camera.intrinsics().fx();
        double cy = (y - camera.intrinsics().cy()) / camera.intrinsics().fy();
        Vector right = camera.right();
        Vector down = camera.down();
        Vector forward = camera.forward();
        Vector eye = camera.position();
        double above = nx * (p[at] - eye.x()) + ny * (p[at + 1] - eye.y()) + nz * (p[at + 2] - eye.z());
        double along = nx * (cx * right.x() + cy * down.x() + forward.x())
                + ny * (cx * right.y() + cy * down.y() + forward.y())
                + nz * (cx * right.z() + cy * down.z() + forward.z());
        return above / along;
    }

    private Surface centre(int row, int column, float[] direction) {
        slide(row * width + column, column, row);
        direction[0] = ray[0];
        direction[1] = ray[1];
        direction[2] = ray[2];
        return surface;
    }

    /** Computes the colour of one pixel from four rays around its centre. */
    private void colour(int row, int column, float[] light) {
        int at = row * width + column;
        boolean flat = guide.flat(at);
        float r = 0;
        float g = 0;
        float b = 0;
        for (int i = 0; i < 4; i++) {
            float dx = SPREAD[2 * i];
            float dy = SPREAD[2 * i + 1];
            if (flat) {
                slide(at, column + dx, row + dy);
            } else {
                search(at, column + dx, row + dy);
            }
            Surface s = surface;
            Material m = s.material;
            float slope = Math.max(0.08f, Math.abs(s.gx * ray[0] + s.gy * ray[1] + s.gz * ray[2]));
            m.texture().colour(s.u, s.v, 0.7f * guide.depth[at] / ((float) camera.intrinsics().fx() * slope), paint);
            if (m.emits()) {
                r += paint[0] * m.emission();
                g += paint[1] * m.emission();
                b += paint[2] * m.emission();
                continue;
            }
            if (!flat || i == 0) {
                field.gather(s, row, column, dx, dy, lit, mirrored);
            }
            r += lit[0] * paint[0] * INVERSE_PI + mirrored[0];
            g += lit[1] * paint[1] * INVERSE_PI + mirrored[1];
            b += lit[2] * paint[2] * INVERSE_PI + mirrored[2];
        }
        light[3 * at] = r / 4;
        light[3 * at + 1] = g / 4;
        light[3 * at + 2] = b / 4;
    }

    /** Finds the surface at image point (x, y) near pixel {@code at}. */
    private void search(int at, float x, float y) {
        camera.ray(x, y, ray);
        if (scene.bvh().nearest(ox, oy, oz, ray[0], ray[1], ray[2], 1e-3f, 1000, hit)) {
            surface.take(hit, ox, oy, oz, ray[0], ray[1], ray[2]);
        } else {
            slide(at, x, y);
        }
    }

    /** Moves along the flat surface of pixel {@code at} to image point (x, y), without a search. */
    private void slide(int at, float x, float y) {
        camera.ray(x, y, ray);
        int triangle = guide.triangle[at];
        float[] p = scene.mesh().corners();
        int c = 9 * triangle;
        float ax = p[c + 3] - p[c];
        float ay = p[c + 4] - p[c + 1];
        float az = p[c + 5] - p[c + 2];
        float bx = p[c + 6] - p[c];
        float by = p[c + 7] - p[c + 1];
        float bz = p[c + 8] - p[c + 2];
        float px = ray[1] * bz - ray[2] * by;
        float py = ray[2] * bx - ray[0] * bz;
        float pz = ray[0] * by - ray[1] * bx;
        float inverse = 1 / (ax * px + ay * py + az * pz);
        float sx = ox - p[c];
        float sy = oy - p[c + 1];
        float sz = oz - p[c + 2];
        float qx = sy * az - sz * ay;
        float qy = sz * ax - sx * az;
        float qz = sx * ay - sy * ax;
        hit.triangle = triangle;
        hit.u = (sx * px + sy * py + sz * pz) * inverse;
        hit.v = (ray[0] * qx + ray[1] * qy + ray[2] * qz) * inverse;
        hit.t = (bx * qx + by * qy + bz * qz) * inverse;
        surface.take(hit, ox, oy, oz, ray[0], ray[1], ray[2]);
    }
}
