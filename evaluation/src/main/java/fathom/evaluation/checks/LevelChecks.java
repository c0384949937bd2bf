package fathom.evaluation.checks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.raster.DepthKind;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;

/** Checks of the number of different values, and of jumps from the largest to the smallest. */
final class LevelChecks {
    private static final int MAX_LEVEL = 255;
    /** The number of rows in which neighbours are compared. */
    private static final int ROWS = 64;
    /** The largest difference of neighbours on a smooth surface, and of both sides of a wrap, in levels. */
    private static final int SMOOTH = 16;
    private static final int WRAPPED = 24;
    private static final int LEAST_JUMPS = 8;
    private static final double SOME_JUMPS = 0.0005;
    private static final double MANY_JUMPS = 0.002;

    private LevelChecks() {}

    static Optional<Finding> prediction(Prediction prediction, Levels levels) {
        // Levels are 8-bit values by definition.
        return prediction.kind() == DepthKind.LEVELS
                ? Optional.empty()
                : eightBits(FindingKind.PREDICTION_IN_EIGHT_BITS, "the prediction", levels, Sureness.MEDIUM);
    }

    static Optional<Finding> truth(MeasuredDepth truth) {
        // Sensors of structured light measure disparities, whose depths are few and not equally spaced.
        return eightBits(FindingKind.TRUTH_IN_EIGHT_BITS, "the truth", Levels.of(truth.metres(), truth.valid()),
                Sureness.LOW);
    }

    private static Optional<Finding> eightBits(FindingKind kind, String what, Levels levels, Sureness otherwise) {
        if (!levels.isByte() || (levels.step() > 0 && !levels.isSpacedAsByte())) {
            return Optional.empty();
        }
        return Optional.of(new Finding(kind, levels.isSpacedAsByte() ? Sureness.HIGH : otherwise,
                Map.of("levels", (double) levels.distinct(), "step", levels.step()),
                String.format(Locale.ROOT,
                        "%s has only %d different values%s: it was probably stored in 8 bits, which loses " + "detail",
                        what, levels.distinct(),
                        levels.step() == 0
                                ? ""
                                : levels.reciprocal()
                                        ? ", whose reciprocals are equally spaced"
                                        : ", equally spaced")));
    }

    /** Checks for values that became small because they exceeded a byte. */
    static Optional<Finding> wrap(Prediction prediction, Levels levels) {
        if (levels.distinct() > Levels.BYTE || !(levels.largest() > levels.smallest())) {
            return Optional.empty();
        }
        Plane values = prediction.values();
        double scale = MAX_LEVEL / ((double) levels.largest() - levels.smallest());
        int step = Math.max(1, values.height() / ROWS);
        int pairs = 0;
        int jumps = 0;
        int toZero = 0;
        for (int row = step / 2; row < values.height(); row += step) {
            int start = values.rowStart(row);
            for (int column = 1; column + 2 < values.width(); column++) {
                double before = level(values, start + column - 1, levels, scale);
                double left = level(values, start + column, levels, scale);
                double right = level(values, start + column + 1, levels, scale);
                double after = level(values, start + column + 2, levels, scale);
                pairs++;
                double distance = Math.abs(left - right);
                if (MAX_LEVEL + 1 - distance <= WRAPPED && Math.abs(before - left) <= SMOOTH
                        && Math.abs(right - after) <= SMOOTH) {
                    jumps++;
                    toZero += (left < right ? before + left : right + after) == 0 ? 1 : 0;
                }
            }
        }
        double share = (double) jumps / Math.max(1, pairs);
        if (jumps < LEAST_JUMPS || share < SOME_JUMPS) {
            return Optional.empty();
        }
        // Pixels without a value are often 0 as well.
        boolean holes = 2 * toZero > jumps;
        Sureness sureness = holes ? Sureness.LOW : share > MANY_JUMPS ? Sureness.HIGH : Sureness.MEDIUM;
        return Optional.of(new Finding(FindingKind.BYTE_WRAP, sureness, Map.of("jumps", (double) jumps, "share", share),
                String.format(Locale.ROOT,
                        "neighbours of the prediction jump from the largest to the smallest level %d times "
                                + "in %d rows: values above 255 probably became small when they were converted to a byte",
                        jumps, (values.height() + step - 1 - step / 2) / step)));
    }

    private static double level(Plane values, int index, Levels levels, double scale) {
        return ((double) values.array()[index] - levels.smallest()) * scale;
    }
}
