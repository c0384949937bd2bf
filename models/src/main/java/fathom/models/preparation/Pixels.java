package fathom.models.preparation;

/** A prepared picture: float32, [3, H, W], red, green, blue planes one after the other. Owns its array. */
public final class Pixels {
    private final float[] values;
    private final int height;
    private final int width;

    /** Wraps {@code values}, exactly 3 · height · width, without copying. */
    public Pixels(float[] values, int height, int width) {
        if (values.length != Math.multiplyExact(3, Math.multiplyExact(height, width))) {
            throw new IllegalArgumentException("values: expected 3·" + height + "·" + width + ", found "
                    + values.length);
        }
        this.values = values;
        this.height = height;
        this.width = width;
    }

    /** The values, [3, H, W], not to be written to. */
    public float[] values() {
        return values;
    }

    /** H. */
    public int height() {
        return height;
    }

    /** W. */
    public int width() {
        return width;
    }

    /** The same picture with left and right exchanged. */
    public Pixels mirrored() {
        float[] mirrored = new float[values.length];
        for (int row = 0; row < 3 * height; row++) {
            int start = row * width;
            for (int column = 0; column < width; column++) {
                mirrored[start + column] = values[start + width - 1 - column];
            }
        }
        return new Pixels(mirrored, height, width);
    }

    @Override
    public String toString() {
        return "Pixels[3, " + height + ", " + width + "]";
    }
}
