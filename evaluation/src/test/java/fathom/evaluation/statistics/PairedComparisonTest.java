package fathom.evaluation.statistics;

import java.util.Arrays;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/**
 * Expected p-values: {@code scipy.stats.wilcoxon}, method exact or approx with correction, and {@code
 * scipy.stats.binomtest}, scipy 1.10.1.
 */
final class PairedComparisonTest {
    /** Of p-values: both sides compute them in double precision. */
    private static final double ROUNDING = 1e-12;
    private static final double INFINITY = Double.POSITIVE_INFINITY;

    private static PairedComparison ofDifferences(double... differences) {
        return PairedComparison.of(differences, new double[differences.length], false, Bootstrap.DEFAULT);
    }

    private static double[] waves(int count) {
        double[] differences = new double[count];
        Arrays.setAll(differences, i -> Math.sin(i * 1.7) + 0.35);
        return differences;
    }

    @Test
    void fewPairsWithoutTiesAreExactLikeScipy() {
        PairedComparison comparison = ofDifferences(waves(20));
        assertThat(comparison.wilcoxon()).isCloseTo(0.04844093322753906, within(ROUNDING));
        assertThat(comparison.sign()).isCloseTo(0.26317596435546875, within(ROUNDING));
        assertThat(comparison.effect()).isCloseTo(2 * 158.0 / 210 - 1, within(ROUNDING));
    }

    @Test
    void manyPairsAreApproximatedLikeScipy() {
        PairedComparison comparison = ofDifferences(waves(60));
        assertThat(comparison.wilcoxon()).isCloseTo(0.0010670177761160787, within(ROUNDING));
        assertThat(comparison.sign()).isCloseTo(0.051893895928921435, within(ROUNDING));
        assertThat(comparison.effect()).isCloseTo(2 * 1360.0 / 1830 - 1, within(ROUNDING));
    }

    @Test
    void tiesAreCorrectedAndEqualPairsDroppedLikeScipy() {
        PairedComparison comparison = ofDifferences(1, 1, -2, 2, 3, -1, 4, 5, 0, 2, -3, 6, 7, 8);
        assertThat(comparison.wilcoxon()).isCloseTo(0.03256607710351896, within(ROUNDING));
        assertThat(comparison.sign()).isCloseTo(0.09228515625, within(ROUNDING));
        assertThat(comparison.effect()).isCloseTo(2 * 76.5 / 91 - 1, within(ROUNDING));
        assertThat(comparison.wins()).isEqualTo(10);
        assertThat(comparison.losses()).isEqualTo(3);
        assertThat(comparison.ties()).isEqualTo(1);
        assertThat(comparison.winRate()).isEqualTo(10.5 / 14);
    }

    @Test
    void exchangingTheModelsExchangesEverything() {
        double[] first = {1, 2, 3, 4, 5.5, 6, 9};
        double[] second = {2, 2.5, 3, 3, 8, 7.25, 11};
        PairedComparison one = PairedComparison.of(first, second, true, Bootstrap.DEFAULT);
        PairedComparison other = PairedComparison.of(second, first, true, Bootstrap.DEFAULT);
        assertThat(one.wins()).isEqualTo(other.losses()).isEqualTo(5);
        assertThat(one.effect()).isEqualTo(-other.effect()).isPositive();
        assertThat(one.wilcoxon()).isEqualTo(other.wilcoxon());
        assertThat(one.difference()).isEqualTo(-other.difference()).isNegative();
    }

    @Test
    void equalModelsCannotBeDistinguished() {
        double[] values = {1, 2, INFINITY, 4, 5, 6, 7};
        PairedComparison comparison = PairedComparison.of(values, values, true, Bootstrap.DEFAULT);
        assertThat(comparison.wilcoxon()).isEqualTo(1);
        assertThat(comparison.sign()).isEqualTo(1);
        assertThat(comparison.effect()).isZero();
        assertThat(comparison.winRate()).isEqualTo(0.5);
        assertThat(comparison.difference()).isZero();
        assertThat(verdict(comparison)).isEqualTo(Verdict.INDISTINGUISHABLE);
    }

    @Test
    void anInfiniteDifferenceHasTheHighestRank() {
        double[] first = {INFINITY, 1, 1, 1, 1, 1};
        double[] second = {1, 2, 3, 4, 5, 6};
        PairedComparison comparison = PairedComparison.of(first, second, false, Bootstrap.DEFAULT);
        assertThat(comparison.difference()).isInfinite();
        assertThat(comparison.effect()).isCloseTo((6 - 15) / 21.0, within(ROUNDING));
        PairedComparison replaced = PairedComparison.of(new double[]{100, 1, 1, 1, 1, 1}, second, false,
                Bootstrap.DEFAULT);
        assertThat(comparison.wilcoxon()).isEqualTo(replaced.wilcoxon());
    }

    @Test
    void aClearDifferenceHasAVerdictInTheDirectionOfTheMetric() {
        double[] low = {1, 1.1, 1.2, 1.35, 0.9, 1.05, 1.15, 0.95, 1.25, 1.0};
        double[] high = {2, 2.3, 2.5, 2.15, 1.9, 2.45, 2.75, 2.35, 2.2, 2.6};
        assertThat(verdict(PairedComparison.of(low, high, true, Bootstrap.DEFAULT))).isEqualTo(Verdict.FIRST);
        assertThat(verdict(PairedComparison.of(high, low, true, Bootstrap.DEFAULT))).isEqualTo(Verdict.SECOND);
        PairedComparison higher = PairedComparison.of(low, high, false, Bootstrap.DEFAULT);
        assertThat(Verdict.of(higher, higher.wilcoxon(), 0.05, false)).isEqualTo(Verdict.SECOND);
        assertThat(Verdict.of(higher, 0.05, 0.05, false)).as("not after correction")
                .isEqualTo(Verdict.INDISTINGUISHABLE);
    }

    @Test
    void fewerThanSixPairsAreTooFew() {
        double[] low = {1, 2, 3, 4, 5};
        double[] high = {11, 12.5, 13.25, 14.75, 15.125};
        assertThat(verdict(PairedComparison.of(low, high, true, Bootstrap.DEFAULT))).isEqualTo(Verdict.TOO_FEW);
    }

    @Test
    void aRankTestAgainstTheMeanIsNoVerdict() {
        // Nine small wins and one large loss: the ranks favour the first model, the mean the second.
        double[] first = {1, 1, 1, 1, 1, 1, 1, 1, 1, 101};
        double[] second = {1.1, 1.2, 1.3, 1.4, 1.5, 1.6, 1.7, 1.8, 1.9, 1};
        PairedComparison comparison = PairedComparison.of(first, second, true, Bootstrap.DEFAULT);
        assertThat(comparison.effect()).isPositive();
        assertThat(comparison.difference()).isPositive();
        assertThat(Verdict.of(comparison, 0.001, 0.05, true)).isEqualTo(Verdict.INDISTINGUISHABLE);
    }

    @Test
    void holmMultipliesTheSmallestByTheirNumberAndNeverDecreases() {
        // R: p.adjust(c(0.01, 0.04, 0.03, 0.005), "holm")
        assertThat(Holm.corrected(List.of(0.01, 0.04, 0.03, 0.005))).containsExactly(0.03, 0.06, 0.06, 0.02);
        assertThat(Holm.corrected(List.of(0.6, 0.7))).containsExactly(1.0, 1.0);
        assertThat(Holm.corrected(List.of())).isEmpty();
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertThatThrownBy(() -> PairedComparison.of(new double[2], new double[3], true, Bootstrap.DEFAULT))
                .hasMessageContaining("found 2 and 3");
        assertThatThrownBy(() -> ofDifferences()).hasMessageContaining("pairs");
    }

    private static Verdict verdict(PairedComparison comparison) {
        return Verdict.of(comparison, comparison.wilcoxon(), 0.05, true);
    }
}
