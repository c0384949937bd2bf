package fathom.datasets.depth;

import java.util.List;

import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DepthEncodingTest {
    @Test
    void everyMillimetreSurvivesTheRotation() {
        Plane stored = Plane.allocate(256, 256);
        for (int millimetres = 0; millimetres < 65536; millimetres++) {
            stored.array()[millimetres] = (millimetres << 3 | millimetres >> 13) & 0xFFFF;
        }
        assertThat(stored.array()[8191]).isEqualTo(65528f);
        assertThat(stored.array()[8192]).isEqualTo(1f);
        MeasuredDepth depth = new DepthEncoding.RotatedMillimetres().decode(stored, DepthLimits.NONE);
        for (int millimetres = 1; millimetres < 65536; millimetres++) {
            assertThat(depth.metres().array()[millimetres]).isEqualTo((float) (millimetres / 1000.0));
        }
        assertThat(depth.valid().count()).isEqualTo(65535);
        assertThat(depth.valid().get(0, 0)).isFalse();
    }

    @Test
    void cropOfAWiderMapDecodesLikeItsCopy() {
        Plane wide = Plane.allocate(5, 9);
        for (int i = 0; i < wide.size(); i++) {
            wide.array()[i] = i * 100;
        }
        Plane crop = wide.crop(1, 2, 3, 4);
        DepthEncoding encoding = new DepthEncoding.UnitsPerMetre(5000);
        MeasuredDepth ofView = encoding.decode(crop, DepthLimits.NONE);
        MeasuredDepth ofCopy = encoding.decode(crop.copy(), DepthLimits.NONE);
        assertThat(ofView.metres().toArray()).containsExactly(ofCopy.metres().toArray());
        assertThat(ofView.metres().get(0, 0)).isEqualTo((float) (1100 / 5000.0));
    }

    @Test
    void depthsBeyondTheLimitsAreMissing() {
        Plane stored = Plane.wrap(new float[]{0, 399, 400, 8000, 8001, 65535}, 1, 6);
        MeasuredDepth depth = new DepthEncoding.UnitsPerMetre(1000).decode(stored, new DepthLimits(0.4, 8));
        assertThat(depth.valid().array()).containsExactly(false, false, true, true, false, false);
        assertThat(depth.metres().toArray()).containsExactly(0, 0, 0.4f, 8, 0, 0);
        assertThat(depth.stored()).isSameAs(stored);
    }

    @Test
    void labelsNameEncodings() {
        for (DepthEncoding encoding : List.of(new DepthEncoding.RotatedMillimetres(), new DepthEncoding.Metres(),
                new DepthEncoding.UnitsPerMetre(5000), new DepthEncoding.UnitsPerMetre(1310.7))) {
            assertThat(DepthEncoding.ofLabel(encoding.label())).isEqualTo(encoding);
        }
        for (String label : List.of("", "mm", "units-per-metre:", "units-per-metre:x", "units-per-metre:0",
                "units-per-metre:NaN")) {
            assertThatThrownBy(() -> DepthEncoding.ofLabel(label)).as(label)
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new DepthLimits(2, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DepthLimits(Double.NaN, 1)).isInstanceOf(IllegalArgumentException.class);
    }
}
