package fathom.evaluation.points;

import java.time.Duration;
import java.util.SplittableRandom;

import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KdTreeTest {
    private enum Shape {
        VOLUME, GRID, LINE, ONE_PLACE, FAR_AWAY
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void nearestPointsAreThoseOfASearchOverAllPoints(Shape shape) {
        SplittableRandom random = new SplittableRandom(shape.ordinal());
        for (int size : new int[]{1, 2, 12, 13, 25, 26, 200, 1500}) {
            float[] cloud = cloud(shape, size, random);
            float[] queries = shape == Shape.FAR_AWAY ? cloud(Shape.VOLUME, 200, random) : cloud(shape, 200, random);
            KdTree tree = KdTree.of(cloud);
            double[] squares = tree.squaredDistances(queries);
            int[] nearest = tree.nearest(queries);
            assertThat(tree.size()).isEqualTo(size);
            for (int i = 0; i < squares.length; i++) {
                double smallest = Double.POSITIVE_INFINITY;
                for (int j = 0; j < size; j++) {
                    smallest = Math.min(smallest, square(queries, i, cloud, j));
                }
                assertThat(squares[i]).isEqualTo(smallest);
                assertThat(square(queries, i, cloud, nearest[i])).isEqualTo(smallest);
            }
        }
    }

    @Test
    void manyPointsTakeSecondsNotMinutes() {
        SplittableRandom random = new SplittableRandom(7);
        float[] cloud = cloud(Shape.VOLUME, 200_000, random);
        float[] queries = cloud(Shape.VOLUME, 200_000, random);
        Assertions.assertTimeout(Duration.ofSeconds(30), () -> KdTree.of(cloud).squaredDistances(queries));
    }

    @Test
    void anEmptyTreeAnswersNoQueries() {
        KdTree empty = KdTree.of(new float[0]);
        assertThat(empty.squaredDistances(new float[0])).isEmpty();
        assertThatThrownBy(() -> empty.nearest(new float[3])).hasMessageContaining("at least one point");
    }

    @Test
    void coordinatesAreFiniteAndThreePerPoint() {
        assertThatThrownBy(() -> KdTree.of(new float[]{1, Float.NaN, 2})).hasMessageContaining("cloud");
        assertThatThrownBy(() -> KdTree.of(new float[3]).nearest(new float[]{1, Float.POSITIVE_INFINITY, 2}))
                .hasMessageContaining("queries");
        assertThatThrownBy(() -> KdTree.of(new float[4])).hasMessageContaining("three coordinates");
    }

    private static double square(float[] a, int i, float[] b, int j) {
        double dx = (double) a[3 * i] - b[3 * j];
        double dy = (double) a[3 * i + 1] - b[3 * j + 1];
        double dz = (double) a[3 * i + 2] - b[3 * j + 2];
        return dx * dx + dy * dy + dz * dz;
    }

    private static float[] cloud(Shape shape, int size, SplittableRandom random) {
        float[] cloud = new float[3 * size];
        for (int i = 0; i < cloud.length; i++) {
            cloud[i] = switch (shape) {
                case VOLUME -> (float) random.nextDouble(-1, 1);
                case GRID -> random.nextInt(6);
                case LINE -> i % 3 == 0 ? (float) random.nextDouble() : 2;
                case ONE_PLACE -> 3;
                case FAR_AWAY -> 50 + (float) random.nextDouble();
            };
        }
        return cloud;
    }
}
