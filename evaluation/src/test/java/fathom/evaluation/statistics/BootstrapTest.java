package fathom.evaluation.statistics;

import java.util.Arrays;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Expected intervals: {@code scipy.stats.bootstrap}, scipy 1.10.1, method percentile, 100,000 resamples. */
final class BootstrapTest {
    /** Twice the spread of an end of the interval between seeds of 10,000 resamples. */
    private static final double MONTE_CARLO = 0.012;

    private static double[] values(int count) {
        double[] values = new double[count];
        Arrays.setAll(values, i -> Math.exp(Math.sin(i * 2.3)));
        return values;
    }

    @Test
    void meanAndItsIntervalEqualScipyUpToTheResampling() {
        Summary summary = Bootstrap.DEFAULT.of(values(40));
        assertThat(summary.mean()).isCloseTo(1.2858858569386824, within(1e-15));
        Interval interval = summary.meanInterval().orElseThrow();
        assertThat(interval.low()).isCloseTo(1.0375, within(MONTE_CARLO));
        assertThat(interval.high()).isCloseTo(1.5440, within(MONTE_CARLO));
    }

    @Test
    void medianAndItsIntervalEqualScipyUpToTheResampling() {
        Summary summary = Bootstrap.DEFAULT.of(values(40));
        assertThat(summary.median()).isCloseTo(1.029586003865473, within(1e-15));
        Interval interval = summary.medianInterval().orElseThrow();
        // The resampled medians take few values; both ends are exactly among them.
        assertThat(interval.low()).isCloseTo(0.6650, within(0.05));
        assertThat(interval.high()).isCloseTo(1.6214, within(0.05));
    }

    @Test
    void equalSeedsGiveEqualIntervalsAndTheOrderOfSamplesDoesNotMatter() {
        double[] values = values(25);
        double[] reversed = new double[values.length];
        Arrays.setAll(reversed, i -> values[values.length - 1 - i]);
        Bootstrap bootstrap = new Bootstrap(500, 0.9, 42);
        assertThat(bootstrap.of(values).meanInterval()).isEqualTo(bootstrap.of(reversed).meanInterval());
        assertThat(bootstrap.of(values).meanInterval())
                .isNotEqualTo(new Bootstrap(500, 0.9, 43).of(values).meanInterval());
    }

    @Test
    void aWiderLevelContainsANarrowerOne() {
        Interval narrow = new Bootstrap(2000, 0.5, 1).of(values(30)).meanInterval().orElseThrow();
        Interval wide = new Bootstrap(2000, 0.99, 1).of(values(30)).meanInterval().orElseThrow();
        assertThat(wide.low()).isLessThan(narrow.low());
        assertThat(wide.high()).isGreaterThan(narrow.high());
    }

    @Test
    void aConstantHasAnIntervalWithoutWidth() {
        Summary summary = Bootstrap.DEFAULT.of(new double[]{3, 3, 3, 3});
        assertThat(summary.meanInterval()).contains(new Interval(3, 3));
        assertThat(summary.medianInterval()).contains(new Interval(3, 3));
    }

    @Test
    void oneSampleHasNoInterval() {
        Summary summary = Bootstrap.DEFAULT.of(new double[]{2.5});
        assertThat(summary).isEqualTo(
                new Summary(1, 2.5, 2.5, java.util.Optional.empty(), java.util.Optional.empty()));
    }

    @Test
    void oneInfiniteValueGivesAnInfiniteUpperEndAndAFiniteLowerEnd() {
        double[] values = values(20);
        values[7] = Double.POSITIVE_INFINITY;
        Summary summary = Bootstrap.DEFAULT.of(values);
        assertThat(summary.mean()).isInfinite();
        assertThat(summary.median()).isFinite();
        Interval interval = summary.meanInterval().orElseThrow();
        // A resample of 20 leaves one sample out with probability 0.36.
        assertThat(interval.low()).isFinite();
        assertThat(interval.high()).isInfinite();
    }

    @Test
    void infinitiesOfBothSignsHaveNoMean() {
        Summary summary = Bootstrap.DEFAULT
                .of(new double[]{Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1, 2, 3});
        assertThat(summary.mean()).isNaN();
        assertThat(summary.meanInterval()).isEmpty();
        assertThat(summary.median()).isEqualTo(2);
    }

    @Test
    void manySamplesUseTheLimitOfTheResampling() {
        Random random = new Random(3);
        double[] many = random.doubles(Bootstrap.MAX_RESAMPLED + 1).toArray();
        double[] fewer = Arrays.copyOf(many, Bootstrap.MAX_RESAMPLED);
        Summary limit = Bootstrap.DEFAULT.of(many);
        Summary resampled = new Bootstrap(2000, 0.95, 7).of(fewer);
        // The standard error of the mean is 0.0029, that of the median 0.005.
        assertThat(limit.meanInterval().orElseThrow().low())
                .isCloseTo(resampled.meanInterval().orElseThrow().low(), within(0.0006));
        assertThat(limit.medianInterval().orElseThrow().high())
                .isCloseTo(resampled.medianInterval().orElseThrow().high(), within(0.002));
        many[0] = Double.POSITIVE_INFINITY;
        assertThat(Bootstrap.DEFAULT.of(many).meanInterval())
                .contains(new Interval(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY));
    }

    @Test
    void wrongArgumentsAreRejected() {
        assertThatThrownBy(() -> Bootstrap.DEFAULT.of(new double[0])).hasMessageContaining("at least one");
        assertThatThrownBy(() -> Bootstrap.DEFAULT.of(new double[]{1, Double.NaN})).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Bootstrap(99, 0.95, 1)).hasMessageContaining("resamples");
        assertThatThrownBy(() -> new Bootstrap(100, 1, 1)).hasMessageContaining("level");
        assertThatThrownBy(() -> new Interval(2, 1)).hasMessageContaining("low ≤ high");
    }
}
