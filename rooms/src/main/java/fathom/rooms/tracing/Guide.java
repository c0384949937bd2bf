package fathom.rooms.tracing;

/**
 * The first hit of the ray through the centre of each pixel, [H, W]: the exact depth, and the geometry from which a
 * filter finds pixels of the same surface.
 */
public final class Guide {
    public final int height;
    public final int width;
    /** Depth, metres. */
    public final float[] depth;
    /** The number of the triangle in the mesh. */
    public final int[] triangle;
    final int[] thing;
    /** Position in the world, three numbers per pixel. */
    public final float[] place;
    /** Smooth normal, three numbers per pixel. */
    public final float[] normal;
    private final boolean[] flat;

    Guide(int height, int width) {
        this.height = height;
        this.width = width;
        int n = height * width;
        depth = new float[n];
        triangle = new int[n];
        thing = new int[n];
        place = new float[3 * n];
        normal = new float[3 * n];
        flat = new boolean[n];
    }

    void put(int pixel, Surface s, int hitTriangle, float z) {
        depth[pixel] = z;
        triangle[pixel] = hitTriangle;
        thing[pixel] = s.thing;
        place[3 * pixel] = s.x;
        place[3 * pixel + 1] = s.y;
        place[3 * pixel + 2] = s.z;
        normal[3 * pixel] = s.nx;
        normal[3 * pixel + 1] = s.ny;
        normal[3 * pixel + 2] = s.nz;
    }

    /** Returns how well the light at pixel {@code b} represents the light at pixel {@code a}: 0 to 1. */
    float likeness(int a, int b) {
        int i = 3 * a;
        int j = 3 * b;
        float[] n = normal;
        float[] p = place;
        float turn = n[i] * n[j] + n[i + 1] * n[j + 1] + n[i + 2] * n[j + 2];
        if (turn < 0.85f) {
            return 0;
        }
        float lift = Math
                .abs(n[i] * (p[j] - p[i]) + n[i + 1] * (p[j + 1] - p[i + 1]) + n[i + 2] * (p[j + 2] - p[i + 2]));
        float limit = 0.012f * depth[a];
        if (lift > limit) {
            return 0;
        }
        float t = (turn - 0.85f) * (1 / 0.15f);
        return t * t * (1 - lift / limit);
    }

    /** Finds the pixels that are on one flat surface with their eight neighbours. */
    void findFlats() {
        for (int row = 1; row < height - 1; row++) {
            for (int column = 1; column < width - 1; column++) {
                flat[row * width + column] = isFlat(row * width + column);
            }
        }
    }

    private boolean isFlat(int at) {
        for (int y = -1; y <= 1; y++) {
            for (int x = -1; x <= 1; x++) {
                int near = at + y * width + x;
                if (thing[near] != thing[at] || likeness(at, near) < 0.99f) {
                    return false;
                }
            }
        }
        return true;
    }

    /** Returns whether the pixel is on one flat surface with its eight neighbours. */
    boolean flat(int pixel) {
        return flat[pixel];
    }
}
