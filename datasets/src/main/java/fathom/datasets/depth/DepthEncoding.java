package fathom.datasets.depth;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import fathom.formats.images.ReadOptions;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/**
 * An encoding of depth in files: the rule that converts stored numbers to metres. Pixels without a measurement become a
 * mask here and are not encoded in the depth afterwards. They are 0 in integer files, and 0, negative, NaN or infinite
 * in files of metres.
 *
 * <table><caption>Encodings</caption> <tr><th>encoding</th><th>file</th><th>depth in metres</th></tr> <tr><td>{@link
 * RotatedMillimetres}</td><td>16-bit PNG of SUN RGB-D</td><td>{@code (d >> 3 | d << 13) & 0xFFFF}, divided by
 * 1000</td></tr> <tr><td>{@link UnitsPerMetre}</td><td>integers of 8 or 16 bits</td><td>{@code d /
 * unitsPerMetre}</td></tr> <tr><td>{@link Metres}</td><td>NPY, NPZ, PFM with floating-point numbers</td><td>{@code d}</td></tr> </table>
 *
 * <p>For example, 1000 units per metre decodes 2500 to 2.5 m and 0 to an invalid pixel:
 *
 * {@snippet file="snippets/DepthEncodingSnippets.java" region="decode"}
 *
 * <p>Encodings are immutable. {@link #label()} is stored in datasets and must not change.
 *
 * @see DepthFiles
 * @see DepthLimits
 * @see fathom.raster.MeasuredDepth
 */
public sealed interface DepthEncoding {
    /** The start of the codes in a label. */
    String MISSING = ";missing:";

    /**
     * 16-bit millimetres rotated left by three bits, as SUN RGB-D stores them: {@code mm = (d >> 3 | d << 13) & 0xFFFF}.
     * A plain {@code d >> 3} gives the same value up to 8191 mm; 8192 mm is stored as 1. Source: SUN RGB-D toolbox,
     * {@code read3dPoints.m}.
     */
    record RotatedMillimetres() implements DepthEncoding {}

    /**
     * Integers with a fixed number of units per metre: 1000 (NYU, 7-Scenes, Redwood), 5000 (TUM, ICL-NUIM), 256 (KITTI),
     * 100 (Virtual KITTI 2).
     *
     * @param unitsPerMetre finite and above 0
     */
    record UnitsPerMetre(double unitsPerMetre) implements DepthEncoding {
        /** Checks the range. */
        public UnitsPerMetre {
            if (!(unitsPerMetre > 0 && unitsPerMetre < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "units per metre: expected a finite number above 0, found " + unitsPerMetre);
            }
        }
    }

    /** Floating-point metres, as in NPY, NPZ and PFM files. */
    record Metres() implements DepthEncoding {}

    /**
     * Another encoding with codes for missing pixels, in addition to 0: 65535 in 7-Scenes, 2D-3D-S and iBims-1.
     *
     * @param base the encoding of the other numbers; has no codes
     * @param codes the numbers as stored in the file that mean "no measurement"; finite, at least one
     */
    record WithMissing(DepthEncoding base, List<Double> codes) implements DepthEncoding {
        /** Checks the codes and copies the list. */
        public WithMissing {
            codes = List.copyOf(codes);
            if (base instanceof WithMissing || base instanceof WithReading || codes.isEmpty()
                    || !codes.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException(
                        "codes for missing depth: expected one or more finite numbers, found " + codes);
            }
        }

        private boolean isMissing(float stored) {
            for (double code : codes) {
                if ((float) code == stored) {
                    return true;
                }
            }
            return false;
        }
    }

    /**
     * Another encoding in files that are read in a stated way: 16-bit PGM in little-endian order, or NPZ with several
     * arrays.
     *
     * @param numbers the encoding of the numbers
     * @param reading how the files are read
     */
    record WithReading(DepthEncoding numbers, ReadOptions reading) implements DepthEncoding {
        /** Checks that it is not nested. */
        public WithReading {
            if (numbers instanceof WithReading) {
                throw new IllegalArgumentException("numbers: expected an encoding that is not read in a stated way");
            }
        }
    }

    /**
     * Returns this encoding in files that are read in a stated way.
     *
     * @param reading how the files are read
     * @return the encoding; without a statement if {@code reading} is the default
     */
    default DepthEncoding withReading(ReadOptions reading) {
        DepthEncoding numbers = this instanceof WithReading stated ? stated.numbers : this;
        return reading.equals(ReadOptions.DEFAULT) ? numbers : new WithReading(numbers, reading);
    }

    /** {@return how the files are read} */
    default ReadOptions reading() {
        return this instanceof WithReading stated ? stated.reading : ReadOptions.DEFAULT;
    }

    /**
     * Returns this encoding with codes for missing pixels.
     *
     * @param codes the numbers as stored in the file that mean "no measurement"; may be empty
     * @return the encoding; this one if there are no codes
     */
    default DepthEncoding withMissing(List<Double> codes) {
        return codes.isEmpty() ? this : new WithMissing(base(), codes).withReading(reading());
    }

    /** {@return this encoding without codes for missing pixels and the way to read files} */
    default DepthEncoding base() {
        return switch (this) {
            case WithMissing coded -> coded.base;
            case WithReading stated -> stated.numbers.base();
            case RotatedMillimetres _,UnitsPerMetre _,Metres _ -> this;
        };
    }

    /** {@return the label that datasets store and messages show, such as {@code units-per-metre:1000.0}} */
    default String label() {
        return switch (this) {
            case RotatedMillimetres() -> "rotated-mm";
            case UnitsPerMetre(double units) -> "units-per-metre:" + units;
            case Metres() -> "metres";
            case WithMissing(DepthEncoding base, List<Double> codes) ->
                base.label() + MISSING + codes.stream().map(String::valueOf).collect(Collectors.joining(","));
            case WithReading(DepthEncoding numbers, ReadOptions reading) -> numbers.label() + reading.label();
        };
    }

    /**
     * Parses a {@link #label()}.
     *
     * @param label {@code rotated-mm}, {@code metres} or {@code units-per-metre:N}, followed by
     *            {@code ;missing:CODE,CODE} if there are codes, and by a {@link ReadOptions#label}
     * @return the encoding
     * @throws IllegalArgumentException if {@code label} is none of these
     */
    static DepthEncoding ofLabel(String label) {
        ReadOptions reading = ReadOptions.ofLabel(label);
        if (!reading.equals(ReadOptions.DEFAULT)) {
            return ofLabel(label.substring(0, label.length() - reading.label().length())).withReading(reading);
        }
        int missing = label.indexOf(MISSING);
        if (missing >= 0) {
            List<Double> codes = new ArrayList<>();
            for (String code : label.substring(missing + MISSING.length()).split(",", -1)) {
                codes.add(number(code, label));
            }
            return new WithMissing(ofLabel(label.substring(0, missing)), codes);
        }
        String scaled = "units-per-metre:";
        if (label.startsWith(scaled)) {
            return new UnitsPerMetre(number(label.substring(scaled.length()), label));
        }
        return switch (label) {
            case "rotated-mm" -> new RotatedMillimetres();
            case "metres" -> new Metres();
            default -> throw new IllegalArgumentException(
                    "depth encoding: expected rotated-mm, metres or units-per-metre:N, found \"" + label + "\"");
        };
    }

    private static double number(String text, String label) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("depth encoding: expected a number in \"" + label + "\"", e);
        }
    }

    /** {@return whether this encoding is defined for 16-bit integers only} */
    default boolean isSixteenBit() {
        return base() instanceof RotatedMillimetres;
    }

    /**
     * Decodes stored numbers.
     *
     * @param stored the numbers of the file, [H, W]
     * @param limits the range of valid depths
     * @return the stored numbers, the depth in float32 metres (0 if invalid), and the mask of pixels with a measurement
     *            within {@code limits}
     */
    default MeasuredDepth decode(Plane stored, DepthLimits limits) {
        int height = stored.height();
        int width = stored.width();
        Plane metres = Plane.allocate(height, width);
        boolean[] valid = new boolean[height * width];
        float[] source = stored.array();
        float[] target = metres.array();
        // In float32, as the depths and as NumPy compares them: a depth of 1.1 is not above a limit of 1.1.
        float nearest = (float) limits.nearestMetres();
        float farthest = (float) limits.farthestMetres();
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = stored.rowStart(row), end = from + width; from < end; from++, at++) {
                float depth = (float) metres(source[from]);
                if (depth > 0 && depth < Float.POSITIVE_INFINITY && depth >= nearest && depth <= farthest) {
                    target[at] = depth;
                    valid[at] = true;
                }
            }
        }
        return new MeasuredDepth(stored, metres, Mask.wrap(valid, height, width));
    }

    /** Returns the depth in metres of one stored number; zero, negative or not finite if it is missing. */
    private double metres(float stored) {
        return switch (this) {
            case RotatedMillimetres() -> {
                int d = (int) stored & 0xFFFF;
                yield ((d >> 3 | d << 13) & 0xFFFF) / 1000.0;
            }
            case UnitsPerMetre(double units) -> stored / units;
            case Metres() -> stored;
            case WithMissing coded -> coded.isMissing(stored) ? 0 : coded.base.metres(stored);
            case WithReading(DepthEncoding numbers, ReadOptions _) -> numbers.metres(stored);
        };
    }
}
