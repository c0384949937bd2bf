package fathom.evaluation.edges;

import fathom.raster.Mask;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OcclusionEdgesTest {
    /** Near pixel: 1/2 against (2·1/2 + 1/4)/3 = 5/12, 1.2 times; far pixel: 1/4 against (1/2 + 2·1/4)/3 = 1/3. */
    @Test
    void bothSidesOfAJumpAndTheirNeighboursAreEdges() {
        assertThat(OcclusionEdges.of(step(4), Mask.filled(5, 8, true), 0.1).array())
                .isEqualTo(Patterns.mask("...##...", "...##...", "...##...", "...##...", "...##...").array());
        assertThat(OcclusionEdges.of(step(4), Mask.filled(5, 8, true), 0.25).count()).isZero();
    }

    @Test
    void aDepthThatIsNotValidIsInNoMean() {
        Plane depth = step(4);
        Mask valid = Mask.filled(5, 8, true);
        for (int row = 0; row < 5; row++) {
            depth.set(row, 4, Float.NaN);
            valid.set(row, 4, false);
        }
        assertThat(OcclusionEdges.of(depth, valid, 0.1).count()).isZero();
    }

    @Test
    void shapesMustAgree() {
        assertThatThrownBy(() -> OcclusionEdges.of(step(4), Mask.filled(5, 7, true), 0.1))
                .hasMessageContaining("valid: expected [5, 8]");
    }

    private static Plane step(int far) {
        Plane depth = Plane.allocate(5, 8);
        for (int i = 0; i < depth.array().length; i++) {
            depth.array()[i] = i % 8 < 4 ? 2 : far;
        }
        return depth;
    }
}
