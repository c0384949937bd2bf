package fathom.graph;

/**
 * The parameters of a convolution, transposed convolution or pooling with a square window.
 *
 * @param stride step along both axes, at least 1
 * @param top rows added at the top
 * @param left columns added at the left
 * @param bottom rows added at the bottom
 * @param right columns added at the right
 * @param dilation distance of neighbouring taps of the window, at least 1
 * @param groups number of groups of channels, at least 1
 */
public record ConvParameters(int stride, int top, int left, int bottom, int right, int dilation, int groups) {
    /** Stride 1 without padding. */
    public static final ConvParameters PLAIN = new ConvParameters(1, 0, 0, 0, 0, 1, 1);

    /**
     * Validates the parameters.
     *
     * @throws IllegalArgumentException if a parameter is outside its limits
     */
    public ConvParameters {
        if (stride < 1 || dilation < 1 || groups < 1 || top < 0 || left < 0 || bottom < 0 || right < 0) {
            throw new IllegalArgumentException("sliding window: expected stride, dilation and groups of at least 1 and "
                    + "no negative padding, found " + stride + ", " + dilation + ", " + groups + ", padding " + top
                    + ", " + left + ", " + bottom + ", " + right);
        }
    }

    /**
     * {@return parameters with the given stride, without padding}
     *
     * @param stride step along both axes
     */
    public static ConvParameters stride(int stride) {
        return PLAIN.withStride(stride);
    }

    /**
     * {@return a copy with another stride}
     *
     * @param stride step along both axes
     */
    public ConvParameters withStride(int stride) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /**
     * {@return a copy with {@code pad} rows and columns added on every side}
     *
     * @param pad rows and columns to add on every side
     */
    public ConvParameters pad(int pad) {
        return pad(pad, pad, pad, pad);
    }

    /**
     * {@return a copy with other padding}
     *
     * @param top rows to add at the top
     * @param left columns to add at the left
     * @param bottom rows to add at the bottom
     * @param right columns to add at the right
     */
    public ConvParameters pad(int top, int left, int bottom, int right) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /**
     * {@return a copy with another dilation}
     *
     * @param dilation distance of neighbouring taps
     */
    public ConvParameters dilate(int dilation) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /**
     * {@return a copy with another number of groups}
     *
     * @param groups number of groups of channels
     */
    public ConvParameters group(int groups) {
        return new ConvParameters(stride, top, left, bottom, right, dilation, groups);
    }

    /**
     * Returns the extent of the result along an axis of {@code extent} with padding of {@code before + after}; below 1
     * if no window fits.
     */
    int outputExtent(int extent, int before, int after, int kernel) {
        int room = extent + before + after - dilation * (kernel - 1) - 1;
        return room < 0 ? 0 : room / stride + 1;
    }
}
