package fathom.graph;

/**
 * How a square window slides over a map: convolution, transposed convolution, pooling.
 *
 * @param stride step along both axes, at least 1
 * @param top rows added above, and so on around
 * @param left columns added
 * @param bottom rows added
 * @param right columns added
 * @param dilation distance of the window's taps, at least 1
 * @param groups parts into which the channels fall, at least 1
 */
public record ConvParameters(int stride, int top, int left, int bottom, int right, int dilation, int groups) {
    /** Step 1, nothing added. */
    public static final ConvParameters PLAIN = new ConvParameters(1, 0, 0, 0, 0, 1, 1);

    public ConvParameters {
        if (stride < 1 || dilation < 1 || groups < 1 || top < 0 || left < 0 || bottom < 0 || right < 0) {
            throw new IllegalArgumentException("sliding window: expected stride, dilation and groups of at least 1 and "
                    + "no negative padding, found " + stride + ", " + dilation + ", " + groups + ", padding " + top
                    + ", " + left + ", " + bottom + ", " + right);
        }
    }

    /** The given step, nothing added. */
    public static ConvParameters stride(int stride) {
        return PLAIN.withStride(stride);
    }

    /** The same with another step. */
    public ConvParameters withStride(int stride) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /** The same with {@code pad} rows and columns added on every side. */
    public ConvParameters pad(int pad) {
        return pad(pad, pad, pad, pad);
    }

    /** The same with other padding. */
    public ConvParameters pad(int top, int left, int bottom, int right) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /** The same with another distance of the taps. */
    public ConvParameters dilate(int dilation) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /** The same with another number of groups. */
    public ConvParameters group(int groups) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /** Extent of the result along an axis of {@code extent}, padding of {@code before + after}; below 1 if none fits. */
    int outputExtent(int extent, int before, int after, int kernel) {
        int room = extent + before + after - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
}
