package fathom.datasets.values;

import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A sample as stored in the index.
 *
 * @param key the identifiers
 * @param facts the name, size and camera
 * @param tags words for selecting samples
 * @param attributes further properties by key
 * @param fields the fields by name, the picture first; not copied, so that the sample can record a new prediction
 */
public record SampleRow(SampleKey key, SampleFacts facts, SequencedSet<String> tags,
        SequencedMap<String, String> attributes, SequencedMap<String, Field> fields) {}
