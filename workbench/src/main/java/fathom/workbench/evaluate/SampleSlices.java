package fathom.workbench.evaluate;

import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;

import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.raster.MeasuredDepth;
import fathom.raster.RgbImage;
import fathom.raster.ValueStatistics;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;

/** The slices of the samples of a dataset by one property. Slices of depth and brightness read every file. */
public final class SampleSlices {
    /** The attribute that names the scene type of a sample. */
    public static final String SCENE_ATTRIBUTE = "scene";

    private static final String UNREADABLE = "unreadable";
    private static final String UNMEASURED = "without measured depth";
    /** Powers of two, metres: the limits of the depth slices. */
    private static final int[] DEPTHS = {1, 2, 4, 8, 16, 32, 64};
    private static final List<String> LUMINANCES = List.of("dark, below 64", "dim, 64 to 127", "light, 128 to 191",
            "bright, 192 and more");
    private static final int LUMINANCE_STEP = 64;

    private SampleSlices() {}

    /** A slice with its place in the table; equal places are ordered by name. */
    private record Slice(int place, String name) implements Comparable<Slice> {
        private static final int LAST = Integer.MAX_VALUE;

        @Override
        public int compareTo(Slice other) {
            return Comparator.comparingInt(Slice::place).thenComparing(Slice::name).compare(this, other);
        }
    }

    /**
     * Assigns samples to slices.
     *
     * @param samples the samples
     * @param by the property
     * @param truth the field of measured depth, for {@link SliceBy#DEPTH}
     * @param progress is advanced for each sample if files are read
     * @param cancellation stops the reading
     * @return for each slice, in the order of tables, the indices of its samples in {@code samples}. A sample whose file
     *         cannot be read is in the slice {@code unreadable}
     * @throws java.util.concurrent.CancellationException if the reading was cancelled
     */
    public static SequencedMap<String, BitSet> of(List<Sample> samples, SliceBy by, String truth, Progress progress,
            Cancellation cancellation) {
        Map<Slice, BitSet> slices = new TreeMap<>();
        boolean reads = switch (by) {
            case TAG, SCENE -> false;
            case DEPTH, BRIGHTNESS -> true;
        };
        if (reads) {
            progress.start("Slicing by " + by.label(), samples.size());
        }
        try {
            for (int i = 0; i < samples.size(); i++) {
                cancellation.check();
                for (Slice slice : slices(samples.get(i), by, truth)) {
                    slices.computeIfAbsent(slice, fresh -> new BitSet()).set(i);
                }
                if (reads) {
                    progress.advance(1);
                }
            }
        } finally {
            if (reads) {
                progress.finish();
            }
        }
        SequencedMap<String, BitSet> named = new LinkedHashMap<>();
        slices.forEach((slice, members) -> named.put(slice.name(), members));
        return named;
    }

    private static List<Slice> slices(Sample sample, SliceBy by, String truth) {
        return switch (by) {
            case TAG -> sample.tags().isEmpty()
                    ? List.of(new Slice(Slice.LAST, "without a tag"))
                    : sample.tags().stream().map(tag -> new Slice(0, tag)).toList();
            case SCENE -> List.of(scene(sample));
            case DEPTH -> List.of(depth(sample, truth));
            case BRIGHTNESS -> List.of(brightness(sample));
        };
    }

    private static Slice scene(Sample sample) {
        String stated = sample.attributes().get(SCENE_ATTRIBUTE);
        int folder = sample.name().lastIndexOf('/');
        if (stated == null && folder <= 0) {
            return new Slice(Slice.LAST, "without a scene type");
        }
        return new Slice(0, stated == null ? sample.name().substring(0, folder) : stated);
    }

    private static Slice depth(Sample sample, String truth) {
        if (!(sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField)) {
            return new Slice(Slice.LAST, UNMEASURED);
        }
        try {
            MeasuredDepth measured = sample.measured(truth);
            ValueStatistics depths = ValueStatistics.of(measured.metres(), measured.valid());
            if (depths.count() == 0) {
                return new Slice(Slice.LAST, UNMEASURED);
            }
            double median = depths.median();
            int place = 0;
            while (place < DEPTHS.length && median >= DEPTHS[place]) {
                place++;
            }
            return new Slice(place, place == 0
                    ? "below 1 m"
                    : place == DEPTHS.length ? "64 m and more" : DEPTHS[place - 1] + " to " + DEPTHS[place] + " m");
        } catch (DatasetException e) {
            return unreadable(e);
        }
    }

    private static Slice brightness(Sample sample) {
        try {
            int place = (int) (luminance(sample.image()) / LUMINANCE_STEP);
            return new Slice(place, LUMINANCES.get(place));
        } catch (DatasetException e) {
            return unreadable(e);
        }
    }

    private static Slice unreadable(DatasetException e) {
        if (e.problem() != DatasetException.Problem.MEDIA) {
            throw e;
        }
        return new Slice(Slice.LAST, UNREADABLE);
    }

    /** Returns the mean luminance of a picture, 0 to 255. */
    private static double luminance(RgbImage image) {
        long red = 0;
        long green = 0;
        long blue = 0;
        for (int row = 0; row < image.height(); row++) {
            int at = image.rowStart(row);
            for (int column = 0; column < image.width(); column++, at += RgbImage.CHANNELS) {
                red += image.array()[at] & 0xFF;
                green += image.array()[at + 1] & 0xFF;
                blue += image.array()[at + 2] & 0xFF;
            }
        }
        return (0.2126 * red + 0.7152 * green + 0.0722 * blue) / ((double) image.height() * image.width());
    }
}
