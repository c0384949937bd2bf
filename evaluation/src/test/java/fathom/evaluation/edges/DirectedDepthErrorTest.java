package fathom.evaluation.edges;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DirectedDepthErrorTest {
    @Test
    void sharesCountPixelsOnTheRightSideTooNearAndTooFar() {
        float[] truth = {1, 3, 4, 5, 2, 9, 2, 4};
        float[] prediction = {2, 3.5f, 2, 3, 3, 8, Float.NaN, Float.POSITIVE_INFINITY};
        assertThat(DirectedDepthError.of(truth, prediction, 3)).isEqualTo(new DirectedDepthError(0.5, 0.25, 0.125));
    }

    @Test
    void noPixelsHaveNoShares() {
        assertThat(DirectedDepthError.of(new float[0], new float[0], 3).correct()).isNaN();
    }

    @Test
    void lengthsMustAgree() {
        assertThatThrownBy(() -> DirectedDepthError.of(new float[2], new float[3], 3))
                .hasMessageContaining("expected 2 depths, found 3");
    }
}
