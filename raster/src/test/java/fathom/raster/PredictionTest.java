package fathom.raster;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PredictionTest {
    @ParameterizedTest
    @EnumSource
    void otherValuesKeepTheKind(DepthKind kind) {
        Plane values = Plane.wrap(new float[]{1, Float.NaN}, 1, 2);
        Prediction prediction = new Prediction(kind, values);
        assertThat(prediction.kind()).isEqualTo(kind);
        assertThat(prediction.valid().array()).containsExactly(true, false);
        Prediction other = prediction.withValues(Plane.allocate(2, 2));
        assertThat(other.kind()).isEqualTo(kind);
        assertThat(other.values().width()).isEqualTo(2);
        assertThat(DepthKind.ofLabel(kind.label())).isEqualTo(kind);
    }

    @Test
    void unknownKindIsRejectedWithAListOfKinds() {
        assertThatThrownBy(() -> DepthKind.ofLabel("disparity")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("affine-invariant-inverse").hasMessageContaining("\"disparity\"");
    }

    @Test
    void measuredDepthRejectsDifferentShapes() {
        Plane metres = Plane.allocate(2, 3);
        MeasuredDepth depth = new MeasuredDepth(metres, metres, Mask.filled(2, 3, true));
        assertThat(depth.height()).isEqualTo(2);
        assertThat(depth.width()).isEqualTo(3);
        assertThatThrownBy(() -> new MeasuredDepth(Plane.allocate(3, 2), metres, Mask.filled(2, 3, true)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("stored");
        assertThatThrownBy(() -> new MeasuredDepth(metres, metres, Mask.filled(3, 3, true)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("valid");
    }
}
