package fathom.evaluation.protocols;

import java.util.Locale;

/** What the mean of a dataset is taken over. */
public enum Pooling {
    /** Each sample counts once: the mean of the numbers of the samples. */
    IMAGES,
    /** Each pixel counts once: the sums of all samples are added, then divided. */
    PIXELS;

    /** {@return the word of protocol files} */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
