package fathom.evaluation.errors;

import java.util.Arrays;
import java.util.List;

import fathom.evaluation.metrics.ScoredMaps;
import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class WorstRegionsTest {
    /** Truth of 2 m, predicted without errors except for two squares of 8 pixels. */
    private static ErrorMap twoSquares() {
        Plane truth = Plane.allocate(40, 60);
        Arrays.fill(truth.array(), 2);
        Plane prediction = truth.copy();
        for (int row = 0; row < 8; row++) {
            for (int column = 0; column < 8; column++) {
                prediction.set(5 + row, 7 + column, 3);
                prediction.set(30 + row, 44 + column, 1.5f);
            }
        }
        return ErrorMap.of(Maps.of(truth, prediction, Maps.all(truth)), ErrorKind.SIGNED);
    }

    @Test
    void twoBadSquaresAreFoundTheWorstFirst() {
        List<WorstRegions.Region> regions = WorstRegions.of(twoSquares(), 8, 2);
        assertThat(regions).containsExactly(new WorstRegions.Region(5, 7, 8, 64, 1, 2.0 / 3),
                new WorstRegions.Region(30, 44, 8, 64, 0.5, 1.0 / 3));
    }

    @Test
    void regionsWithoutAnErrorAreNotReturned() {
        List<WorstRegions.Region> regions = WorstRegions.of(twoSquares(), 8, 9);
        assertThat(regions).hasSize(2).allSatisfy(region -> assertThat(region.mean()).isPositive());
    }

    @Test
    void regionIsTheWorstOfAllPositions() {
        ScoredMaps maps = Maps.random(5, 23, 31);
        ErrorMap map = ErrorMap.of(maps, ErrorKind.ABSOLUTE);
        int side = 6;
        double worst = 0;
        double total = 0;
        for (float value : map.values().array()) {
            total += Float.isNaN(value) ? 0 : value;
        }
        double worstSum = 0;
        for (int top = 0; top + side <= 23; top++) {
            for (int left = 0; left + side <= 31; left++) {
                double sum = 0;
                int count = 0;
                for (float value : map.values().crop(top, left, side, side).toArray()) {
                    sum += Float.isNaN(value) ? 0 : value;
                    count += Float.isNaN(value) ? 0 : 1;
                }
                if (2 * count >= side * side && sum / count > worst) {
                    worst = sum / count;
                    worstSum = sum;
                }
            }
        }
        WorstRegions.Region found = WorstRegions.of(map, side, 1).getFirst();
        assertThat(found.mean()).isCloseTo(worst, within(1e-9));
        assertThat(found.share()).isCloseTo(worstSum / total, within(1e-9));
    }

    @Test
    void regionsDoNotOverlap() {
        List<WorstRegions.Region> regions = WorstRegions.of(ErrorMap.of(Maps.random(8, 40, 50), ErrorKind.RELATIVE), 10,
                6);
        assertThat(regions).hasSize(6);
        for (int i = 0; i < regions.size(); i++) {
            for (int j = 0; j < i; j++) {
                int down = Math.abs(regions.get(i).top() - regions.get(j).top());
                int across = Math.abs(regions.get(i).left() - regions.get(j).left());
                assertThat(Math.max(down, across)).isGreaterThanOrEqualTo(10);
            }
        }
    }

    @Test
    void regionWithFewCountedPixelsIsIgnored() {
        Plane truth = Plane.allocate(10, 20);
        Arrays.fill(truth.array(), 1);
        Plane prediction = truth.copy();
        Mask counted = Maps.all(truth);
        for (int row = 0; row < 10; row++) {
            for (int column = 0; column < 10; column++) {
                counted.set(row, column, false);
            }
            prediction.set(row, 15, 2);
        }
        counted.set(4, 4, true);
        prediction.set(4, 4, 100);
        WorstRegions.Region worst = WorstRegions
                .of(ErrorMap.of(Maps.of(truth, prediction, counted), ErrorKind.ABSOLUTE), 4, 1).getFirst();
        assertThat(worst.left()).isGreaterThan(10);
    }

    @Test
    void regionLargerThanTheMapIsReduced() {
        assertThat(WorstRegions.of(twoSquares(), 500, 1).getFirst().side()).isEqualTo(40);
    }

    @Test
    void sideAndLimitAreChecked() {
        ErrorMap map = twoSquares();
        assertThatIllegalArgumentException().isThrownBy(() -> WorstRegions.of(map, 0, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> WorstRegions.of(map, 8, 0));
    }
}
