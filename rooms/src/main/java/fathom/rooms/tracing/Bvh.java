package fathom.rooms.tracing;

/**
 * A bounding volume hierarchy: a tree of boxes around triangles, so that a ray is tested against few of them. It is
 * built by the binned surface-area heuristic (Wald: "On fast construction of SAH-based bounding volume hierarchies",
 * 2007). Intersections follow Möller and Trumbore ("Fast, minimum storage ray/triangle intersection", 1997), from both
 * sides. Immutable and safe for concurrent use; a {@link Hit} belongs to one thread.
 */
public final class Bvh {
    private static final int BINS = 12;
    private static final int LEAF = 4;

    /** Six numbers per node: minimum x, y, z, maximum x, y, z. */
    private final float[] bounds;
    /** Per node: first triangle of a leaf, or left child; the right child follows the left. */
    private final int[] first;
    /** Per node: number of triangles, 0 in an inner node. */
    private final int[] count;
    /** Nine numbers per triangle in the order of the tree: a corner and the two edges from it. */
    private final float[] triangles;
    /** The number in the mesh of each triangle, in the order of the tree. */
    private final int[] order;
    /** Whether a shadow ray passes the triangle, because the triangle emits light. */
    private final boolean[] open;
    private int nodes;

    /**
     * Builds the tree.
     *
     * @param mesh the triangles
     */
    public Bvh(Mesh mesh) {
        int n = mesh.size();
        order = new int[n];
        bounds = new float[6 * 2 * Math.max(n, 1)];
        first = new int[2 * Math.max(n, 1)];
        count = new int[2 * Math.max(n, 1)];
        float[] corners = mesh.corners();
        float[] boxes = new float[6 * n];
        float[] centres = new float[3 * n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
            for (int axis = 0; axis < 3; axis++) {
                float a = corners[9 * i + axis];
                float b = corners[9 * i + 3 + axis];
                float c = corners[9 * i + 6 + axis];
                boxes[6 * i + axis] = Math.min(a, Math.min(b, c));
                boxes[6 * i + 3 + axis] = Math.max(a, Math.max(b, c));
                centres[3 * i + axis] = (boxes[6 * i + axis] + boxes[6 * i + 3 + axis]) / 2;
            }
        }
        nodes = 1;
        split(0, 0, n, boxes, centres);
        triangles = new float[9 * n];
        open = new boolean[n];
        for (int i = 0; i < n; i++) {
            int from = 9 * order[i];
            for (int axis = 0; axis < 3; axis++) {
                float corner = corners[from + axis];
                triangles[9 * i + axis] = corner;
                triangles[9 * i + 3 + axis] = corners[from + 3 + axis] - corner;
                triangles[9 * i + 6 + axis] = corners[from + 6 + axis] - corner;
            }
            open[i] = mesh.materials().get(mesh.material(order[i])).emits();
        }
    }

    private void split(int node, int from, int to, float[] boxes, float[] centres) {
        enclose(node, from, to, boxes);
        float[] low = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE};
        float[] high = {-Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE};
        for (int i = from; i < to; i++) {
            for (int axis = 0; axis < 3; axis++) {
                low[axis] = Math.min(low[axis], centres[3 * order[i] + axis]);
                high[axis] = Math.max(high[axis], centres[3 * order[i] + axis]);
            }
        }
        int bestAxis = -1;
        int bestBin = 0;
        // The cost of two boxes is about that of one triangle.
        float whole = area(bounds, 6 * node);
        float best = to - from <= LEAF ? (to - from - 1) * whole : Float.MAX_VALUE;
        for (int axis = 0; axis < 3; axis++) {
            if (high[axis] - low[axis] < 1e-6f) {
                continue;
            }
            float[] costs = costs(axis, low[axis], high[axis], from, to, boxes, centres);
            for (int bin = 1; bin < BINS; bin++) {
                if (costs[bin] < best) {
                    best = costs[bin];
                    bestAxis = axis;
                    bestBin = bin;
                }
            }
        }
        if (bestAxis < 0) {
            first[node] = from;
            count[node] = to - from;
            return;
        }
        int middle = partition(from, to, bestAxis, bestBin, low[bestAxis], high[bestAxis], centres);
        int left = nodes;
        nodes += 2;
        first[node] = left;
        count[node] = 0;
        split(left, from, middle, boxes, centres);
        split(left + 1, middle, to, boxes, centres);
    }

    private void enclose(int node, int from, int to, float[] boxes) {
        int at = 6 * node;
        for (int axis = 0; axis < 3; axis++) {
            bounds[at + axis] = Float.MAX_VALUE;
            bounds[at + 3 + axis] = -Float.MAX_VALUE;
        }
        for (int i = from; i < to; i++) {
            merge(bounds, at, boxes, 6 * order[i]);
        }
    }

    private static void merge(float[] into, int at, float[] box, int from) {
        for (int axis = 0; axis < 3; axis++) {
            into[at + axis] = Math.min(into[at + axis], box[from + axis]);
            into[at + 3 + axis] = Math.max(into[at + 3 + axis], box[from + 3 + axis]);
        }
    }

    private static float area(float[] box, int at) {
        float x = box[at + 3] - box[at];
        float y = box[at + 4] - box[at + 1];
        float z = box[at + 5] - box[at + 2];
        return x < 0 ? 0 : x * y + y * z + z * x;
    }

    /** Returns the cost of cutting before each bin along {@code axis}. */
    private float[] costs(int axis, float low, float high, int from, int to, float[] boxes, float[] centres) {
        float[] binBoxes = new float[6 * BINS];
        int[] binCounts = new int[BINS];
        for (int bin = 0; bin < BINS; bin++) {
            for (int k = 0; k < 3; k++) {
                binBoxes[6 * bin + k] = Float.MAX_VALUE;
                binBoxes[6 * bin + 3 + k] = -Float.MAX_VALUE;
            }
        }
        for (int i = from; i < to; i++) {
            int bin = bin(centres[3 * order[i] + axis], low, high);
            binCounts[bin]++;
            merge(binBoxes, 6 * bin, boxes, 6 * order[i]);
        }
        float[] costs = new float[BINS];
        float[] sweep = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE,
                -Float.MAX_VALUE};
        float[] back = sweep.clone();
        int passed = 0;
        for (int bin = 1; bin < BINS; bin++) {
            passed += binCounts[bin - 1];
            merge(sweep, 0, binBoxes, 6 * (bin - 1));
            costs[bin] += passed == 0 ? Float.MAX_VALUE : passed * area(sweep, 0);
        }
        passed = 0;
        for (int bin = BINS - 1; bin >= 1; bin--) {
            passed += binCounts[bin];
            merge(back, 0, binBoxes, 6 * bin);
            costs[bin] += passed == 0 ? Float.MAX_VALUE : passed * area(back, 0);
        }
        return costs;
    }

    private static int bin(float centre, float low, float high) {
        return Math.min(BINS - 1, (int) ((centre - low) / (high - low) * BINS));
    }

    private int partition(int from, int to, int axis, int bestBin, float low, float high, float[] centres) {
        int left = from;
        int right = to - 1;
        while (left <= right) {
            if (bin(centres[3 * order[left] + axis], low, high) < bestBin) {
                left++;
            } else {
                int swapped = order[left];
                order[left] = order[right];
                order[right--] = swapped;
            }
        }
        return left;
    }

    /** The point where a ray meets a triangle, and the memory that one thread needs to traverse the tree. */
    public static final class Hit {
        /** Distance along the ray, in lengths of its direction. */
        public float t;
        /** The number of the triangle in the mesh, below 0 if there is none. */
        public int triangle;
        /** Barycentric coordinates of the second and third corner. */
        float u;
        float v;
        private final int[] stack = new int[96];
    }

    /** Finds the nearest triangle between {@code tMin} and {@code tMax}; returns false if there is none. */
    public boolean nearest(float ox, float oy, float oz, float dx, float dy, float dz, float tMin, float tMax,
            Hit hit) {
        hit.triangle = -1;
        hit.t = tMax;
        walk(ox, oy, oz, dx, dy, dz, tMin, hit, false);
        if (hit.triangle < 0) {
            return false;
        }
        hit.triangle = order[hit.triangle];
        return true;
    }

    /** Returns whether an object that casts a shadow is between {@code tMin} and {@code tMax}. */
    boolean blocked(float ox, float oy, float oz, float dx, float dy, float dz, float tMin, float tMax, Hit hit) {
        hit.triangle = -1;
        hit.t = tMax;
        walk(ox, oy, oz, dx, dy, dz, tMin, hit, true);
        return hit.triangle >= 0;
    }

    private void walk(float ox, float oy, float oz, float dx, float dy, float dz, float tMin, Hit hit, boolean any) {
        float ix = 1 / (dx == 0 ? 1e-20f : dx);
        float iy = 1 / (dy == 0 ? 1e-20f : dy);
        float iz = 1 / (dz == 0 ? 1e-20f : dz);
        int nearX = ix < 0 ? 3 : 0;
        int nearY = iy < 0 ? 4 : 1;
        int nearZ = iz < 0 ? 5 : 2;
        int[] stack = hit.stack;
        int top = 0;
        int node = 0;
        while (true) {
            int n = count[node];
            if (n > 0) {
                int start = first[node];
                for (int i = start; i < start + n; i++) {
                    if (meets(i, ox, oy, oz, dx, dy, dz, tMin, hit, any) && any) {
                        return;
                    }
                }
            } else {
                int left = first[node];
                float near = enter(6 * left, nearX, nearY, nearZ, ox, oy, oz, ix, iy, iz, tMin, hit.t);
                float far = enter(6 * left + 6, nearX, nearY, nearZ, ox, oy, oz, ix, iy, iz, tMin, hit.t);
                if (near <= far) {
                    if (near != Float.POSITIVE_INFINITY) {
                        if (far != Float.POSITIVE_INFINITY) {
                            stack[top++] = left + 1;
                        }
                        node = left;
                        continue;
                    }
                } else {
                    if (near != Float.POSITIVE_INFINITY) {
                        stack[top++] = left;
                    }
                    node = left + 1;
                    continue;
                }
            }
            if (top == 0) {
                return;
            }
            node = stack[--top];
        }
    }

    /**
     * Returns where the ray enters the box whose bounds start at {@code at}, infinity if it does not; {@code nearX},
     * {@code nearY} and {@code nearZ} are the offsets of its near sides.
     */
    private float enter(int at, int nearX, int nearY, int nearZ, float ox, float oy, float oz, float ix, float iy,
            float iz, float tMin, float tMax) {
        float[] b = bounds;
        float x0 = (b[at + nearX] - ox) * ix;
        float x1 = (b[at + 3 - nearX] - ox) * ix;
        float y0 = (b[at + nearY] - oy) * iy;
        float y1 = (b[at + 5 - nearY] - oy) * iy;
        float z0 = (b[at + nearZ] - oz) * iz;
        float z1 = (b[at + 7 - nearZ] - oz) * iz;
        float in = Math.max(Math.max(x0, y0), Math.max(z0, tMin));
        float out = Math.min(Math.min(x1, y1), Math.min(z1, tMax));
        return in <= out * 1.0000004f ? in : Float.POSITIVE_INFINITY;
    }

    private boolean meets(int i, float ox, float oy, float oz, float dx, float dy, float dz, float tMin, Hit hit,
            boolean any) {
        float[] t = triangles;
        int at = 9 * i;
        float ax = t[at + 3];
        float ay = t[at + 4];
        float az = t[at + 5];
        float bx = t[at + 6];
        float by = t[at + 7];
        float bz = t[at + 8];
        float px = dy * bz - dz * by;
        float py = dz * bx - dx * bz;
        float pz = dx * by - dy * bx;
        float det = ax * px + ay * py + az * pz;
        if (det == 0) {
            return false;
        }
        float inverse = 1 / det;
        float sx = ox - t[at];
        float sy = oy - t[at + 1];
        float sz = oz - t[at + 2];
        float u = (sx * px + sy * py + sz * pz) * inverse;
        if (u < -1e-6f || u > 1.000001f) {
            return false;
        }
        float qx = sy * az - sz * ay;
        float qy = sz * ax - sx * az;
        float qz = sx * ay - sy * ax;
        float v = (dx * qx + dy * qy + dz * qz) * inverse;
        if (v < -1e-6f || u + v > 1.000001f) {
            return false;
        }
        float distance = (bx * qx + by * qy + bz * qz) * inverse;
        if (!(distance > tMin && distance < hit.t) || (any && open[i])) {
            return false;
        }
        hit.t = distance;
        hit.triangle = i;
        hit.u = u;
        hit.v = v;
        return true;
    }
}
