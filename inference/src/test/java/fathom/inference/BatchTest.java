package fathom.inference;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.models.Estimate;
import fathom.models.InputGeometry;
import fathom.models.onnx.OnnxDescription.Channels;
import fathom.models.onnx.OnnxDescription.Layout;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class BatchTest {
    /** Returns a picture of two pixels: (first, first + 10, first + 20), and the same plus 1. */
    private static FloatTensor pixels(float first) {
        return FloatTensor.wrap(new float[]{first, first + 1, first + 10, first + 11, first + 20, first + 21}, 3, 1, 2);
    }

    private static Batch two() {
        return new Batch(new InputGeometry(4, 8, 1, 2), List.of(pixels(0), pixels(100)));
    }

    @Test
    void picturesAreStackedInTheOrderThatTheModelTakes() {
        assertThat(two().stacked().values()).containsExactly(0, 1, 10, 11, 20, 21, 100, 101, 110, 111, 120, 121);
        assertThat(two().stacked().shape()).containsExactly(2, 3, 1, 2);
        assertThat(two().stacked(Layout.NCHW, Channels.BGR).values()).containsExactly(20, 21, 10, 11, 0, 1, 120, 121,
                110, 111, 100, 101);
        FloatTensor interleaved = two().stacked(Layout.NHWC, Channels.RGB);
        assertThat(interleaved.values()).containsExactly(0, 10, 20, 1, 11, 21, 100, 110, 120, 101, 111, 121);
        assertThat(interleaved.shape()).containsExactly(2, 1, 2, 3);
        assertThat(two().stacked(Layout.NHWC, Channels.BGR).values()).containsExactly(20, 10, 0, 21, 11, 1, 120, 110,
                100, 121, 111, 101);
    }

    @Test
    void aSinglePictureIsNotCopied() {
        FloatTensor pixels = pixels(0);
        Batch one = new Batch(new InputGeometry(4, 8, 1, 2), List.of(pixels));
        assertThat(one.stacked().values()).isSameAs(pixels.values());
        FloatTensor map = FloatTensor.allocate(1, 1, 2);
        assertThat(one.split(Map.of("depth", map), "model").getFirst().get("depth").values()).isSameAs(map.values());
    }

    @Test
    void eachPictureGetsItsPartOfEachOutputInAnArrayOfItsOwn() {
        FloatTensor map = FloatTensor.wrap(new float[]{1, 2, 3, 4}, 2, 1, 2);
        FloatTensor scale = FloatTensor.wrap(new float[]{7, 8}, 2);
        FloatTensor points = FloatTensor.wrap(new float[]{1, 2, 3, 4, 5, 6}, 2, 3, 1, 1);
        List<Map<String, FloatTensor>> split = two().split(Map.of("depth", map, "scale", scale, "points", points), "m");
        assertThat(split).hasSize(2);
        assertThat(split.get(1).get("depth").values()).containsExactly(3, 4);
        assertThat(split.get(1).get("depth").shape()).containsExactly(1, 1, 2);
        assertThat(split.get(0).get("scale").number()).isEqualTo(7);
        assertThat(split.get(1).get("scale").shape()).containsExactly(1, 1, 1);
        assertThat(split.get(1).get("points").shape()).containsExactly(3, 1, 1);
        assertThat(split.get(1).get("points").values()).containsExactly(4, 5, 6);
        split.get(0).get("depth").values()[0] = 9;
        assertThat(map.values()).containsExactly(1, 2, 3, 4);
    }

    @Test
    void anOutputThatIsNotOfEachPictureIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> two().split(Map.of("depth", FloatTensor.allocate(1, 3, 2)), "model.onnx"))
                .withMessageContaining("model.onnx: expected depth of each of 2 pictures")
                .withMessageContaining("one at a time");
        Batch one = new Batch(new InputGeometry(4, 8, 1, 2), List.of(pixels(0)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> one.split(Map.of("depth", FloatTensor.allocate(2, 2, 2, 2)), "model.onnx"))
                .withMessageContaining("at most three axes");
    }

    @Test
    void picturesOfOneSizeRunTogetherAndEstimatesKeepTheOrderOfTheInputs() {
        List<PreparedInput.Numbers> inputs = List.of(new PreparedInput.Numbers(4, 8, pixels(0)),
                new PreparedInput.Numbers(4, 9, pixels(1)), new PreparedInput.Numbers(4, 8, pixels(2)),
                new PreparedInput.Numbers(4, 8, pixels(3)));
        List<Integer> sizes = new ArrayList<>();
        List<Estimate> estimates = Batch.run(inputs, 2, batch -> {
            sizes.add(batch.size());
            return batch.pixels().stream()
                    .map(pixels -> Estimate.of(new Prediction(DepthKind.AFFINE, Plane.wrap(pixels.values(), 1, 1))))
                    .toList();
        });
        assertThat(sizes).containsExactly(2, 1, 1);
        assertThat(estimates).extracting(estimate -> estimate.prediction().values().get(0, 0)).containsExactly(0f, 1f,
                2f, 3f);
    }
}
