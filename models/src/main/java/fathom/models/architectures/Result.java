package fathom.models.architectures;

import fathom.raster.Plane;

/** One result of a network for one picture: [channels, height, width], row-major. A single number is [1, 1, 1]. */
public final class Result {
    private final int channels;
    private final int height;
    private final int width;
    private final float[] values;

    /** Wraps {@code values}, exactly C·H·W of them; the array belongs to this result. */
    public Result(int channels, int height, int width, float[] values) {
        if (values.length != Math.multiplyExact(channels, Math.multiplyExact(height, width))) {
            throw new IllegalArgumentException("values: expected " + channels + "·" + height + "·" + width + ", found "
                    + values.length);
        }
        this.channels = channels;
        this.height = height;
        this.width = width;
        this.values = values;
    }

    /** C. */
    public int channels() {
        return channels;
    }

    /** H. */
    public int height() {
        return height;
    }

    /** W. */
    public int width() {
        return width;
    }

    /** The numbers, [C, H, W], not copied. */
    public float[] values() {
        return values;
    }

    /** One channel, [H, W], over the same array. */
    public Plane plane(int channel) {
        if (channel < 0 || channel >= channels) {
            throw new IllegalArgumentException("channel: expected below " + channels + ", found " + channel);
        }
        return Plane.wrap(values, channel * height * width, height, width, width);
    }

    /** The only number of a result [1, 1, 1]. */
    public float number() {
        if (values.length != 1) {
            throw new IllegalArgumentException("result: expected a single number, found " + this);
        }
        return values[0];
    }

    /** Makes this the mean of itself and {@code mirrored}, whose rows are read from right to left. */
    public void averageWithMirrored(Result mirrored) {
        for (int row = 0; row < channels * height; row++) {
            int from = row * width;
            int last = from + width - 1;
            for (int column = 0; column < width; column++) {
                values[from + column] = (values[from + column] + mirrored.values[last - column]) / 2;
            }
        }
    }

    @Override
    public String toString() {
        return "Result[" + channels + ", " + height + ", " + width + "]";
    }
}
