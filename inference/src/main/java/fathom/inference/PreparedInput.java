package fathom.inference;

import java.nio.ByteBuffer;

import fathom.raster.FloatTensor;

/**
 * A picture in the input format of a model. {@link DepthEstimator#prepare} creates it, and only the same estimator can
 * run it. Immutable.
 */
public sealed interface PreparedInput {
    /** {@return the height of the original picture in pixels} */
    int imageHeight();

    /** {@return the width of the original picture in pixels} */
    int imageWidth();

    /**
     * Casts this input to the type that an estimator prepares.
     *
     * @param type the type
     * @param <T> the type
     * @return this input
     * @throws IllegalArgumentException if this input has another type, because another estimator prepared it
     */
    default <T extends PreparedInput> T as(Class<T> type) {
        if (!type.isInstance(this)) {
            throw new IllegalArgumentException("input: expected one that this estimator prepared, found " + this);
        }
        return type.cast(this);
    }

    /**
     * The size of the picture, for models that do not read pixels.
     *
     * @param imageHeight the height of the original picture in pixels
     * @param imageWidth the width of the original picture in pixels
     */
    record SizeOnly(int imageHeight, int imageWidth) implements PreparedInput {}

    /**
     * The picture as a file, for a remote model.
     *
     * @param imageHeight the height of the original picture in pixels
     * @param imageWidth the width of the original picture in pixels
     * @param mediaType the media type, such as {@code image/png}
     * @param file the bytes, from position 0 to the limit; not written to
     */
    record EncodedPicture(int imageHeight, int imageWidth, String mediaType,
            ByteBuffer file) implements PreparedInput {}

    /**
     * The input tensor of a network.
     *
     * @param imageHeight the height of the original picture in pixels
     * @param imageWidth the width of the original picture in pixels
     * @param pixels the tensor, [3, H, W] at the input size of the network
     */
    record Numbers(int imageHeight, int imageWidth, FloatTensor pixels) implements PreparedInput {
        /** Checks the shape. */
        public Numbers {
            if (pixels.rank() != 3 || pixels.channels() != 3) {
                throw new IllegalArgumentException("pixels: expected [3, H, W], found " + pixels);
            }
        }
    }
}
