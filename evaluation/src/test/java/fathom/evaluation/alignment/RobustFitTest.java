package fathom.evaluation.alignment;

import java.util.Arrays;
import java.util.Random;

import fathom.evaluation.metrics.UnscorableException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class RobustFitTest {
    private static double[] values(Random random, int count) {
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = 0.5 + 4 * random.nextDouble();
        }
        return values;
    }

    private static double[] line(double[] values, double scale, double shift) {
        return Arrays.stream(values).map(value -> scale * value + shift).toArray();
    }

    @Property(tries = 100)
    void scaleAndShiftAreRecoveredIfFourOfTenPointsAreWrong(@ForAll long seed,
            @ForAll @DoubleRange(min = 0.05, max = 20) double scale,
            @ForAll @DoubleRange(min = -3, max = 3) double shift, @ForAll @IntRange(min = 12, max = 400) int count)
            throws UnscorableException {
        Random random = new Random(seed);
        double[] values = values(random, count);
        double[] target = line(values, scale, shift);
        for (int i = 0; i < 2 * count / 5; i++) {
            target[i] = 1000 * random.nextDouble() + 200;
        }
        RobustFit fit = RobustFit.scaleAndShift(values, target);
        assertThat(fit.alignment().scale()).isCloseTo(scale, within(1e-9 * scale));
        assertThat(fit.alignment().shift()).isCloseTo(shift, within(1e-8));
        assertThat(fit.points()).isEqualTo(count);
        assertThat(fit.inliers()).isEqualTo(count - 2 * count / 5);
        assertThat(fit.residual()).isLessThan(1e-8);
    }

    @Property(tries = 100)
    void scaleIsRecoveredIfFourOfTenPointsAreWrong(@ForAll long seed,
            @ForAll @DoubleRange(min = 0.05, max = 20) double scale, @ForAll @IntRange(min = 5, max = 3000) int count)
            throws UnscorableException {
        Random random = new Random(seed);
        double[] values = values(random, count);
        double[] target = line(values, scale, 0);
        for (int i = 0; i < 2 * count / 5; i++) {
            target[count - 1 - i] = 500 + 100 * random.nextDouble();
        }
        RobustFit fit = RobustFit.scale(values, target);
        assertThat(fit.alignment().scale()).isCloseTo(scale, within(1e-9 * scale));
        assertThat(fit.alignment().shift()).isZero();
    }

    @Test
    void noisyPointsWithoutOutliersGiveAboutTheLeastSquaresLine() throws UnscorableException {
        Random random = new Random(3);
        double[] values = values(random, 500);
        double[] target = line(values, 2, -0.3);
        for (int i = 0; i < target.length; i++) {
            target[i] += 0.05 * random.nextGaussian();
        }
        RobustFit fit = RobustFit.scaleAndShift(values, target);
        assertThat(fit.alignment().scale()).isCloseTo(2, within(0.01));
        assertThat(fit.residual()).isBetween(0.04, 0.06);
        assertThat(fit.inliers()).isGreaterThan(480);
    }

    @Test
    void leastSquaresIsMovedByTheOutliersThatThisFitIgnores() throws UnscorableException {
        double[] values = {1, 2, 3, 4, 5, 6, 7};
        double[] target = {2, 4, 6, 8, 10, 80, 90};
        assertThat(RobustFit.scaleAndShift(values, target).alignment().scale()).isCloseTo(2, within(1e-9));
        assertThat(RobustFit.scale(values, target).alignment().scale()).isCloseTo(2, within(1e-9));
    }

    @Test
    void equalPointsGiveEqualNumbers() throws UnscorableException {
        Random random = new Random(5);
        double[] values = values(random, 4000);
        double[] target = values(random, 4000);
        assertThat(RobustFit.scaleAndShift(values, target)).isEqualTo(RobustFit.scaleAndShift(values, target));
    }

    @Test
    void theFewestPointsDetermineTheLine() throws UnscorableException {
        RobustFit two = RobustFit.scaleAndShift(new double[]{1, 3}, new double[]{5, 9});
        assertThat(two.alignment().scale()).isCloseTo(2, within(1e-12));
        assertThat(two.alignment().shift()).isCloseTo(3, within(1e-12));
        assertThat(RobustFit.scale(new double[]{4}, new double[]{2}).alignment().scale()).isEqualTo(0.5);
    }

    @Test
    void pointsThatDetermineNoLineAreRefused() {
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> RobustFit.scaleAndShift(new double[]{1}, new double[]{1}))
                .withMessageContaining("at least two points");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> RobustFit.scale(new double[0], new double[0]))
                .withMessageContaining("at least one point");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> RobustFit.scaleAndShift(new double[]{2, 2, 2}, new double[]{1, 2, 3}))
                .withMessageContaining("2.0 at every point");
        assertThatExceptionOfType(UnscorableException.class)
                .isThrownBy(() -> RobustFit.scale(new double[]{0, 0}, new double[]{1, 2}))
                .withMessageContaining("is 0");
        assertThatIllegalArgumentException().isThrownBy(() -> RobustFit.scale(new double[]{0, 0}, new double[]{1}))
                .withMessageContaining("expected 2 numbers");
    }
}
