package fathom.evaluation.alignment;

import fathom.evaluation.alignment.WeightedLeastSquares.Solution;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class WeightedLeastSquaresTest {
    private static final double ROUNDING = 1e-12;

    private static void assertSolution(Solution found, double first, double second) {
        assertThat(found.first()).isCloseTo(first, within(ROUNDING));
        assertThat(found.second()).isCloseTo(second, within(ROUNDING));
    }

    /** Without the third point: through (0, 1) and (2, 5). With it at weight 1: scale 3/2, shift 5/6. */
    @Test
    void weightsCountEquations() {
        float[] x = {0, 2, 1};
        float[] y = {1, 5, 3};
        assertSolution(WeightedLeastSquares.scaleShift(x, y, new float[]{1, 1, 0}), 2, 1);
        assertSolution(
                WeightedLeastSquares.scaleShift(new float[]{0, 1, 2}, new float[]{1, 2, 4}, new float[]{1, 1, 1}), 1.5,
                5 / 6.0);
        assertSolution(WeightedLeastSquares.scaleShift(new float[]{3, 3}, new float[]{1, 4}, new float[]{1, 2}), 0, 3);
    }

    @Test
    void independentColumnsAreSolvedExactly() {
        assertSolution(WeightedLeastSquares.solve(new double[]{0, 2, 4}, new double[]{1, 1, 1}, new double[]{1, 5, 9}),
                2, 1);
        assertSolution(WeightedLeastSquares.solve(new double[]{1, 1, 1}, new double[]{0, 2, 4}, new double[]{1, 5, 9}),
                1, 2);
    }

    /** The shortest solution of 2a + b = 3 is (6/5, 3/5). */
    @Test
    void dependentColumnsHaveTheShortestSolution() {
        assertSolution(WeightedLeastSquares.solve(new double[]{2, 2}, new double[]{1, 1}, new double[]{2, 4}), 1.2,
                0.6);
        assertSolution(WeightedLeastSquares.solve(new double[]{2}, new double[]{1}, new double[]{3}), 1.2, 0.6);
        assertSolution(WeightedLeastSquares.solve(new double[]{0}, new double[]{0}, new double[]{3}), 0, 0);
    }

    @Test
    void theToleranceDecidesWhichColumnsAreDependent() {
        double[] x = {1, 1.01};
        double[] ones = {1, 1};
        double[] y = {1, 1.02};
        assertThat(WeightedLeastSquares.solve(x, ones, y, 1e-3).first()).isCloseTo(2, within(1e-9));
        assertThat(WeightedLeastSquares.solve(x, ones, y, 1e-2).first()).isCloseTo(0.505, within(0.01));
    }

    @Test
    void rejectsLengthsThatDiffer() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedLeastSquares.solve(new double[1], new double[2], new double[1]));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> WeightedLeastSquares.scaleShift(new float[1], new float[1], new float[2]));
    }
}
