package fathom.evaluation.parity.toolkits;

import java.util.List;
import java.util.Locale;

import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitRecord;

/** A toolkit whose numbers come from sums over pixels. */
abstract class PixelToolkit implements Toolkit {
    private static final double HUNDRED = 100;
    private static final double PER_KILOMETRE = 1000;
    private static final double UNITS = 4;
    private static final double NEAR_ZERO = 5e-7;
    private static final double LEAST_RATIO = 1e-4;

    private final String id;
    private final double relative;

    PixelToolkit(String id, double relative) {
        this.id = id;
        this.relative = relative;
    }

    @Override
    public final String id() {
        return id;
    }

    @Override
    public Tolerance tolerance(ToolkitRecord record, String key) {
        String name = key.toLowerCase(Locale.ROOT);
        if (name.contains("silog") || name.contains("logsi") || name.contains("scale invariant")) {
            return cancellation(record, name.equals("scale invariant log") ? 1 : HUNDRED, Math.ulp(1f));
        }
        if (name.startsWith("fit/")) {
            return new Tolerance(1e-5, 1e-5);
        }
        return isShare(name) ? Pairs.twoPixels(record) : new Tolerance(relative, nearZero(record, name));
    }

    /**
     * Returns the tolerance near 0, where an error consists of rounding: lengths are rounded in proportion to the
     * depth; MDEC's inverse errors are per kilometre, its logarithms times 100.
     */
    private static double nearZero(ToolkitRecord record, String name) {
        double factor = name.startsWith("inv") ? PER_KILOMETRE : name.startsWith("log") ? HUNDRED : 1;
        boolean isLength = name.matches("(.*/)?(rmse|rmse_linear|rms|mae)");
        return (isLength ? Math.max(1, record.cases().getFirst().max()) : factor) * NEAR_ZERO;
    }

    /**
     * Returns the tolerance of √(mean e² − (mean e)²) in an arithmetic whose last place of 1 is {@code unit}:
     * each mean is rounded, so the difference of the squares is uncertain by some units in the last place of mean e². If the record has no error of logarithms, the relative
     * error gives its magnitude: near 1, predictions are near 0 and their logarithms large.
     */
    static Tolerance cancellation(ToolkitRecord record, double factor, double unit) {
        double square = 0;
        for (String key : List.of("rmse_log", "log_rms", "rmselog", "log rmse")) {
            square = Math.max(square, Math.pow(finite(record, key), 2));
        }
        square = Math.max(square, Math.pow(finite(record, "LogRMSE") / HUNDRED, 2));
        for (String key : List.of("abs_rel", "AbsRel")) {
            double relative = finite(record, key);
            square = Math.max(square, 2 * Math.pow(Math.min(relative, 1), 2));
            square = Math.max(square, Math.pow(Math.log(Math.max(1 - relative, LEAST_RATIO)), 2));
        }
        return new Tolerance(5e-5, 0, factor * factor * (UNITS * unit * square + NEAR_ZERO * NEAR_ZERO));
    }

    private static double finite(ToolkitRecord record, String key) {
        double value = record.metrics().getOrDefault(key, 0.0);
        return Double.isFinite(value) ? value : 0;
    }

    static boolean isShare(String name) {
        return name.matches("(.*/)?(a[123]|d[123](_s?si)?|delta[123](_acc)?|delta_[123]|tau.*|fitness|\\$.*)");
    }
}
