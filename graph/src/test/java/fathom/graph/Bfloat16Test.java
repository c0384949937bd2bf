package fathom.graph;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class Bfloat16Test {
    @Test
    void everyBfloat16SurvivesARoundTrip() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = Bfloat16.toFloat((short) bits);
            if (!Float.isNaN(value)) {
                assertThat(Bfloat16.ofNearest(value)).isEqualTo((short) bits);
            }
        }
        assertThat(Bfloat16.toFloat(Bfloat16.ofNearest(Float.NaN))).isNaN();
    }

    /** Above 1 the step is 2^-7. */
    @ParameterizedTest
    @CsvSource({"1.00390625, 1", "1.01171875, 1.015625", "1.0039065, 1.0078125", "-1.00390625, -1",
            "3.4028235e38, Infinity"})
    void valuesAreRoundedToNearestAndTiesToEven(float value, float expected) {
        assertThat(Bfloat16.toFloat(Bfloat16.ofNearest(value))).isEqualTo(expected);
    }
}
