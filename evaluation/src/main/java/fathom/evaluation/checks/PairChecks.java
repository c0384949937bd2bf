package fathom.evaluation.checks;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

import fathom.raster.DepthKind;

/** Checks of the prediction and the truth at the same pixels. */
final class PairChecks {
    private static final int MIN_PIXELS = 100;
    private static final int MANY_PIXELS = 500;
    /** The least share of variance that a function of the truth explains and a monotone one does not. */
    private static final double NOT_MONOTONE = 0.12;
    private static final double CLEARLY_NOT_MONOTONE = 0.25;
    /** A prediction with more values than a byte has is suspicious only if the truth explains most of it. */
    private static final double MOSTLY_EXPLAINED = 0.6;
    private static final double OPPOSITE = -0.1;
    private static final double CLEARLY_OPPOSITE = -0.3;
    private static final double SOME_ZEROS = 0.001;
    private static final double MANY_ZEROS = 0.005;
    private static final double ZEROS_WITHOUT_MEANING = 0.05;

    private PairChecks() {}

    /** Checks whether the prediction is a colour channel; if not, whether near and far are exchanged. */
    static Optional<Finding> dependence(PixelGrid.Pairs pairs, DepthKind kind, Levels levels) {
        if (pairs.count() < MIN_PIXELS) {
            return Optional.empty();
        }
        Monotony found = Monotony.of(pairs.truth, pairs.prediction);
        double lost = found.explained() - found.monotone();
        boolean inLevels = levels.distinct() <= Levels.BYTE;
        boolean suspicious = inLevels
                ? lost > NOT_MONOTONE
                : lost > CLEARLY_NOT_MONOTONE && found.explained() > MOSTLY_EXPLAINED;
        if (pairs.count() >= MANY_PIXELS && suspicious) {
            return Optional.of(new Finding(FindingKind.COLOUR_MAP,
                    inLevels && lost > CLEARLY_NOT_MONOTONE ? Sureness.HIGH : Sureness.MEDIUM,
                    Map.of("explained", found.explained(), "explainedMonotone", found.monotone()),
                    String.format(Locale.ROOT,
                            "the prediction depends on the truth (%.0f %% of its variance), but rises and "
                                    + "falls with it (a monotone function explains %.0f %%): it is probably a channel of a "
                                    + "colour-mapped picture, not depth",
                            100 * found.explained(), 100 * found.monotone())));
        }
        double agreement = kind.isInverse() ? -found.spearman() : found.spearman();
        if (!(agreement < 0)) {
            return Optional.empty();
        }
        Sureness sureness = agreement < CLEARLY_OPPOSITE && pairs.count() >= MANY_PIXELS
                ? Sureness.HIGH
                : agreement < OPPOSITE ? Sureness.MEDIUM : Sureness.LOW;
        return Optional.of(new Finding(FindingKind.POLARITY, sureness, Map.of("spearman", found.spearman()),
                String.format(Locale.ROOT,
                        "the rank correlation of the prediction with the truth is %.2f, but larger values of "
                                + "the kind %s are %s: near and far are probably exchanged, or the kind is wrong",
                        found.spearman(), kind.label(), kind.isInverse() ? "nearer" : "farther")));
    }

    /** Checks for zeros of the prediction that count as depth. */
    static Optional<Finding> zeros(PixelGrid.Pairs pairs, DepthKind kind) {
        int zeros = 0;
        for (float value : pairs.prediction) {
            zeros += value == 0 ? 1 : 0;
        }
        double share = (double) zeros / Math.max(1, pairs.count());
        Optional<Sureness> sureness = switch (kind) {
            case METRIC,
                    SCALE_INVARIANT ->
                share > MANY_ZEROS && pairs.count() >= MIN_PIXELS
                        ? Optional.of(Sureness.HIGH)
                        : share > SOME_ZEROS ? Optional.of(Sureness.MEDIUM) : Optional.empty();
            case AFFINE, AFFINE_INVERSE, LEVELS ->
                share > ZEROS_WITHOUT_MEANING ? Optional.of(Sureness.LOW) : Optional.empty();
        };
        return sureness.map(found -> new Finding(FindingKind.ZEROS_IN_PREDICTION, found, Map.of("share", share),
                String.format(Locale.ROOT,
                        "the prediction is 0 in %.2f %% of the measured pixels, counted as depth: if 0 "
                                + "means no value, mask it",
                        100 * share)));
    }
}
