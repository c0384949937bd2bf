package fathom.evaluation.points;

/**
 * Finds the exact nearest neighbour in a cloud of points.
 *
 * <p>The tree is a permutation of the points: the middle point of a range splits it along its widest axis, the lower half
 * before it and the upper half after it; ranges of up to 12 points are searched one by one. Distances are
 * float64. A part of space is left out only if a lower bound of its distance, computed in the order in which distances
 * are, is not below the best distance, so that rounding cannot hide a nearer point. Safe for concurrent use.
 */
public final class KdTree {
    private static final int LEAF = 12;

    private final int size;
    private final double[] points;
    private final int[] indices;
    private final byte[] axes;

    private KdTree(float[] cloud) {
        size = PointClouds.count(cloud);
        points = new double[3 * size];
        indices = new int[size];
        axes = new byte[size];
        for (int i = 0; i < size; i++) {
            indices[i] = i;
        }
        for (int i = 0; i < points.length; i++) {
            points[i] = cloud[i];
        }
        build(0, size);
    }

    /**
     * {@return a tree of the points of a cloud}
     *
     * @param cloud [n, 3], copied
     * @throws IllegalArgumentException if a coordinate is NaN or infinite
     */
    public static KdTree of(float[] cloud) {
        requireFinite("cloud", cloud);
        return new KdTree(cloud);
    }

    /** {@return the number of points} */
    public int size() {
        return size;
    }

    /**
     * {@return the index in the cloud of a point that no other is nearer than, for each query}
     *
     * @param queries [n, 3]
     * @throws IllegalArgumentException if the tree is empty and there is a query, or if a coordinate is NaN or infinite
     */
    public int[] nearest(float[] queries) {
        int[] slots = search(queries);
        for (int i = 0; i < slots.length; i++) {
            slots[i] = indices[slots[i]];
        }
        return slots;
    }

    /**
     * {@return the squared distance from each query to its nearest point}
     *
     * @param queries [n, 3]
     * @throws IllegalArgumentException if the tree is empty and there is a query, or if a coordinate is NaN or infinite
     */
    public double[] squaredDistances(float[] queries) {
        int[] slots = search(queries);
        double[] squares = new double[slots.length];
        for (int i = 0; i < squares.length; i++) {
            squares[i] = square(slots[i], queries[3 * i], queries[3 * i + 1], queries[3 * i + 2]);
        }
        return squares;
    }

    private int[] search(float[] queries) {
        int count = PointClouds.count(queries);
        requireFinite("queries", queries);
        if (size == 0 && count > 0) {
            throw new IllegalArgumentException("cloud: expected at least one point, found none");
        }
        int[] slots = new int[count];
        Search search = new Search();
        for (int i = 0; i < count; i++) {
            slots[i] = search.nearest(queries[3 * i], queries[3 * i + 1], queries[3 * i + 2]);
        }
        return slots;
    }

    private static void requireFinite(String what, float[] points) {
        if (!PointClouds.isFinite(points)) {
            throw new IllegalArgumentException(
                    what + ": expected finite coordinates, found NaN or infinity; mask such pixels");
        }
    }

    private double square(int slot, double x, double y, double z) {
        double dx = x - points[3 * slot];
        double dy = y - points[3 * slot + 1];
        double dz = z - points[3 * slot + 2];
        return dx * dx + dy * dy + dz * dz;
    }

    private void build(int from, int to) {
        int start = from;
        while (to - start > LEAF) {
            int axis = widestAxis(start, to);
            int middle = (start + to) >>> 1;
            select(start, to - 1, middle, axis);
            axes[middle] = (byte) axis;
            build(start, middle);
            start = middle + 1;
        }
    }

    private int widestAxis(int from, int to) {
        int widest = 0;
        double extent = -1;
        for (int axis = 0; axis < 3; axis++) {
            double min = Double.POSITIVE_INFINITY;
            double max = Double.NEGATIVE_INFINITY;
            for (int at = 3 * from + axis; at < 3 * to; at += 3) {
                min = Math.min(min, points[at]);
                max = Math.max(max, points[at]);
            }
            if (max - min > extent) {
                extent = max - min;
                widest = axis;
            }
        }
        return widest;
    }

    /** Quickselect (Hoare 1961): afterwards no point of [first, middle) is above, none of (middle, last] below. */
    private void select(int first, int last, int middle, int axis) {
        int low = first;
        int high = last;
        while (low < high) {
            double pivot = points[3 * ((low + high) >>> 1) + axis];
            int i = low;
            int j = high;
            while (i <= j) {
                while (points[3 * i + axis] < pivot) {
                    i++;
                }
                while (points[3 * j + axis] > pivot) {
                    j--;
                }
                if (i <= j) {
                    swap(i++, j--);
                }
            }
            if (middle <= j) {
                high = j;
            } else if (middle >= i) {
                low = i;
            } else {
                return;
            }
        }
    }

    private void swap(int a, int b) {
        int index = indices[a];
        indices[a] = indices[b];
        indices[b] = index;
        for (int axis = 0; axis < 3; axis++) {
            double coordinate = points[3 * a + axis];
            points[3 * a + axis] = points[3 * b + axis];
            points[3 * b + axis] = coordinate;
        }
    }

    /** A search that starts from the result of the search before: queries of neighbouring pixels are near each other. */
    private final class Search {
        private final double[] query = new double[3];
        private final double[] gap = new double[3];
        private int best;
        private double bestSquare;

        int nearest(double x, double y, double z) {
            query[0] = x;
            query[1] = y;
            query[2] = z;
            bestSquare = square(best, x, y, z);
            visit(0, size);
            return best;
        }

        private void consider(int slot) {
            double square = square(slot, query[0], query[1], query[2]);
            if (square < bestSquare) {
                bestSquare = square;
                best = slot;
            }
        }

        private void visit(int from, int to) {
            if (to - from <= LEAF) {
                for (int slot = from; slot < to; slot++) {
                    consider(slot);
                }
                return;
            }
            int middle = (from + to) >>> 1;
            int axis = axes[middle];
            double distance = query[axis] - points[3 * middle + axis];
            consider(middle);
            if (distance < 0) {
                visit(from, middle);
            } else {
                visit(middle + 1, to);
            }
            double before = gap[axis];
            gap[axis] = distance;
            if (gap[0] * gap[0] + gap[1] * gap[1] + gap[2] * gap[2] < bestSquare) {
                if (distance < 0) {
                    visit(middle + 1, to);
                } else {
                    visit(from, middle);
                }
            }
            gap[axis] = before;
        }
    }
}
