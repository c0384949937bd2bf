package fathom.datasets.values;

import java.util.SequencedMap;
import java.util.SequencedSet;

/**
 * A sample as the index describes it.
 *
 * @param key what identifies it
 * @param facts name, size and camera
 * @param tags words to select by
 * @param attributes further facts by key
 * @param fields the fields by name, the picture first; not copied, so that its sample can record a new prediction
 */
public record SampleRow(SampleKey key, SampleFacts facts, SequencedSet<String> tags,
        SequencedMap<String, String> attributes,
        SequencedMap<String, Field> fields) {}
