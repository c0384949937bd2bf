package fathom.datasets.values;

/**
 * What identifies a sample in the index.
 *
 * @param row primary key of its row
 * @param id its lasting id of 16 hexadecimal digits
 * @param name its name, unique within the dataset
 */
public record SampleKey(long row, String id, String name) {}
