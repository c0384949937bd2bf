package fathom.evaluation.errors;

import java.util.List;

import fathom.evaluation.metrics.PixelErrors;
import fathom.evaluation.metrics.PixelSums;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ErrorBinsTest {
    @Test
    void binsByDepthTogetherGiveTheMetricsOfAllPixels() {
        ScoredMaps maps = Maps.random(11, 30, 40);
        PixelSums whole = new PixelErrors(List.of(1.25), false, PixelErrors.Arithmetic.FLOAT64).sums(maps);
        ErrorBin all = ErrorByDepth.of(maps, List.of(0.0)).getFirst();
        assertThat(all.pixels()).isEqualTo(whole.pixels());
        assertThat(all.mae()).isEqualTo(whole.mae());
        List<ErrorBin> bins = ErrorByDepth.of(maps, ErrorByDepth.EDGES);
        double weighted = 0;
        for (ErrorBin bin : bins) {
            weighted += bin.pixels() == 0 ? 0 : bin.pixels() * bin.absRel();
        }
        assertThat(weighted / whole.pixels()).isCloseTo(whole.absRel(), within(1e-12));
    }

    @Test
    void binIncludesItsLowerEdgeOnly() {
        Plane truth = Maps.row(1, 2, 2.5f, 3);
        List<ErrorBin> bins = ErrorByDepth.of(Maps.of(truth, Maps.row(1, 3, 2.5f, 3), Maps.all(truth)),
                List.of(1.0, 2.0, 3.0));
        assertThat(bins).extracting(ErrorBin::pixels).containsExactly(1L, 2L, 1L);
        assertThat(bins.get(1).mae()).isEqualTo(0.5);
        assertThat(bins.get(1).absRel()).isEqualTo(0.25);
        assertThat(bins.get(1).delta1()).isEqualTo(0.5);
        assertThat(bins.getLast().to()).isInfinite();
    }

    @Test
    void emptyBinHasNoErrors() {
        Plane truth = Maps.row(1, 1);
        ErrorBin empty = ErrorByDepth.of(Maps.of(truth, truth, Maps.all(truth)), List.of(0.0, 5.0)).getLast();
        assertThat(empty.pixels()).isZero();
        assertThat(empty.mae()).isNaN();
    }

    @Test
    void binsOfTwoSamplesArePooled() {
        Plane truth = Maps.row(1, 1);
        ErrorBin one = ErrorByDepth.of(Maps.of(truth, Maps.row(2, 2), Maps.all(truth)), List.of(0.0)).getFirst();
        ErrorBin other = ErrorByDepth.of(Maps.of(truth, truth, Maps.all(truth)), List.of(0.0)).getFirst();
        one.add(other);
        assertThat(one.pixels()).isEqualTo(4);
        assertThat(one.mae()).isEqualTo(0.5);
        ErrorBin differs = ErrorByDepth.of(Maps.of(truth, truth, Maps.all(truth)), List.of(0.5)).getFirst();
        assertThatIllegalArgumentException().isThrownBy(() -> one.add(differs));
    }

    @Test
    void edgesMustAscend() {
        ScoredMaps maps = Maps.random(1, 3, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorByDepth.of(maps, List.of(1.0, 1.0)));
        assertThatIllegalArgumentException().isThrownBy(() -> ErrorByDepth.of(maps, List.of()));
    }

    @Test
    void distanceIsMeasuredFromBothSidesOfAnEdge() {
        Plane truth = Maps.row(1, 1, 1, 1.3f, 1.3f);
        assertThat(ErrorByEdgeDistance.distances(Maps.of(truth, truth, Maps.all(truth))).toArray()).containsExactly(2,
                1, 0, 0, 1);
    }

    @Test
    void ratioOnTheThresholdIsNoEdge() {
        Plane truth = Maps.row(1, 1.25f);
        assertThat(ErrorByEdgeDistance.distances(Maps.of(truth, truth, Maps.all(truth))).toArray())
                .containsOnly(Float.POSITIVE_INFINITY);
    }

    @Test
    void pixelThatIsNotCountedMakesNoEdge() {
        Plane truth = Maps.row(1, 9, 1, 1);
        Mask counted = Maps.all(truth);
        counted.set(0, 1, false);
        ScoredMaps maps = Maps.of(truth, truth, counted);
        assertThat(ErrorByEdgeDistance.distances(maps).toArray()).containsOnly(Float.POSITIVE_INFINITY);
        List<ErrorBin> bins = ErrorByEdgeDistance.of(maps, ErrorByEdgeDistance.EDGES);
        assertThat(bins.getLast().pixels()).isEqualTo(3);
        assertThat(bins.getFirst().pixels()).isZero();
    }
}
