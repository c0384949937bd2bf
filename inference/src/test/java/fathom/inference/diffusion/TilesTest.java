package fathom.inference.diffusion;

import java.util.ArrayList;
import java.util.List;

import fathom.graph.Shape;
import fathom.raster.FloatTensor;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TilesTest {
    /** Repeats each pixel twice along both sides, so each result depends on one pixel only. */
    private static FloatTensor doubled(FloatTensor map) {
        int channels = map.dim(1);
        int height = map.dim(2);
        int width = map.dim(3);
        float[] values = new float[channels * 4 * height * width];
        for (int i = 0; i < values.length; i++) {
            int line = i / (2 * width);
            values[i] = map.values()[(line / (2 * height) * height + line % (2 * height) / 2) * width
                    + i % (2 * width) / 2];
        }
        return FloatTensor.wrap(values, 1, channels, 2 * height, 2 * width);
    }

    private static FloatTensor map(int channels, int height, int width) {
        float[] values = new GaussianNoise(5).draw(0, 0, channels * height * width);
        return FloatTensor.wrap(values, 1, channels, height, width);
    }

    @Property(tries = 100)
    void pointwiseNetworkGivesTheSameResultInTiles(@ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 40) int width) {
        FloatTensor map = map(2, height, width);
        FloatTensor tiled = new Tiles(12, 3).run(map, 1, 2, TilesTest::doubled);
        assertThat(tiled.shape()).containsExactly(1, 2, 2 * height, 2 * width);
        assertThat(Goldens.largestDifference(tiled.values(), doubled(map).values())).isLessThan(1e-5);
    }

    @Test
    void allTilesHaveOneSizeAndOverlapEnough() {
        List<Shape> shapes = new ArrayList<>();
        new Tiles(12, 3).run(map(1, 20, 30), 1, 2, tile -> {
            shapes.add(Shape.of(tile.shape()));
            return doubled(tile);
        });
        assertThat(shapes).hasSize(6).containsOnly(Shape.of(1, 1, 12, 12));
        assertThat(new Tiles(12, 3).starts(30, 12)).containsExactly(0, 9, 18);
        assertThat(new Tiles(12, 3).starts(31, 12)).containsExactly(0, 6, 12, 19);
        assertThat(new Tiles(12, 3).starts(12, 12)).containsExactly(0);
        assertThat(new Tiles(12, 3).starts(5, 5)).containsExactly(0);
    }

    @Test
    void tilesWithTooMuchOverlapAreRejected() {
        assertThatThrownBy(() -> new Tiles(11, 3)).hasMessageContaining("at least 4 overlaps");
        assertThatThrownBy(() -> new Tiles(12, 0)).hasMessageContaining("overlap of at least 1");
    }
}
