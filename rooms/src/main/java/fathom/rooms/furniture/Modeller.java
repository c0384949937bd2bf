package fathom.rooms.furniture;

import fathom.rooms.tracing.Material;
import fathom.rooms.tracing.Mesh;
import fathom.rooms.tracing.Vector;

/**
 * Adds solids to a mesh in a local frame (x right, y up, z forward, metres) with a position and rotation in the room.
 * Frames are values: {@link #at} and the rotations return a new one for the same mesh.
 */
public final class Modeller {
    private static final int VERTEX = 8;

    private final Mesh mesh;
    /** Three rows of four: the axes and the origin of the frame in the world. */
    private final double[] frame;

    private Modeller(Mesh mesh, double[] frame) {
        this.mesh = mesh;
        this.frame = frame;
    }

    /**
     * Returns the frame of the room.
     *
     * @param mesh the mesh to add to
     */
    public static Modeller of(Mesh mesh) {
        return new Modeller(mesh, new double[]{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0});
    }

    /**
     * Computes a point of a surface for parameters from 0 to 1 (slightly outside at open edges) and writes it to
     * {@code point}.
     */
    @FunctionalInterface
    interface Surface {
        void at(double s, double t, double[] point);
    }

    /** Starts a new thing. */
    Modeller thing() {
        mesh.begin();
        return this;
    }

    /** Returns the frame moved by (x, y, z) along its axes. */
    Modeller at(double x, double y, double z) {
        double[] f = frame.clone();
        for (int row = 0; row < 3; row++) {
            f[4 * row + 3] += f[4 * row] * x + f[4 * row + 1] * y + f[4 * row + 2] * z;
        }
        return new Modeller(mesh, f);
    }

    /** Returns the frame rotated about its y axis; positive rotates z towards x. */
    Modeller turned(double degrees) {
        return rotated(2, 0, degrees);
    }

    /** Returns the frame rotated about its x axis; positive rotates y towards z. */
    Modeller tilted(double degrees) {
        return rotated(1, 2, degrees);
    }

    /** Returns the frame rotated about its z axis; positive rotates x towards y. */
    Modeller rolled(double degrees) {
        return rotated(0, 1, degrees);
    }

    private Modeller rotated(int from, int to, double degrees) {
        double cos = StrictMath.cos(StrictMath.toRadians(degrees));
        double sin = StrictMath.sin(StrictMath.toRadians(degrees));
        double[] f = frame.clone();
        for (int row = 0; row < 3; row++) {
            double a = frame[4 * row + from];
            double b = frame[4 * row + to];
            f[4 * row + from] = a * cos + b * sin;
            f[4 * row + to] = b * cos - a * sin;
        }
        return new Modeller(mesh, f);
    }

    /** Adds a box between two opposite corners. */
    void box(Material m, double x0, double y0, double z0, double x1, double y1, double z1) {
        int material = mesh.register(m);
        for (int axis = 0; axis < 3; axis++) {
            for (int side = 0; side < 2; side++) {
                boxFace(material, new double[]{x0, y0, z0}, new double[]{x1, y1, z1}, axis, side);
            }
        }
    }

    private void boxFace(int material, double[] low, double[] high, int axis, int side) {
        int a = axis == 0 ? 2 : 0;
        int b = axis == 1 ? 2 : 1;
        double[] normal = new double[3];
        normal[axis] = side == 0 ? -1 : 1;
        float[][] vertices = new float[4][];
        for (int corner = 0; corner < 4; corner++) {
            double[] p = new double[3];
            p[axis] = side == 0 ? low[axis] : high[axis];
            p[a] = (corner & 1) == 0 ? low[a] : high[a];
            p[b] = (corner & 2) == 0 ? low[b] : high[b];
            vertices[corner] = vertex(p, normal, p[a], p[b]);
        }
        mesh.add(material, vertices[0], vertices[1], vertices[3]);
        mesh.add(material, vertices[0], vertices[3], vertices[2]);
    }

    /** Adds a box of the given size that stands on (0, 0, 0). */
    void block(Material m, double width, double height, double depth) {
        box(m, -width / 2, 0, -depth / 2, width / 2, height, depth / 2);
    }

    /** Adds a flat rectangle from {@code origin} along two edges, with (u, v) from (u0, v0) to (u1, v1). */
    public void quad(Material m, double[] origin, double[] alongU, double[] alongV, double u0, double v0, double u1,
            double v1) {
        double[] normal = cross(alongU, alongV);
        float[][] vertices = new float[4][];
        for (int corner = 0; corner < 4; corner++) {
            int s = corner & 1;
            int t = corner >> 1;
            double[] p = new double[3];
            for (int axis = 0; axis < 3; axis++) {
                p[axis] = origin[axis] + s * alongU[axis] + t * alongV[axis];
            }
            vertices[corner] = vertex(p, normal, s == 0 ? u0 : u1, t == 0 ? v0 : v1);
        }
        int material = mesh.register(m);
        mesh.add(material, vertices[0], vertices[1], vertices[3]);
        mesh.add(material, vertices[0], vertices[3], vertices[2]);
    }

    /** Adds a box between two corners whose edges are rounded with radius {@code r}. */
    void cushion(Material m, double x0, double y0, double z0, double x1, double y1, double z1, double r) {
        int segments = 3;
        int n = 2 * (segments + 1);
        double[] tangents = new double[n];
        for (int k = 0; k <= segments; k++) {
            tangents[k] = StrictMath.tan(-Math.PI / 4 * (segments - k) / segments);
            tangents[n - 1 - k] = -tangents[k];
        }
        double[] centre = {(x0 + x1) / 2, (y0 + y1) / 2, (z0 + z1) / 2};
        double[] inner = {Math.abs(x1 - x0) / 2 - r, Math.abs(y1 - y0) / 2 - r, Math.abs(z1 - z0) / 2 - r};
        int material = mesh.register(m);
        for (int axis = 0; axis < 3; axis++) {
            for (int side = -1; side <= 1; side += 2) {
                float[][] grid = new float[n * n][];
                for (int i = 0; i < n * n; i++) {
                    grid[i] = cushionVertex(centre, inner, r, axis, side, tangents, i % n, i / n);
                }
                stitch(material, grid, n, n);
            }
        }
    }

    private float[] cushionVertex(double[] centre, double[] inner, double r, int axis, int side, double[] tangents,
            int i, int j) {
        int a = (axis + 1) % 3;
        int b = (axis + 2) % 3;
        int half = tangents.length / 2;
        double[] direction = new double[3];
        direction[axis] = side;
        direction[a] = tangents[i];
        direction[b] = tangents[j];
        normalise(direction);
        double[] p = new double[3];
        p[axis] = centre[axis] + side * inner[axis] + r * direction[axis];
        p[a] = centre[a] + (i < half ? -inner[a] : inner[a]) + r * direction[a];
        p[b] = centre[b] + (j < half ? -inner[b] : inner[b]) + r * direction[b];
        return vertex(p, direction, p[axis == 0 ? 2 : 0], p[axis == 1 ? 2 : 1]);
    }

    /** Adds a curved sheet of {@code columns} x {@code rows} patches; (u, v) are (s, t) times the given lengths. */
    void sheet(Material m, int columns, int rows, double lengthU, double lengthV, Surface surface) {
        float[][] grid = new float[(columns + 1) * (rows + 1)][];
        double step = 1e-4;
        double[] p = new double[3];
        double[] ahead = new double[3];
        double[] behind = new double[3];
        for (int j = 0, at = 0; j <= rows; j++) {
            double t = (double) j / rows;
            for (int i = 0; i <= columns; i++, at++) {
                double s = (double) i / columns;
                surface.at(s + step, t, ahead);
                surface.at(s - step, t, behind);
                double[] alongS = minus(ahead, behind);
                surface.at(s, Math.min(1, t + step), ahead);
                surface.at(s, Math.max(0, t - step), behind);
                double[] normal = cross(alongS, minus(ahead, behind));
                if (normal[0] == 0 && normal[1] == 0 && normal[2] == 0) {
                    normal[1] = t < 0.5 ? -1 : 1;
                }
                surface.at(s, t, p);
                grid[at] = vertex(p, normal, s * lengthU, t * lengthV);
            }
        }
        stitch(mesh.register(m), grid, columns + 1, rows + 1);
    }

    /**
     * Adds a solid of revolution about the y axis. {@code profile} contains (radius, height) pairs from the bottom up,
     * joined by straight lines; a sharp edge needs its point twice.
     */
    void turnedSolid(Material m, int segments, double... profile) {
        int points = profile.length / 2;
        for (int k = 0; k + 1 < points; k++) {
            double r0 = profile[2 * k];
            double y0 = profile[2 * k + 1];
            double r1 = profile[2 * k + 2];
            double y1 = profile[2 * k + 3];
            if (r0 == r1 && y0 == y1) {
                continue;
            }
            double slope = StrictMath.hypot(r1 - r0, y1 - y0);
            float[][] grid = new float[(segments + 1) * 2][];
            for (int i = 0; i <= segments; i++) {
                double angle = 2 * Math.PI * (i % segments) / segments;
                double cos = StrictMath.cos(angle);
                double sin = StrictMath.sin(angle);
                double[] normal = {(y1 - y0) * cos, r0 - r1, (y1 - y0) * sin};
                double u = 2 * Math.PI * Math.max(r0, r1) * i / segments;
                grid[i] = vertex(new double[]{r0 * cos, y0, r0 * sin}, normal, u, y0);
                grid[segments + 1 + i] = vertex(new double[]{r1 * cos, y1, r1 * sin}, normal, u, y0 + slope);
            }
            stitch(mesh.register(m), grid, segments + 1, 2);
        }
    }

    /** Adds a cylinder of the given radius that stands on (0, 0, 0). */
    void cylinder(Material m, double radius, double height) {
        turnedSolid(m, 20, 0, 0, radius, 0, radius, height, 0, height);
    }

    /** Adds an ellipsoid of the given radii around (0, 0, 0). */
    void ball(Material m, double rx, double ry, double rz) {
        sheet(m, 20, 12, 2 * Math.PI * rx, Math.PI * ry, (s, t, p) -> {
            double around = 2 * Math.PI * s;
            double up = Math.PI * (t - 0.5);
            p[0] = rx * StrictMath.cos(up) * StrictMath.cos(around);
            p[1] = ry * StrictMath.sin(up);
            p[2] = rz * StrictMath.cos(up) * StrictMath.sin(around);
        });
    }

    /** Adds a round bar between two points. */
    void bar(Material m, double radius, double x0, double y0, double z0, double x1, double y1, double z1) {
        double[] axis = {x1 - x0, y1 - y0, z1 - z0};
        double[] side = Math.abs(axis[1]) > Math.abs(axis[0])
                ? cross(axis, new double[]{1, 0, 0})
                : cross(axis, new double[]{0, 1, 0});
        normalise(side);
        double[] up = cross(axis, side);
        normalise(up);
        sheet(m, 10, 1, 2 * Math.PI * radius, StrictMath.sqrt(dot(axis, axis)), (s, t, p) -> {
            double cos = radius * StrictMath.cos(2 * Math.PI * s);
            double sin = radius * StrictMath.sin(2 * Math.PI * s);
            p[0] = x0 + t * axis[0] + cos * side[0] + sin * up[0];
            p[1] = y0 + t * axis[1] + cos * side[1] + sin * up[1];
            p[2] = z0 + t * axis[2] + cos * side[2] + sin * up[2];
        });
    }

    private void stitch(int material, float[][] grid, int columns, int rows) {
        for (int j = 0; j + 1 < rows; j++) {
            for (int i = 0; i + 1 < columns; i++) {
                float[] a = grid[j * columns + i];
                float[] b = grid[j * columns + i + 1];
                float[] c = grid[(j + 1) * columns + i];
                float[] d = grid[(j + 1) * columns + i + 1];
                addUnlessFlat(material, a, b, d);
                addUnlessFlat(material, a, d, c);
            }
        }
    }

    private void addUnlessFlat(int material, float[] a, float[] b, float[] c) {
        double[] ab = {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
        double[] ac = {c[0] - a[0], c[1] - a[1], c[2] - a[2]};
        double[] normal = cross(ab, ac);
        if (dot(normal, normal) > 1e-16) {
            mesh.add(material, a, b, c);
        }
    }

    private float[] vertex(double[] p, double[] normal, double u, double v) {
        float[] vertex = new float[VERTEX];
        double[] n = new double[3];
        for (int row = 0; row < 3; row++) {
            double[] f = frame;
            vertex[row] = (float) (f[4 * row] * p[0] + f[4 * row + 1] * p[1] + f[4 * row + 2] * p[2] + f[4 * row + 3]);
            n[row] = f[4 * row] * normal[0] + f[4 * row + 1] * normal[1] + f[4 * row + 2] * normal[2];
        }
        normalise(n);
        vertex[3] = (float) n[0];
        vertex[4] = (float) n[1];
        vertex[5] = (float) n[2];
        vertex[6] = (float) u;
        vertex[7] = (float) v;
        return vertex;
    }

    /** Returns the point (x, y, z) of this frame in the world. */
    Vector toWorld(double x, double y, double z) {
        return new Vector(worldAxis(0, x, y, z), worldAxis(1, x, y, z), worldAxis(2, x, y, z));
    }

    private double worldAxis(int row, double x, double y, double z) {
        return frame[4 * row] * x + frame[4 * row + 1] * y + frame[4 * row + 2] * z + frame[4 * row + 3];
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[]{a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double[] cross(double[] a, double[] b) {
        return new double[]{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static void normalise(double[] a) {
        double length = StrictMath.sqrt(dot(a, a));
        if (length > 0) {
            a[0] /= length;
            a[1] /= length;
            a[2] /= length;
        }
    }
}
