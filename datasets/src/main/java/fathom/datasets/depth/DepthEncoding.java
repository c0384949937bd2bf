package fathom.datasets.depth;

import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;

/**
 * How a depth file's numbers become metres. Missing pixels, whatever the file writes for them, become a mask here and
 * nowhere later: 0 in integer files; 0, negative, NaN and infinite in files of metres.
 */
public sealed interface DepthEncoding {
    /**
     * 16-bit millimetres rotated left by three bits, as SUN RGB-D stores them: {@code mm = (d >> 3 | d << 13) & 0xFFFF}. A
     * plain {@code d >> 3} is the same up to 8191 mm; 8192 mm is stored as 1. (SUN RGB-D toolbox, {@code read3dPoints.m}.)
     */
    record RotatedMillimetres() implements DepthEncoding {}

    /**
     * Integers that count {@code unitsPerMetre} to the metre: 1000 (NYU, 7-Scenes, Redwood), 5000 (TUM, ICL-NUIM), 256
     * (KITTI), 100 (Virtual KITTI 2).
     *
     * @param unitsPerMetre above 0
     */
    record UnitsPerMetre(double unitsPerMetre) implements DepthEncoding {
        public UnitsPerMetre {
            if (!(unitsPerMetre > 0 && unitsPerMetre < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "units per metre: expected a finite number above 0, found " + unitsPerMetre);
            }
        }
    }

    /** Floating-point metres, as NPY and PFM files hold them. */
    record Metres() implements DepthEncoding {}

    /** The text stored in datasets and shown to people. */
    default String label() {
        return switch (this) {
            case RotatedMillimetres() -> "rotated-mm";
            case UnitsPerMetre(double units) -> "units-per-metre:" + units;
            case Metres() -> "metres";
        };
    }

    /** The encoding whose {@link #label()} is {@code label}. */
    static DepthEncoding ofLabel(String label) {
        String scaled = "units-per-metre:";
        if (label.startsWith(scaled)) {
            try {
                return new UnitsPerMetre(Double.parseDouble(label.substring(scaled.length())));
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("depth encoding: expected a number in \"" + label + "\"", e);
            }
        }
        return switch (label) {
            case "rotated-mm" -> new RotatedMillimetres();
            case "metres" -> new Metres();
            default -> throw new IllegalArgumentException(
                    "depth encoding: expected rotated-mm, metres or units-per-metre:N, found \"" + label + "\"");
        };
    }

    /** Whether the file must hold integers of 16 bits for the decoding to make sense. */
    default boolean isSixteenBit() {
        return this instanceof RotatedMillimetres;
    }

    /**
     * What {@code stored}, the file's own numbers, [H, W], mean.
     *
     * @return the same numbers, depth in float32 metres, and where there is a measurement within {@code limits}
     */
    default MeasuredDepth decode(Plane stored, DepthLimits limits) {
        int height = stored.height();
        int width = stored.width();
        Plane metres = Plane.allocate(height, width);
        boolean[] valid = new boolean[height * width];
        float[] source = stored.array();
        float[] target = metres.array();
        for (int row = 0, at = 0; row < height; row++) {
            for (int from = stored.rowStart(row), end = from + width; from < end; from++, at++) {
                double depth = metres(source[from]);
                if (depth > 0 && depth < Double.POSITIVE_INFINITY && depth >= limits.nearestMetres()
                        && depth <= limits.farthestMetres()) {
                    target[at] = (float) depth;
                    valid[at] = true;
                }
            }
        }
        return new MeasuredDepth(stored, metres, Mask.wrap(valid, height, width));
    }

    /** Depth in metres of one stored number; zero, negative or not finite where it is missing. */
    private double metres(float stored) {
        return switch (this) {
            case RotatedMillimetres() -> {
                int d = (int) stored & 0xFFFF;
                yield ((d >> 3 | d << 13) & 0xFFFF) / 1000.0;
            }
            case UnitsPerMetre(double units) -> stored / units;
            case Metres() -> stored;
        };
    }
}
