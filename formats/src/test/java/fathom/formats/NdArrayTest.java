package fathom.formats;

import java.nio.ByteBuffer;
import java.util.Arrays;

import fathom.raster.Plane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class NdArrayTest {
    private static int[] ints(String text) {
        return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    @ParameterizedTest
    @CsvSource({"3 4,3 4", "1 3 4,3 4", "1 1 3 4,3 4", "3 4 1,3 4", "3 1 4,3 4", "1 4,1 4", "4 1,4 1", "1 1 4,1 4",
            "1 1 1,1 1", "4 1 1,4 1"})
    void unitAxesAreDroppedUntilTwoRemain(String shape, String expected) {
        float[] values = new float[12 / (shape.contains("3") ? 1 : shape.contains("4") ? 3 : 12)];
        Plane plane = NdArray.ofFloats(values, ints(shape)).toPlane();
        assertThat(new int[]{plane.height(), plane.width()}).isEqualTo(ints(expected));
    }

    @Test
    void arraysWithoutAMapAreRejected() {
        for (int[] shape : new int[][]{{}, {1}, {2, 3, 4}, {1, 2, 3, 4}, {0, 5}, {3}}) {
            int count = 1;
            for (int length : shape) {
                count *= length;
            }
            NdArray array = NdArray.ofFloats(new float[count], shape);
            assertThatThrownBy(array::toPlane).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("f4");
        }
    }

    @Test
    void bytesThatDoNotFitTheShapeAreRejected() {
        assertThatThrownBy(() -> new NdArray(NumberType.INT16, new int[]{2, 2}, ByteBuffer.allocate(7)))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("8").hasMessageContaining("7");
        assertThatThrownBy(() -> new NdArray(NumberType.INT16, new int[]{-1, 0}, ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> NdArray.ofFloats(new float[3], 2)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void factoriesCopyAndConvert() {
        float[] values = {1, 2};
        NdArray array = NdArray.ofFloats(values, 2);
        values[0] = 9;
        assertThat(array.toFloats()).containsExactly(1, 2);
        assertThat(NdArray.ofDoubles(new double[]{0.1}, 1).toDoubles()).containsExactly(0.1);
        assertThat(NdArray.ofInts(new int[]{-7}, 1).toLongs()).containsExactly(-7);
        assertThat(NdArray.ofLongs(new long[]{Long.MIN_VALUE}, 1).toLongs()).containsExactly(Long.MIN_VALUE);
        assertThat(NdArray.ofBytes(new byte[]{-1}, 1).toLongs()).containsExactly(255);
        assertThat(NdArray.ofBooleans(new boolean[]{true, false}, 2).toDoubles()).containsExactly(1, 0);
        assertThatThrownBy(() -> array.toLongs()).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> array.toBytes()).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void the64BitIntegersAreRoundedOnce() {
        long value = (1L << 62) + (1L << 38) + 1; // just above the middle of two float32, on it for float64
        assertThat(NdArray.ofLongs(new long[]{value}, 1).toFloats()[0]).isEqualTo((float) value);
        NdArray unsigned = new NdArray(NumberType.UINT64, new int[]{1}, ByteBuffer.allocate(8).putLong(0, -1L));
        assertThat(unsigned.toFloats()[0]).isEqualTo(0x1p64f);
        assertThat(unsigned.toDoubles()[0]).isEqualTo(0x1p64);
    }
}
