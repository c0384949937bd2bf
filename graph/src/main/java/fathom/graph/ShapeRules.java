package fathom.graph;

import java.util.Arrays;

/**
 * Computes the shapes of results from the shapes of operands. Every method throws {@link ShapeException} if they do not
 * fit.
 */
final class ShapeRules {
    private ShapeRules() {}

    static Shape convolution(String where, Shape x, Shape weight, ConvParameters window) {
        requireRank(where, "input", x, 4);
        requireRank(where, "weight", weight, 4);
        int channels = x.dim(1);
        if (channels != weight.dim(1) * window.groups() || weight.dim(0) % window.groups() != 0) {
            throw new ShapeException(where + ": weight: expected [n·" + window.groups() + ", " + channels + "/"
                    + window.groups() + ", k, k] for input " + x + ", found " + weight);
        }
        return Shape.of(x.dim(0), weight.dim(0), slide(where, x, weight.dim(2), true, window),
                slide(where, x, weight.dim(3), false, window));
    }

    static Shape transposedConvolution(String where, Shape x, Shape weight, ConvParameters window) {
        requireRank(where, "input", x, 4);
        requireRank(where, "weight", weight, 4);
        if (x.dim(1) != weight.dim(0)) {
            throw new ShapeException(
                    where + ": weight: expected [" + x.dim(1) + ", n, k, k] for input " + x + ", found " + weight);
        }
        int height = (x.dim(2) - 1) * window.stride() - window.top() - window.bottom()
                + window.dilation() * (weight.dim(2) - 1) + 1;
        int width = (x.dim(3) - 1) * window.stride() - window.left() - window.right()
                + window.dilation() * (weight.dim(3) - 1) + 1;
        return Shape.of(x.dim(0), weight.dim(1) * window.groups(), height, width);
    }

    static Shape pooled(String where, Shape x, int kernel, ConvParameters window) {
        requireRank(where, "input", x, 4);
        return Shape.of(x.dim(0), x.dim(1), slide(where, x, kernel, true, window),
                slide(where, x, kernel, false, window));
    }

    private static int slide(String where, Shape x, int kernel, boolean rows, ConvParameters window) {
        int extent = rows
                ? window.outputExtent(x.dim(2), window.top(), window.bottom(), kernel)
                : window.outputExtent(x.dim(3), window.left(), window.right(), kernel);
        if (extent < 1) {
            throw new ShapeException(where + ": input: expected at least " + kernel + " " + (rows ? "rows" : "columns")
                    + " with padding, found " + x);
        }
        return extent;
    }

    /** Returns the shape of x · weightᵀ for x [M, K] and weight [N, K]. */
    static Shape linear(String where, Shape x, Shape weight) {
        requireRank(where, "input", x, 2);
        requireRank(where, "weight", weight, 2);
        if (weight.dim(1) != x.dim(1)) {
            throw new ShapeException(
                    where + ": weight: expected [n, " + x.dim(1) + "] for input " + x + ", found " + weight);
        }
        return Shape.of(x.dim(0), weight.dim(0));
    }

    static Shape product(String where, Shape a, Shape b) {
        if (a.rank() < 2 || b.rank() < 2 || a.dim(-1) != b.dim(-2)) {
            throw new ShapeException(
                    where + ": operands: expected [.., m, k] and [.., k, n], found " + a + " and " + b);
        }
        Shape batch = broadcast(where, leading(a), leading(b));
        int[] dims = Arrays.copyOf(batch.toArray(), batch.rank() + 2);
        dims[dims.length - 2] = a.dim(-2);
        dims[dims.length - 1] = b.dim(-1);
        return Shape.of(dims);
    }

    private static Shape leading(Shape shape) {
        return Shape.of(Arrays.copyOf(shape.toArray(), shape.rank() - 2));
    }

    /**
     * Returns the broadcast shape of two operands of an elementwise operator; the shorter one is extended by leading
     * ones.
     */
    static Shape broadcast(String where, Shape a, Shape b) {
        int rank = Math.max(a.rank(), b.rank());
        int[] dims = new int[rank];
        for (int fromEnd = 1; fromEnd <= rank; fromEnd++) {
            int left = fromEnd <= a.rank() ? a.dim(-fromEnd) : 1;
            int right = fromEnd <= b.rank() ? b.dim(-fromEnd) : 1;
            if (left != right && left != 1 && right != 1) {
                throw new ShapeException(
                        where + ": operands: expected shapes that broadcast, found " + a + " and " + b);
            }
            dims[rank - fromEnd] = left == 1 ? right : left;
        }
        return Shape.of(dims);
    }

    static Shape reshaped(String where, Shape x, Shape to) {
        if (x.elements() != to.elements()) {
            throw new ShapeException(
                    where + ": target: expected " + x.elements() + " elements for input " + x + ", found " + to);
        }
        return to;
    }

    static Shape transposed(String where, Shape x, int[] axes) {
        int[] sorted = axes.clone();
        Arrays.sort(sorted);
        boolean permutation = axes.length == x.rank();
        for (int i = 0; permutation && i < sorted.length; i++) {
            permutation = sorted[i] == i;
        }
        if (!permutation) {
            throw new ShapeException(where + ": axes: expected a permutation of the " + x.rank() + " axes of " + x
                    + ", found " + Arrays.toString(axes));
        }
        return Shape.of(Arrays.stream(axes).map(x::dim).toArray());
    }

    static Shape concatenated(String where, int axis, Shape... parts) {
        Shape first = parts[0];
        int total = 0;
        for (Shape part : parts) {
            if (part.rank() != first.rank() || !part.with(axis, 1).equals(first.with(axis, 1))) {
                throw new ShapeException(where + ": operands: expected shapes that differ only in axis " + axis
                        + ", found " + Arrays.toString(parts));
            }
            total += part.dim(axis);
        }
        return first.with(axis, total);
    }

    static Shape sliced(String where, Shape x, int axis, int from, int to) {
        if (from < 0 || to > x.dim(axis) || from >= to) {
            throw new ShapeException(where + ": range: expected inside 0 to " + x.dim(axis) + " of axis " + axis
                    + " of " + x + ", found " + from + " to " + to);
        }
        return x.with(axis, to - from);
    }

    /** Requires that {@code found}, the operand called {@code operand}, has exactly the shape {@code expected}. */
    static void require(String where, String operand, Shape expected, Shape found) {
        if (!expected.equals(found)) {
            throw new ShapeException(where + ": " + operand + ": expected " + expected + ", found " + found);
        }
    }

    static void requireRank(String where, String operand, Shape shape, int rank) {
        if (shape.rank() != rank) {
            throw new ShapeException(where + ": " + operand + ": expected " + rank + " axes, found " + shape);
        }
    }
}
