package fathom.evaluation.edges;

import java.util.SplittableRandom;

import fathom.raster.Mask;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DistanceTransformTest {
    @Test
    void distancesAreThoseOfASearchOverAllPixels() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 60; round++) {
            int height = 1 + random.nextInt(20);
            int width = 1 + random.nextInt(20);
            double density = round % 3 == 0 ? 0.5 : 0.03;
            Mask mask = Mask.filled(height, width, false);
            for (int i = 0; i < height * width; i++) {
                mask.array()[i] = random.nextDouble() < density;
            }
            assertThat(DistanceTransform.toNearest(mask)).as(mask.toString()).isEqualTo(searched(mask));
        }
    }

    @Test
    void distancesAreInfiniteWithoutAFeature() {
        assertThat(DistanceTransform.toNearest(Mask.filled(2, 3, false))).containsOnly(Double.POSITIVE_INFINITY);
    }

    private static double[] searched(Mask mask) {
        int width = mask.width();
        double[] distances = new double[mask.array().length];
        for (int i = 0; i < distances.length; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < distances.length; j++) {
                if (mask.array()[j]) {
                    int dy = i / width - j / width;
                    int dx = i % width - j % width;
                    nearest = Math.min(nearest, dx * dx + dy * dy);
                }
            }
            distances[i] = Math.sqrt(nearest);
        }
        return distances;
    }
}
