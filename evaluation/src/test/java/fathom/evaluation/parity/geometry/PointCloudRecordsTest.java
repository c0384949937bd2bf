package fathom.evaluation.parity.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.junit.jupiter.api.Test;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitRecord;

class PointCloudRecordsTest {
    private static final Set<String> PROTOCOLS = Set.of("mdec metrics_pointcloud", "mdec metrics_ibims",
            "plumbline chamfer_distance, f_score 0.1 m", "plumbline boundary_edge_mask", "unidepth eval_3d");

    @Test
    void everyRecordOfTheFiveProtocolsIsReproducedAndNoOtherRecordIsAnswered() throws IOException {
        List<String> differences = new ArrayList<>();
        int records = 0;
        for (ToolkitRecord record : RecordFolder.records()) {
            Optional<ToolkitAnswer> answer = PointCloudRecords.answer(record);
            assertThat(answer.isPresent()).as(record.toolkit() + " " + record.protocol())
                    .isEqualTo(PROTOCOLS.contains(record.toolkit() + " " + record.protocol()));
            if (answer.isPresent()) {
                records++;
                differences
                        .addAll(RecordFolder.differences(record, answer.get(), PointCloudRecords::tolerance));
            }
        }
        assertThat(records).isPositive();
        assertThat(differences).isEmpty();
    }
}
