package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;

/** Maps that a formula gives, so that Python and Java compute the same float32 values. */
final class Patterns {
    private Patterns() {}

    /** Blocks of 9 × 7 pixels with the values 0, ½ and 1, plus {@code noise} times a value of 0 to 1. */
    static Plane blocks(int height, int width, double noise) {
        Plane plane = Plane.allocate(height, width);
        for (int row = 0; row < height; row++) {
            for (int column = 0; column < width; column++) {
                int mixed = (row * 7919 + column * 104_729 + row * column * 31) % 1009;
                plane.set(row, column, (float) ((row / 9 + column / 7) % 3 / 2.0 + noise * mixed / 1009.0));
            }
        }
        return plane;
    }

    static Mask mask(String... rows) {
        Mask mask = Mask.filled(rows.length, rows[0].length(), false);
        for (int row = 0; row < rows.length; row++) {
            for (int column = 0; column < rows[row].length(); column++) {
                mask.set(row, column, rows[row].charAt(column) == '#');
            }
        }
        return mask;
    }
}
