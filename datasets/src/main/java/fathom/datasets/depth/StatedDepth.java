package fathom.datasets.depth;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

import fathom.formats.FormatException;
import fathom.formats.Formats;
import fathom.formats.images.Images;
import fathom.formats.images.NumberFiles;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;

/** The kind and scale that the text entries of a PNG file state: {@code fathom predict} writes them. */
public final class StatedDepth {
    /** The key of the kind of depth, {@link DepthKind#label()}. */
    public static final String KIND = "Depth-Kind";
    /** The key of the difference between two neighbouring integers. */
    public static final String STEP = "Depth-Step";
    /** The key of the value of the integer 0. */
    public static final String ORIGIN = "Depth-Origin";

    private StatedDepth() {}

    /**
     * Reads the text entries of a file.
     *
     * @param path a picture
     * @return its entries, empty if it is no PNG file
     * @throws IOException if the file cannot be read
     */
    public static Map<String, String> entries(Path path) throws IOException {
        return Images.probe(path).format().equals(Formats.PNG) ? Png.readText(path) : Map.of();
    }

    /**
     * Returns the stated scale of a picture of measured depth.
     *
     * @param path a picture or a file of numbers
     * @return units per metre, empty if the file states none
     * @throws FormatException if it states another kind than metric depth, or a scale that is not one
     * @throws IOException if the file cannot be read
     */
    public static OptionalDouble unitsPerMetre(Path path) throws IOException {
        Map<String, String> entries = NumberFiles.isNumbers(path) ? Map.of() : entries(path);
        String kind = entries.getOrDefault(KIND, DepthKind.METRIC.label());
        if (!kind.equals(DepthKind.METRIC.label())) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected measured depth in metres, found a picture that states the kind " + kind);
        }
        Optional<String> step = Optional.ofNullable(entries.get(STEP));
        if (step.isEmpty()) {
            return OptionalDouble.empty();
        }
        double metres = number(path, STEP, step.get());
        if (!(metres > 0) || number(path, ORIGIN, entries.getOrDefault(ORIGIN, "0")) != 0) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET, "expected a " + STEP
                    + " above 0 and a " + ORIGIN + " of 0, found " + step.get() + " and " + entries.get(ORIGIN));
        }
        return OptionalDouble.of(1 / metres);
    }

    private static double number(Path path, String key, String text) throws FormatException {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new FormatException(path.toString(), FormatException.NO_OFFSET,
                    "expected a number in the entry " + key + ", found \"" + text + "\"", e);
        }
    }
}
