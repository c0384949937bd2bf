package fathom.evaluation.metrics;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class TorchSumTest {
    /** Sums of torch 1.13 with one thread over float32 {@code i * 7919 % 10007 / 1000 - 3}. */
    @ParameterizedTest
    @CsvSource({"1, -3.0", "3, 4.75", "7, 15.208000183105469", "8, 17.605998992919922", "31, 66.87100219726562",
            "33, 69.42500305175781", "768, 1534.40185546875", "729, 1459.7958984375", "5000, 10031.078125",
            "34080, 68273.609375", "2100000, 4206314.0"})
    void sumsAreThoseOfTorchInEveryBit(int length, float expected) {
        assertThat(TorchSum.of(values(length))).isEqualTo(expected);
    }

    @Test
    void noValuesSumToZeroAndNanRemains() {
        assertThat(TorchSum.of(new float[0])).isZero();
        assertThat(TorchSum.of(new float[]{1, Float.NaN, 2})).isNaN();
    }

    private static float[] values(int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = i * 7919L % 10007 / 1000f - 3;
        }
        return values;
    }

    /** Integers add up without rounding in any order. */
    @Test
    void everyTermIsAddedOnce() {
        for (int count : new int[]{0, 1, 7, 8, 31, 32, 511, 512, 513, 4096, 12_288, 70_001}) {
            float[] terms = new float[count];
            long sum = 0;
            for (int i = 0; i < count; i++) {
                terms[i] = i % 5;
                sum += i % 5;
            }
            assertThat(TorchSum.of(terms)).isEqualTo(sum);
        }
    }
}
