package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class IbimsToolkitTest {
    private final IbimsToolkit toolkit = new IbimsToolkit();

    @Test
    void globalErrorsAreMeansOverPixelsWithATruth(@TempDir Path folder) throws IOException {
        ToolkitRecord record = RecordFolder.record(folder, "ibims", "compute_global_errors",
                new float[]{2, 4, 0, Float.NaN}, new float[]{3, 4, 7, 1});
        ToolkitAnswer.Numbers numbers = (ToolkitAnswer.Numbers) toolkit.answer(record);
        assertThat(numbers.count()).hasValue(2);
        assertThat(numbers.metrics()).containsEntry("abs_rel", 0.25).containsEntry("sq_rel", 0.25)
                .containsEntry("rmse", Math.sqrt(0.5)).containsEntry("thr1", 0.5).containsEntry("thr2", 1.0);
    }

    @Test
    void aPredictionOfZeroAtATruthMakesTheScriptRaiseUnlessOnePredictionRemains(@TempDir Path folder)
            throws IOException {
        float[] truth = {2, 4, 5, 0};
        for (String protocol : List.of("compute_global_errors", "compute_directed_depth_error 3 m",
                "compute_distance_related_errors")) {
            ToolkitRecord zero = RecordFolder.record(folder, "ibims", protocol, truth, new float[]{3, 0, 2, 1});
            assertThat(toolkit.answer(zero)).isInstanceOf(ToolkitAnswer.Raises.class);
        }
        ToolkitRecord one = RecordFolder.record(folder, "ibims", "compute_directed_depth_error 3 m", truth,
                new float[]{0, 0, 2, 1});
        assertThat(((ToolkitAnswer.Numbers) toolkit.answer(one)).metrics()).containsEntry("dde_0", 1 / 3.0)
                .containsEntry("dde_m", 2 / 3.0);
    }

    @Test
    void distanceBinsContainBothEnds(@TempDir Path folder) throws IOException {
        ToolkitRecord record = RecordFolder.record(folder, "ibims", "compute_distance_related_errors",
                new float[]{2, 2.5f, 30, 0}, new float[]{1, 2.5f, 3, 1});
        ToolkitAnswer.Numbers numbers = (ToolkitAnswer.Numbers) toolkit.answer(record);
        assertThat(numbers.metrics()).hasSize(60).containsEntry("abs_rel/1", 0.5).containsEntry("abs_rel/2", 0.25)
                .containsEntry("rms/1", 1.0).containsEntry("log10/0", Double.NaN);
    }

    @Test
    void anUnknownProtocolIsNotCovered(@TempDir Path folder) throws IOException {
        ToolkitRecord record = RecordFolder.record(folder, "ibims", "compute_something", new float[4], new float[4]);
        assertThat(toolkit.answer(record)).isInstanceOf(ToolkitAnswer.NotCovered.class);
    }
}
