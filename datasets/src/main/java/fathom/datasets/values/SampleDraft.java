package fathom.datasets.values;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.Intrinsics;

/**
 * A sample to be added to a dataset.
 *
 * @param name the name, unique within the dataset, such as the path of the scene
 * @param rgb the file of the picture, under the media root of the dataset
 * @param height the number of rows of the picture
 * @param width the number of columns of the picture
 * @param measured measured depth maps of the same size, or of the size that {@link SampleAttributes#sizeKey} states
 * @param intrinsics the camera; empty if unknown
 * @param tags words for selecting samples
 * @param attributes further properties, such as the sensor
 */
public record SampleDraft(String name, Path rgb, int height, int width, List<Measured> measured,
        Optional<Intrinsics> intrinsics, SequencedSet<String> tags, SequencedMap<String, String> attributes) {
    /** The largest length of a sample's name in characters. */
    public static final int MAX_NAME = 1024;

    /**
     * A file of measured depth.
     *
     * @param field the name of the field, such as {@code gt}
     * @param path the file, under the media root of the dataset
     * @param encoding the encoding of the numbers
     * @param limits the range of valid depths
     */
    public record Measured(String field, Path path, DepthEncoding encoding, DepthLimits limits) {
        /** Checks the name of the field. */
        public Measured {
            Names.requireField(field);
        }
    }

    /**
     * Requires a valid name of a sample.
     *
     * @param name the name
     * @return {@code name}
     * @throws IllegalArgumentException if the name is empty, too long, or contains control characters
     */
    public static String requireName(String name) {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("sample name: expected 1 to " + MAX_NAME
                    + " characters without control characters, found \"" + name + "\"");
        }
        return name;
    }

    /** Checks name and size, and copies the collections. */
    public SampleDraft {
        requireName(name);
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "sample " + name + ": expected a picture of at least 1x1, found " + width + "x" + height);
        }
        measured = List.copyOf(measured);
        tags = new LinkedHashSet<>(tags);
        attributes = new LinkedHashMap<>(attributes);
    }

    /**
     * Returns a sample that consists of a picture only.
     *
     * @param name the name
     * @param rgb the file of the picture
     * @param height the number of rows
     * @param width the number of columns
     * @return the draft
     */
    public static SampleDraft of(String name, Path rgb, int height, int width) {
        return new SampleDraft(name, rgb, height, width, List.of(), Optional.empty(), new LinkedHashSet<>(),
                new LinkedHashMap<>());
    }

    /**
     * Returns a copy with measured depth, of which every positive value is valid.
     *
     * @param field the name of the field
     * @param path the file
     * @param encoding the encoding of the numbers
     * @return the copy
     */
    public SampleDraft withMeasured(String field, Path path, DepthEncoding encoding) {
        return withMeasured(new Measured(field, path, encoding, DepthLimits.NONE));
    }

    /**
     * Returns a copy with one more measured depth map.
     *
     * @param added the depth map
     * @return the copy
     */
    public SampleDraft withMeasured(Measured added) {
        List<Measured> all = new ArrayList<>(measured);
        all.add(added);
        return new SampleDraft(name, rgb, height, width, all, intrinsics, tags, attributes);
    }

    /**
     * Returns a copy with a camera.
     *
     * @param camera the camera, in pixels of the picture
     * @return the copy
     */
    public SampleDraft withIntrinsics(Intrinsics camera) {
        return new SampleDraft(name, rgb, height, width, measured, Optional.of(camera), tags, attributes);
    }

    /**
     * Returns a copy with one more tag.
     *
     * @param tag the tag
     * @return the copy
     */
    public SampleDraft withTag(String tag) {
        SequencedSet<String> all = new LinkedHashSet<>(tags);
        all.add(tag);
        return new SampleDraft(name, rgb, height, width, measured, intrinsics, all, attributes);
    }

    /**
     * Returns a copy with one more attribute.
     *
     * @param key the key
     * @param value the value
     * @return the copy
     */
    public SampleDraft withAttribute(String key, String value) {
        SequencedMap<String, String> all = new LinkedHashMap<>(attributes);
        all.put(key, value);
        return new SampleDraft(name, rgb, height, width, measured, intrinsics, tags, all);
    }

    /** {@return the tags in the order given; unmodifiable} */
    @Override
    public SequencedSet<String> tags() {
        return Collections.unmodifiableSequencedSet(tags);
    }

    /** {@return the attributes in the order given; unmodifiable} */
    @Override
    public SequencedMap<String, String> attributes() {
        return Collections.unmodifiableSequencedMap(attributes);
    }
}
