package fathom.inference;

/** A picture brought to a model's input, to be run by the estimator that prepared it. Immutable. */
public sealed interface PreparedInput {
    /** Height of the picture it was made from, pixels. */
    int imageHeight();

    /** Width of the picture it was made from, pixels. */
    int imageWidth();

    /** All that a formula needs. */
    record SizeOnly(int imageHeight, int imageWidth) implements PreparedInput {}
}
