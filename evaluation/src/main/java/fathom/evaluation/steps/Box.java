package fathom.evaluation.steps;

/**
 * A window of a map.
 *
 * @param top first row
 * @param bottom row after the last
 * @param left first column
 * @param right column after the last
 */
public record Box(int top, int bottom, int left, int right) {
    /**
     * {@return the part of this window inside a map}
     *
     * @param height number of rows
     * @param width number of columns
     */
    public Box within(int height, int width) {
        int first = Math.clamp(top, 0, height);
        int start = Math.clamp(left, 0, width);
        return new Box(first, Math.clamp(bottom, first, height), start, Math.clamp(right, start, width));
    }

    boolean contains(int row, int column) {
        return row >= top && row < bottom && column >= left && column < right;
    }
}
