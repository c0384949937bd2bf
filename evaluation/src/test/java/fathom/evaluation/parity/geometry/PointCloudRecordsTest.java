package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class PointCloudRecordsTest {
    /** The camera looks along pixel (0, 0) with a focal length of 1: pixel (r, c) is the point z·(c, r, 1). */
    @Test
    void theToolkitsAddUpTheSameDistancesDifferently(@TempDir Path folder) throws IOException {
        float[] truth = {2, 4, 0, 6};
        float[] prediction = {2, 4, 9, 6.15f};
        double farthest = (float) 6.15 * Math.sqrt(3) - 6 * Math.sqrt(3);
        Map<String, Double> mdec = numbers(
                RecordFolder.record(folder, "mdec", "metrics_pointcloud", truth, prediction));
        assertThat(mdec.get("Chamfer")).isCloseTo(2 * farthest / 3, within(1e-6));
        assertThat(mdec.get("F-Score")).isCloseTo(200 / 3.0, within(1e-9));
        assertThat(mdec.get("IoU")).isCloseTo(50, within(1e-9));
        Map<String, Double> plumbline = numbers(
                RecordFolder.record(folder, "plumbline", "chamfer_distance, f_score 0.1 m", truth, prediction));
        assertThat(plumbline.get("chamfer")).isCloseTo(2 * farthest / 3, within(1e-6));
        assertThat(plumbline.get("chamfer_outlier1")).isCloseTo(farthest / 3, within(1e-6));
        assertThat(plumbline.get("precision")).isCloseTo(200 / 3.0, within(1e-9));
        Map<String, Double> unidepth = numbers(RecordFolder.record(folder, "unidepth", "eval_3d", truth, prediction));
        assertThat(unidepth.get("chamfer")).isCloseTo(farthest / 3, within(1e-6));
        assertThat(unidepth.get("MSE_3d")).isCloseTo(farthest / 3, within(1e-6));
    }

    @Test
    void aPredictionThatIsNotFiniteMakesUniDepthRaiseAndIsNotComparedInPlumbline(@TempDir Path folder)
            throws IOException {
        float[] truth = {2, 4, 0, 6};
        float[] prediction = {2, Float.NaN, 9, 6};
        assertThat(PointCloudRecords.answer(RecordFolder.record(folder, "unidepth", "eval_3d", truth, prediction)))
                .get().isInstanceOf(ToolkitAnswer.Raises.class);
        assertThat(PointCloudRecords
                .answer(RecordFolder.record(folder, "plumbline", "chamfer_distance, f_score 0.1 m", truth, prediction)))
                .get().isInstanceOf(ToolkitAnswer.NotCovered.class);
    }

    @Test
    void withoutAValidTruthUniDepthHasNoNumbers(@TempDir Path folder) throws IOException {
        assertThat(numbers(RecordFolder.record(folder, "unidepth", "eval_3d", new float[4], new float[4]))).isEmpty();
    }

    private static Map<String, Double> numbers(ToolkitRecord record) throws IOException {
        return ((ToolkitAnswer.Numbers) PointCloudRecords.answer(record).orElseThrow()).metrics();
    }
}
