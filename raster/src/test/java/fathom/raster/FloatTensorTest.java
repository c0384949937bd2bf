package fathom.raster;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class FloatTensorTest {
    private static float[] counting(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = i;
        }
        return values;
    }

    @Test
    void aTensorSharesItsArrayAndCopiesItsShape() {
        float[] values = counting(24);
        int[] shape = {2, 3, 4};
        FloatTensor tensor = FloatTensor.wrap(values, shape);
        shape[0] = 7;
        tensor.shape()[1] = 7;
        assertThat(tensor.values()).isSameAs(values);
        assertThat(tensor.shape()).containsExactly(2, 3, 4);
        assertThat(tensor.rank()).isEqualTo(3);
        assertThat(tensor.size()).isEqualTo(24);
        assertThat(new int[]{tensor.channels(), tensor.height(), tensor.width()}).containsExactly(2, 3, 4);
        assertThat(tensor.dim(-3)).isEqualTo(tensor.dim(0)).isEqualTo(2);
        assertThat(tensor).hasToString("FloatTensor[2, 3, 4]");
        FloatTensor flat = tensor.reshaped(6, 4);
        assertThat(flat.values()).isSameAs(values);
        assertThat(flat.shape()).containsExactly(6, 4);
    }

    @Test
    void aChannelIsAView() {
        FloatTensor tensor = FloatTensor.wrap(counting(24), 2, 3, 4);
        Plane second = tensor.plane(1);
        assertThat(second.toArray()).containsExactly(12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23);
        second.set(0, 0, -1);
        assertThat(tensor.values()[12]).isEqualTo(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.plane(2))
                .withMessageContaining("below 2, found 2");
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.reshaped(6, 4).plane(0))
                .withMessageContaining("expected [C, H, W], found shape [6, 4]");
    }

    @Test
    void numberOfValuesMustMatchTheShape() {
        assertThatIllegalArgumentException().isThrownBy(() -> FloatTensor.wrap(counting(5), 2, 3))
                .withMessage("values: expected 6 for shape [2, 3], found 5");
        assertThatIllegalArgumentException().isThrownBy(() -> FloatTensor.allocate(2, -1))
                .withMessageContaining("found [2, -1]");
        assertThatThrownBy(() -> FloatTensor.allocate(1 << 16, 1 << 16)).isInstanceOf(ArithmeticException.class);
        assertThatThrownBy(() -> FloatTensor.allocate(Integer.MAX_VALUE, Integer.MAX_VALUE, Integer.MAX_VALUE))
                .isInstanceOf(ArithmeticException.class);
        assertThat(FloatTensor.allocate(0, 3).size()).isZero();
    }

    @Test
    void aScalarHasOneValueAndNoAxis() {
        FloatTensor scalar = FloatTensor.wrap(new float[]{2.5f});
        assertThat(scalar.rank()).isZero();
        assertThat(scalar.number()).isEqualTo(2.5f);
        assertThatIllegalArgumentException().isThrownBy(() -> scalar.dim(0)).withMessageContaining("axis");
        assertThatIllegalArgumentException().isThrownBy(() -> FloatTensor.allocate(2).number())
                .withMessageContaining("found shape [2]");
    }

    @Test
    void mirroringReversesTheLastAxisAndAveragingRestoresIt() {
        FloatTensor tensor = FloatTensor.wrap(counting(6), 1, 2, 3);
        FloatTensor mirrored = tensor.mirrored();
        assertThat(mirrored.values()).containsExactly(2, 1, 0, 5, 4, 3);
        assertThat(tensor.values()).containsExactly(0, 1, 2, 3, 4, 5);
        mirrored.values()[0] = 4;
        tensor.averageWithMirrored(mirrored);
        assertThat(tensor.values()).containsExactly(0, 1, 3, 3, 4, 5);
        assertThatIllegalArgumentException().isThrownBy(() -> tensor.averageWithMirrored(FloatTensor.allocate(2, 3)))
                .withMessageContaining("expected shape [1, 2, 3], found [2, 3]");
    }
}
