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
 * A sample that is not in a dataset yet.
 *
 * @param name unique within the dataset, such as a scene's path
 * @param rgb the picture, under the dataset's media root
 * @param height rows of the picture
 * @param width columns of the picture
 * @param measured measured depth maps of the same size
 * @param intrinsics the camera, where known
 * @param tags words to select by
 * @param attributes further facts, such as the sensor
 */
public record SampleDraft(String name, Path rgb, int height, int width, List<Measured> measured,
        Optional<Intrinsics> intrinsics, SequencedSet<String> tags, SequencedMap<String, String> attributes) {
    /** Longest name of a sample, characters. */
    public static final int MAX_NAME = 1024;

    /**
     * A file of measured depth.
     *
     * @param field the field's name, such as {@code gt}
     * @param path the file, under the dataset's media root
     * @param encoding how its numbers become metres
     * @param limits which depths are trusted
     */
    public record Measured(String field, Path path, DepthEncoding encoding, DepthLimits limits) {
        public Measured {
            Names.requireField(field);
        }
    }

    public SampleDraft {
        if (name.isBlank() || name.length() > MAX_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("sample name: expected 1 to " + MAX_NAME
                    + " characters without control characters, found \"" + name + "\"");
        }
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException(
                    "sample " + name + ": expected a picture of at least 1x1, found " + width + "x" + height);
        }
        measured = List.copyOf(measured);
        tags = new LinkedHashSet<>(tags);
        attributes = new LinkedHashMap<>(attributes);
    }

    /** A sample of which only the picture is known. */
    public static SampleDraft of(String name, Path rgb, int height, int width) {
        return new SampleDraft(name, rgb, height, width, List.of(), Optional.empty(), new LinkedHashSet<>(),
                new LinkedHashMap<>());
    }

    /** The same with measured depth in the field {@code field}, every positive depth trusted. */
    public SampleDraft withMeasured(String field, Path path, DepthEncoding encoding) {
        return withMeasured(new Measured(field, path, encoding, DepthLimits.NONE));
    }

    /** The same with a further measured depth map. */
    public SampleDraft withMeasured(Measured added) {
        List<Measured> all = new ArrayList<>(measured);
        all.add(added);
        return new SampleDraft(name, rgb, height, width, all, intrinsics, tags, attributes);
    }

    /** The same with a camera. */
    public SampleDraft withIntrinsics(Intrinsics camera) {
        return new SampleDraft(name, rgb, height, width, measured, Optional.of(camera), tags, attributes);
    }

    /** The same with a further tag. */
    public SampleDraft withTag(String tag) {
        SequencedSet<String> all = new LinkedHashSet<>(tags);
        all.add(tag);
        return new SampleDraft(name, rgb, height, width, measured, intrinsics, all, attributes);
    }

    /** The same with a further attribute. */
    public SampleDraft withAttribute(String key, String value) {
        SequencedMap<String, String> all = new LinkedHashMap<>(attributes);
        all.put(key, value);
        return new SampleDraft(name, rgb, height, width, measured, intrinsics, tags, all);
    }

    /** The tags, in the order given; not to be changed. */
    @Override
    public SequencedSet<String> tags() {
        return Collections.unmodifiableSequencedSet(tags);
    }

    /** The attributes, in the order given; not to be changed. */
    @Override
    public SequencedMap<String, String> attributes() {
        return Collections.unmodifiableSequencedMap(attributes);
    }
}
