package fathom.workbench.predict;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;

import fathom.datasets.depth.StatedDepth;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.workbench.ProgramVersion;

/**
 * A linear quantization of a prediction to 16-bit integers: {@code value = stored * step + origin}; 0 means no value.
 *
 * <p>Metric depth has a step that readers of depth PNGs know: a millimetre, or 1/256 m as in KITTI if a value exceeds
 * 65.535 m. Larger values are clamped. The values of other kinds are mapped linearly from their range to 1 to 65535.
 *
 * @param step the difference between two neighbouring integers
 * @param origin the value of the integer 0
 * @param unit {@code "m"}, or empty if there is none
 */
public record LinearQuantization(double step, double origin, String unit) {
    private static final int MAX_INTEGER = 65535;

    static LinearQuantization of(Prediction prediction) {
        double smallest = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        Plane values = prediction.values();
        for (int row = 0; row < values.height(); row++) {
            for (int at = values.rowStart(row), end = at + values.width(); at < end; at++) {
                float value = values.array()[at];
                if (Float.isFinite(value)) {
                    smallest = Math.min(smallest, value);
                    largest = Math.max(largest, value);
                }
            }
        }
        if (prediction.kind() == DepthKind.METRIC) {
            return new LinearQuantization(largest > MAX_INTEGER / 1000.0 ? 1 / 256.0 : 1 / 1000.0, 0, "m");
        }
        double step = largest > smallest ? (largest - smallest) / (MAX_INTEGER - 1) : 1;
        return new LinearQuantization(step, (Double.isFinite(smallest) ? smallest : 0) - step, "");
    }

    /** Returns the integers for {@code values}, [H, W]. */
    Plane encode(Plane values) {
        Plane integers = Plane.allocate(values.height(), values.width());
        for (int row = 0, to = 0; row < values.height(); row++) {
            for (int at = values.rowStart(row), end = at + values.width(); at < end; at++, to++) {
                float value = values.array()[at];
                integers.array()[to] = Float.isFinite(value)
                        ? (float) Math.clamp(Math.rint((value - origin) / step), 0, MAX_INTEGER)
                        : 0;
            }
        }
        return integers;
    }

    /**
     * Converts integers to values.
     *
     * @param integers the integers, [H, W]
     * @param missing the integers that mean "no value"
     * @return the values, [H, W]; NaN where there is none
     */
    public Plane decode(Plane integers, Set<Float> missing) {
        Plane values = Plane.allocate(integers.height(), integers.width());
        for (int row = 0, to = 0; row < integers.height(); row++) {
            for (int at = integers.rowStart(row), end = at + integers.width(); at < end; at++, to++) {
                float stored = integers.array()[at];
                values.array()[to] = missing.contains(stored) ? Float.NaN : (float) (stored * step + origin);
            }
        }
        return values;
    }

    /**
     * Returns the quantization that the entries of a PNG file state.
     *
     * @param entries the text entries of the file
     * @return the quantization; empty if the file states none
     * @throws IllegalArgumentException if the entries are not numbers
     */
    public static Optional<LinearQuantization> ofEntries(Map<String, String> entries) {
        String step = entries.get(StatedDepth.STEP);
        String origin = entries.get(StatedDepth.ORIGIN);
        if (step == null || origin == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new LinearQuantization(Double.parseDouble(step), Double.parseDouble(origin), ""));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("PNG entries " + StatedDepth.STEP + " and " + StatedDepth.ORIGIN
                    + ": expected numbers, found \"" + step + "\" and \"" + origin + "\"", e);
        }
    }

    /** Returns a formula for display. */
    String text() {
        if (unit.equals("m")) {
            return String.format(Locale.ROOT, "metres = stored / %.0f, 0 = no value", 1 / step);
        }
        return String.format(Locale.ROOT, "value = stored * %.9g + %.9g, 0 = no value", step, origin);
    }

    /** Returns the entries of the PNG file. */
    SequencedMap<String, String> entries(DepthKind kind) {
        TreeMap<String, String> entries = new TreeMap<>();
        entries.put(StatedDepth.KIND, kind.label());
        entries.put("Depth-Scale", text());
        entries.put(StatedDepth.STEP, Double.toString(step));
        entries.put(StatedDepth.ORIGIN, Double.toString(origin));
        entries.put("Software", ProgramVersion.label());
        return entries;
    }
}
