package fathom.evaluation.checks;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.evaluation.metrics.Scores;
import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** Checks of measured depth: missing pixels, encodings and codes. */
final class TruthChecks {
    private static final int MIN_PIXELS = 200;
    private static final int MAX_STORED = 65535;
    private static final int BITS = 0xFFFF;
    /** The largest depth of 13 bits in millimetres: SUN RGB-D rotates 16 bits by 3. */
    private static final int MAX_SHIFTED = 8191;
    private static final double MILLIMETRES = 1000;
    private static final double NEARLY_ALL = 0.99;
    private static final double INDOOR_METRES = 8;
    private static final double PLATEAU = 0.005;
    private static final double WIDE_PLATEAU = 0.02;
    private static final double HALF_MILLIMETRE = 5e-4;
    private static final double MANY = 5e-4;
    /** The number of rows that are searched for a rare number. */
    private static final int ROWS = 120;

    private TruthChecks() {}

    /** Checks for pixels without a measurement that count as depth: in the mask, or in the number of scored pixels. */
    static Optional<Finding> zeros(MeasuredDepth truth, PixelGrid.Pairs pairs, Optional<Scores> scores) {
        int zeros = 0;
        for (float metres : pairs.truth) {
            zeros += metres > 0 ? 0 : 1;
        }
        if (zeros > 0) {
            double share = (double) zeros / pairs.count();
            return Optional.of(new Finding(FindingKind.ZEROS_IN_TRUTH, Sureness.HIGH, Map.of("share", share),
                    String.format(Locale.ROOT,
                            "%.1f %% of the truth are 0 or below and are not masked: they count as depth",
                            100 * share)));
        }
        if (scores.isEmpty() || scores.get().pixels() != truth.metres().size()) {
            return Optional.empty();
        }
        int measured = truth.valid().count();
        if (scores.get().scoredPixels() <= measured) {
            return Optional.empty();
        }
        double counted = scores.get().scoredPixels() - (double) measured;
        return Optional.of(new Finding(FindingKind.ZEROS_IN_TRUTH, Sureness.HIGH, Map.of("pixels", counted),
                String.format(Locale.ROOT,
                        "the protocol scored %.0f pixels without a measurement (%.1f %% of the scored "
                                + "ones): their code for missing depth counts as depth",
                        counted, 100 * counted / scores.get().scoredPixels())));
    }

    /** Checks for the bit rotation of SUN RGB-D, and for depths beyond 8.191 m that a shift by three bits lost. */
    static Optional<Finding> undecoded(MeasuredDepth truth, PixelGrid.Pairs pairs) {
        int n = pairs.count();
        if (n < MIN_PIXELS) {
            return Optional.empty();
        }
        int integers = 0;
        int eighths = 0;
        int rotated = 0;
        int shifted = 0;
        int plateau = 0;
        int largest = 0;
        for (int i = 0; i < n; i++) {
            float stored = pairs.stored[i];
            int bits = (int) stored;
            boolean isInteger = bits == stored && bits >= 0 && bits <= MAX_STORED;
            integers += isInteger ? 1 : 0;
            eighths += isInteger && (bits & 7) == 0 ? 1 : 0;
            double millimetres = pairs.truth[i] * MILLIMETRES;
            rotated += Math.abs(millimetres - ((bits >> 3 | bits << 13) & BITS)) < 0.5 ? 1 : 0;
            shifted += (bits & 7) != 0 && Math.abs(millimetres - (bits >> 3)) < 0.5 ? 1 : 0;
            plateau += Math.abs(millimetres - MAX_SHIFTED) < 0.5 ? 1 : 0;
            largest = Math.max(largest, isInteger ? bits : 0);
        }
        if (integers == n && shifted > MANY * n && rotated < n) {
            return Optional.of(finding(Sureness.HIGH, "shifted", (double) shifted / n,
                    "the truth is decoded by a shift of three bits: depths of 8.192 m and above became nearly 0; SUN RGB-D "
                            + "rotates the bits"));
        }
        if (integers == n && eighths >= NEARLY_ALL * n && largest > MAX_SHIFTED && rotated < NEARLY_ALL * n) {
            float[] sorted = pairs.truth.clone();
            Arrays.sort(sorted);
            double median = sorted[n / 2];
            return Optional.of(finding(median > INDOOR_METRES ? Sureness.HIGH : Sureness.MEDIUM, "multiplesOf8",
                    (double) eighths / n,
                    String.format(Locale.ROOT,
                            "nearly all numbers of the truth are multiples of 8 and their median is %.1f m: "
                                    + "they are probably rotated by three bits, as in SUN RGB-D, and were not decoded",
                            median)));
        }
        double share = (double) plateau / n;
        return share > PLATEAU
                ? Optional.of(finding(share > WIDE_PLATEAU ? Sureness.HIGH : Sureness.MEDIUM, "plateau", share,
                        String.format(Locale.ROOT,
                                "%.1f %% of the truth are exactly 8.191 m, the largest number of 13 bits: "
                                        + "farther depths were probably cut off",
                                100 * share)))
                : Optional.empty();
    }

    private static Finding finding(Sureness sureness, String number, double value, String words) {
        return new Finding(FindingKind.TRUTH_UNDECODED, sureness, Map.of(number, value), words);
    }

    /** Checks for the largest 16-bit number, which means "no measurement" in many files. */
    static Optional<Finding> largestInteger(MeasuredDepth truth, Prediction prediction) {
        boolean[] valid = truth.valid().array();
        int step = Math.max(1, truth.height() / ROWS);
        int found = 0;
        int pixels = 0;
        for (int row = step / 2; row < truth.height(); row += step) {
            int stored = truth.stored().rowStart(row);
            int metres = truth.metres().rowStart(row);
            for (int i = 0, at = row * truth.width(); i < truth.width(); i++, at++) {
                if (valid[at]) {
                    pixels++;
                    found += truth.stored().array()[stored + i] == MAX_STORED
                            || isLargest(truth.metres().array()[metres + i]) ? 1 : 0;
                }
            }
        }
        if (found > 0) {
            return Optional.of(largest("the truth", (double) found / pixels));
        }
        if (prediction.kind() != DepthKind.METRIC) {
            return Optional.empty();
        }
        Plane values = prediction.values();
        step = Math.max(1, values.height() / ROWS);
        pixels = 0;
        for (int row = step / 2; row < values.height(); row += step) {
            for (int at = values.rowStart(row), end = at + values.width(); at < end; at++) {
                // Predictions are continuous: one close to this number means nothing.
                found += values.array()[at] == (float) (MAX_STORED / MILLIMETRES) ? 1 : 0;
                pixels++;
            }
        }
        return found > 0 ? Optional.of(largest("the prediction", (double) found / pixels)) : Optional.empty();
    }

    private static boolean isLargest(float metres) {
        return Math.abs(metres - MAX_STORED / MILLIMETRES) < HALF_MILLIMETRE;
    }

    private static Finding largest(String what, double share) {
        return new Finding(FindingKind.LARGEST_INTEGER_AS_DEPTH, share > MANY ? Sureness.HIGH : Sureness.MEDIUM,
                Map.of("share", share),
                String.format(Locale.ROOT,
                        "%s has the largest 16-bit number, 65535 (65.535 m in millimetres), in %.2f %% of "
                                + "its pixels, counted as depth: it usually means no measurement",
                        what, 100 * share));
    }
}
