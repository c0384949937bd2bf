package fathom.models.preprocessing;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AtLeastTest {
    /** The sizes of {@code infer_image} of Depth Anything 2. */
    @ParameterizedTest
    @CsvSource({"427, 561, 518, 686", "480, 640, 518, 686", "375, 500, 518, 686", "200, 300, 518, 784",
            "1080, 1920, 518, 924", "561, 427, 686, 518", "518, 518, 518, 518"})
    void shortSideIsTheLowerBound(int height, int width, int rows, int columns) {
        assertThat(new ResizePolicy.AtLeast(518, 518, 14).of(height, width))
                .isEqualTo(new ResizePolicy.Size(rows, columns));
    }
}
