package fathom.workbench.predict;

import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LinearQuantizationTest {
    private static Plane row(float... values) {
        return Plane.wrap(values, 1, values.length);
    }

    @Test
    void metresBecomeMillimetres() {
        LinearQuantization code = LinearQuantization
                .of(new Prediction(DepthKind.METRIC, row(0.5f, 2.0004f, Float.NaN)));
        assertThat(code.encode(row(0.5f, 2.0004f, Float.NaN)).toArray()).containsExactly(500, 2000, 0);
        assertThat(code.text()).isEqualTo("metres = stored / 1000, 0 = no value");
    }

    @Test
    void metresBeyondSixtyFiveAreStoredAsKittiDoes() {
        Plane far = row(1, 80);
        LinearQuantization code = LinearQuantization.of(new Prediction(DepthKind.METRIC, far));
        assertThat(code.encode(far).toArray()).containsExactly(256, 20480);
        assertThat(code.text()).isEqualTo("metres = stored / 256, 0 = no value");
    }

    @Property
    void otherKindsRoundTripWithinHalfAStep(
            @ForAll @Size(min = 2, max = 50) float @FloatRange(min = -1e3f, max = 1e3f) [] values) {
        Plane plane = row(values);
        Prediction prediction = new Prediction(DepthKind.AFFINE_INVERSE, plane);
        LinearQuantization code = LinearQuantization.of(prediction);
        Plane integers = code.encode(plane);
        LinearQuantization stated = LinearQuantization.ofEntries(code.entries(DepthKind.AFFINE_INVERSE)).orElseThrow();
        Plane back = stated.decode(integers, java.util.Set.of(0f));
        for (int i = 0; i < values.length; i++) {
            assertThat(integers.array()[i]).isBetween(1f, 65535f);
            assertThat((double) back.array()[i]).isCloseTo(values[i],
                    org.assertj.core.data.Offset.offset(0.51 * code.step() + 1e-3));
        }
    }

    @Test
    void fileThatStatesNothingHasNoCode() {
        assertThat(LinearQuantization.ofEntries(java.util.Map.of("Software", "other"))).isEmpty();
    }
}
