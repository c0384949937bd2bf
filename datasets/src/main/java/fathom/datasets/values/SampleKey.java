package fathom.datasets.values;

/**
 * The identifiers of a sample in the index.
 *
 * @param row the primary key of its row
 * @param id its permanent id of 16 hexadecimal digits
 * @param name its name, unique within the dataset
 */
public record SampleKey(long row, String id, String name) {}
