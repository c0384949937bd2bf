package fathom.server.wire;

/**
 * The revision of a dataset.
 *
 * @param revision a value that changes whenever the dataset changes
 */
public record RevisionWire(String revision) {}
