package fathom.inference;

import java.nio.ByteBuffer;

import fathom.raster.FloatTensor;

/** A picture brought to a model's input, to be run by the estimator that prepared it. Immutable. */
public sealed interface PreparedInput {
    /** Height of the picture it was made from, pixels. */
    int imageHeight();

    /** Width of the picture it was made from, pixels. */
    int imageWidth();

    /**
     * This input as {@code type}, the kind of input that an estimator prepares.
     *
     * @throws IllegalArgumentException if an estimator of another kind prepared this input
     */
    default <T extends PreparedInput> T as(Class<T> type) {
        if (!type.isInstance(this)) {
            throw new IllegalArgumentException("input: expected one that this estimator prepared, found " + this);
        }
        return type.cast(this);
    }

    /** All that a formula needs. */
    record SizeOnly(int imageHeight, int imageWidth) implements PreparedInput {}

    /**
     * The picture as a file, for a model that runs elsewhere.
     *
     * @param mediaType as {@code image/png}
     * @param file its bytes, from position 0 to the limit; not written to
     */
    record EncodedPicture(int imageHeight, int imageWidth, String mediaType,
            ByteBuffer file) implements PreparedInput {}

    /**
     * The numbers that a network is fed.
     *
     * @param pixels [3, H, W] at the network's input size
     */
    record Numbers(int imageHeight, int imageWidth, FloatTensor pixels) implements PreparedInput {
        public Numbers {
            if (pixels.rank() != 3 || pixels.channels() != 3) {
                throw new IllegalArgumentException("pixels: expected [3, H, W], found " + pixels);
            }
        }
    }
}
