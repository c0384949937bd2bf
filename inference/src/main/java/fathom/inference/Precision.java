package fathom.inference;

import java.util.List;
import java.util.function.Supplier;

import fathom.raster.RgbImage;

/**
 * The precision of a network: the types of its weights and activations while it runs.
 *
 * <p>{@link Full} reproduces the results of the authors and is the default. {@link Int8} is faster on CPUs with 8-bit
 * instructions and needs a quarter of the memory for weights, but changes the results: compare them on your own pictures
 * first. It is supported only on the CPU and only for checkpoints whose graph Fathom builds.
 *
 * {@snippet file="snippets/EstimatorSnippets.java" region="int8"}
 *
 * @see EstimatorOptions#withPrecision
 */
public sealed interface Precision {
    /** Float32, the precision in which the authors of checkpoints evaluate them. */
    Precision FULL = new Full();

    /** Float32. */
    record Full() implements Precision {}

    /**
     * Linear layers and convolutions in 8 bits, the other operations in float32.
     *
     * @param calibration a name for the calibration pictures, which is stored in the provenance of predictions
     * @param pictures supplies the pictures on which the ranges of activations are measured, at least one; called only
     *            if the cache does not contain the ranges
     */
    record Int8(String calibration, Supplier<List<RgbImage>> pictures) implements Precision {}
}
