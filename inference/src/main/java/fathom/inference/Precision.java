package fathom.inference;

import java.util.List;
import java.util.function.Supplier;

import fathom.raster.RgbImage;

/** How the numbers of a network are kept while it runs. */
public sealed interface Precision {
    /** Float32, as the checkpoint's authors evaluated it. */
    Precision FULL = new Full();

    /** Float32. */
    record Full() implements Precision {}

    /**
     * Linear layers and convolutions in 8 bits, everything between them in float32. Faster where the processor has
     * instructions for it, and less exact: compare before trusting it.
     *
     * @param calibration names the pictures, for the record of how a prediction was made
     * @param pictures what the ranges of the network's maps are measured on, at least one; asked only where the cache does
     *        not know them yet
     */
    record Int8(String calibration, Supplier<List<RgbImage>> pictures) implements Precision {}
}
