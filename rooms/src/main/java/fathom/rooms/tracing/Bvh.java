package fathom.rooms.tracing;

import java.util.Arrays;

/**
 * A bounding volume hierarchy: a tree of boxes around triangles, so that a ray is tested against few of them. It is
 * built by the binned surface-area heuristic (Wald: "On fast construction of SAH-based bounding volume hierarchies",
 * 2007). Intersections follow Möller and Trumbore ("Fast, minimum storage ray/triangle intersection", 1997), from both
 * sides. Immutable and safe for concurrent use; a {@link Hit} belongs to one thread and one tree.
 */
public final class Bvh {
    private static final int BINS = 12;
    private static final int LEAF = 4;
    /** A smaller part of a direction counts as this: it does not move a ray by more than the precision of its origin. */
    private static final float TINY = 1e-20f;
    /** A ray leaves a box by this factor later, because of rounding. */
    private static final float ROUNDING = 1.0000004f;
    /** The result for a box that a ray does not enter: the bits of infinity. */
    private static final int MISSED = 0x7F80_0000;

    /** Twelve numbers per inner node: the boxes of its two children, each as minimum x, y, z, maximum x, y, z. */
    private final float[] bounds;
    /** Two numbers per inner node, its children: the number of an inner node, or the complement of the number of a leaf. */
    private final int[] children;
    /** The first triangle of each leaf; one more number is the number of triangles. */
    private final int[] leaves;
    /** Where the box of the leaf of each triangle starts in {@link #bounds}; below 0 if the leaf is the whole tree. */
    private final int[] boxOfLeaf;
    /** The root, as in {@link #children}. */
    private final int root;
    private int innerCount;
    private int leafCount;
    /** Nine numbers per triangle in the order of the tree: a corner and the two edges from it. */
    private final float[] triangles;
    /** The number in the mesh of each triangle, in the order of the tree. */
    private final int[] order;
    /** Whether a shadow ray passes the triangle, because the triangle emits light. */
    private final boolean[] open;

    /**
     * Builds the tree.
     *
     * @param mesh the triangles
     */
    public Bvh(Mesh mesh) {
        int n = mesh.size();
        order = new int[n];
        boxOfLeaf = new int[n];
        bounds = new float[12 * n];
        children = new int[2 * n];
        leaves = new int[n + 2];
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
        root = split(0, n, -1, boxes, centres);
        leaves[leafCount] = n;
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

    /**
     * Builds the tree of some triangles. Returns its root, as in {@link #children}.
     *
     * @param box where to write the box around them in {@link #bounds}; below 0 for the whole tree
     */
    private int split(int from, int to, int box, float[] boxes, float[] centres) {
        float[] around = enclosing(from, to, boxes);
        if (box >= 0) {
            System.arraycopy(around, 0, bounds, box, 6);
        }
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
        float whole = area(around, 0);
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
            Arrays.fill(boxOfLeaf, from, to, box);
            leaves[leafCount] = from;
            return ~leafCount++;
        }
        int middle = partition(from, to, bestAxis, bestBin, low[bestAxis], high[bestAxis], centres);
        int node = innerCount++;
        children[2 * node] = split(from, middle, 12 * node, boxes, centres);
        children[2 * node + 1] = split(middle, to, 12 * node + 6, boxes, centres);
        return node;
    }

    private float[] enclosing(int from, int to, float[] boxes) {
        float[] around = {Float.MAX_VALUE, Float.MAX_VALUE, Float.MAX_VALUE, -Float.MAX_VALUE, -Float.MAX_VALUE,
                -Float.MAX_VALUE};
        for (int i = from; i < to; i++) {
            merge(around, 0, boxes, 6 * order[i]);
        }
        return around;
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

    /** The point where a ray meets a triangle, and the memory that one thread needs to traverse one tree. */
    public static final class Hit {
        /** Distance along the ray, in lengths of its direction. */
        public float t;
        /** The number of the triangle in the mesh, below 0 if there is none. */
        public int triangle;
        /** Barycentric coordinates of the second and third corner. */
        float u;
        float v;
        /** The triangle, in the order of the tree, that blocked the last blocked ray; it often blocks the next one. */
        private int blocker = -1;
        private final int[] stack = new int[96];
        /** Where the ray enters each box of the stack, as by {@link Bvh#enter}. */
        private final int[] entries = new int[96];
    }

    /**
     * Finds the nearest triangle between {@code tMin}, which is at least 0, and {@code tMax}; returns false if there is
     * none. Of triangles at the same distance the first one in the order of the traversal is found: the nearer box first.
     */
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

    /**
     * Returns whether an object that casts a shadow is between {@code tMin}, which is at least 0, and {@code tMax}: whether
     * the ray meets such a triangle and the box of its leaf. The order of the tests does not change the result.
     */
    boolean blocked(float ox, float oy, float oz, float dx, float dy, float dz, float tMin, float tMax, Hit hit) {
        int last = hit.blocker;
        hit.t = tMax;
        if (last >= 0 && meets(last, ox, oy, oz, dx, dy, dz, tMin, hit)
                && entersLeafOf(last, ox, oy, oz, dx, dy, dz, tMin, tMax)) {
            return true;
        }
        hit.triangle = -1;
        hit.t = tMax;
        walk(ox, oy, oz, dx, dy, dz, tMin, hit, true);
        if (hit.triangle < 0) {
            return false;
        }
        hit.blocker = hit.triangle;
        return true;
    }

    private boolean entersLeafOf(int triangle, float ox, float oy, float oz, float dx, float dy, float dz, float tMin,
            float tMax) {
        int box = boxOfLeaf[triangle];
        float ix = inverse(dx);
        float iy = inverse(dy);
        float iz = inverse(dz);
        return box < 0 || enter(box, ix < 0 ? 3 : 0, iy < 0 ? 4 : 1, iz < 0 ? 5 : 2, ox, oy, oz, ix, iy, iz, tMin,
                tMax) != MISSED;
    }

    /** Sets {@code hit} to the nearest triangle, or to {@code any} that casts a shadow. */
    private void walk(float ox, float oy, float oz, float dx, float dy, float dz, float tMin, Hit hit, boolean any) {
        float ix = inverse(dx);
        float iy = inverse(dy);
        float iz = inverse(dz);
        int nearX = ix < 0 ? 3 : 0;
        int nearY = iy < 0 ? 4 : 1;
        int nearZ = iz < 0 ? 5 : 2;
        int[] stack = hit.stack;
        int[] entries = hit.entries;
        int top = 0;
        int node = root;
        while (true) {
            if (node < 0) {
                for (int i = leaves[~node], end = leaves[~node + 1]; i < end; i++) {
                    if (!(any && open[i]) && meets(i, ox, oy, oz, dx, dy, dz, tMin, hit) && any) {
                        return;
                    }
                }
            } else {
                int near = enter(12 * node, nearX, nearY, nearZ, ox, oy, oz, ix, iy, iz, tMin, hit.t);
                int far = enter(12 * node + 6, nearX, nearY, nearZ, ox, oy, oz, ix, iy, iz, tMin, hit.t);
                int nearer = children[2 * node];
                int other = children[2 * node + 1];
                if (near > far) {
                    int swapped = near;
                    near = far;
                    far = swapped;
                    swapped = nearer;
                    nearer = other;
                    other = swapped;
                }
                if (near != MISSED) {
                    if (far != MISSED) {
                        entries[top] = far;
                        stack[top++] = other;
                    }
                    node = nearer;
                    continue;
                }
            }
            // The boxes in a box that is entered behind the hit are behind it too.
            float behind = hit.t * ROUNDING;
            do {
                if (top == 0) {
                    return;
                }
                node = stack[--top];
            } while (node >= 0 && Float.intBitsToFloat(entries[top]) > behind);
        }
    }

    private static float inverse(float direction) {
        return 1 / (Math.abs(direction) < TINY ? direction < 0 ? -TINY : TINY : direction);
    }

    /**
     * Returns where the ray enters the box whose bounds start at {@code at}, as the bits of a number of at least 0, which
     * are ordered like the numbers; {@link #MISSED} if it does not. {@code nearX}, {@code nearY} and {@code nearZ} are the
     * offsets of its near sides. The minimum and maximum of integers are much faster than those of floating-point numbers.
     * Bits of negative numbers are negative: they are below {@code tMin} where the ray enters, and end it where it leaves;
     * adding 0 makes −0 positive.
     */
    private int enter(int at, int nearX, int nearY, int nearZ, float ox, float oy, float oz, float ix, float iy,
            float iz, float tMin, float tMax) {
        float[] b = bounds;
        int x0 = Float.floatToRawIntBits((b[at + nearX] - ox) * ix);
        int x1 = Float.floatToRawIntBits((b[at + 3 - nearX] - ox) * ix + 0f);
        int y0 = Float.floatToRawIntBits((b[at + nearY] - oy) * iy);
        int y1 = Float.floatToRawIntBits((b[at + 5 - nearY] - oy) * iy + 0f);
        int z0 = Float.floatToRawIntBits((b[at + nearZ] - oz) * iz);
        int z1 = Float.floatToRawIntBits((b[at + 7 - nearZ] - oz) * iz + 0f);
        int in = Math.max(Math.max(x0, y0), Math.max(z0, Float.floatToRawIntBits(tMin)));
        int out = Math.min(Math.min(x1, y1), Math.min(z1, Float.floatToRawIntBits(tMax)));
        return Float.intBitsToFloat(in) <= Float.intBitsToFloat(out) * ROUNDING ? in : MISSED;
    }

    /** Sets {@code hit} to triangle {@code i}, in the order of the tree, if the ray meets it nearer; returns whether it does. */
    private boolean meets(int i, float ox, float oy, float oz, float dx, float dy, float dz, float tMin, Hit hit) {
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
        if (!(distance > tMin && distance < hit.t)) {
            return false;
        }
        hit.t = distance;
        hit.triangle = i;
        hit.u = u;
        hit.v = v;
        return true;
    }
}
