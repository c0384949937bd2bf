package fathom.server.wire;

/**
 * The state of a dataset in one word.
 *
 * @param revision changes whenever the dataset does
 */
public record RevisionWire(String revision) {}
