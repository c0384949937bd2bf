package fathom.models.moge;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ShiftSolverTest {
    /**
     * Returns points that are seen at (u, v) after {@code shift} is added to their depth, except for {@code noise}.
     */
    private static ShiftSolver solver(int count, double noise, double shift, double focal, double statedFocal) {
        double[] x = new double[count];
        double[] y = new double[count];
        double[] z = new double[count];
        double[] u = new double[count];
        double[] v = new double[count];
        for (int i = 0; i < count; i++) {
            u[i] = Math.sin(1.0 + i);
            v[i] = Math.cos(2.0 * i);
            z[i] = 1.5 + Math.sin(0.7 * i);
            x[i] = u[i] * (z[i] + shift) / focal + noise * Math.sin(3.0 * i);
            y[i] = v[i] * (z[i] + shift) / focal + noise * Math.cos(5.0 * i);
        }
        return new ShiftSolver(x, y, z, u, v, statedFocal);
    }

    /**
     * {@code scipy.optimize.least_squares(residuals, x0=0, ftol=1e-3, method="lm")} of SciPy 1.17.1 over the same points, and the
     * minimum, which tolerances of 1e-15 find: the search stops before it.
     */
    @ParameterizedTest
    @CsvSource({"40, 0.05, 0.75, 1.2, 0.777185007993439, 0.7772019549537903",
            "40, 0.3, -0.2, 0.6, -0.04426969024813266, -0.044354955738186354",
            "7, 0.1, 2.0, 2.0, 1.8075417036734727, 1.8076561465694476"})
    void searchStopsWhereSciPyStops(int count, double noise, double shift, double focal, double scipy, double minimum) {
        double found = solver(count, noise, shift, focal, Double.NaN).shift();
        assertThat(found).isCloseTo(scipy, within(1e-8));
        assertThat(Math.abs(found - minimum)).isGreaterThan(1e-5);
    }

    @Test
    void exactPointsRecoverShiftAndFocalLength() {
        ShiftSolver solver = solver(40, 0, 0.75, 1.2, Double.NaN);
        assertThat(solver.shift()).isCloseTo(0.75, within(1e-6));
        assertThat(solver.focal(0.75)).isCloseTo(1.2, within(1e-12));
        assertThat(solver(40, 0, 0.75, 1.2, 1.2).shift()).isCloseTo(0.75, within(1e-6));
    }

    @Test
    void tooFewPointsGiveNoShift() {
        assertThat(solver(1, 0, 0.75, 1.2, Double.NaN).shift()).isZero();
        assertThat(solver(0, 0, 0.75, 1.2, Double.NaN).focal(0)).isEqualTo(1);
    }

    @Test
    void pointsThatAreNotNumbersEndTheSearch() {
        double[] nan = {Double.NaN, Double.NaN, Double.NaN};
        double[] one = {1, 1, 1};
        assertThat(new ShiftSolver(nan, one, one, one, one, Double.NaN).shift()).isZero();
    }
}
