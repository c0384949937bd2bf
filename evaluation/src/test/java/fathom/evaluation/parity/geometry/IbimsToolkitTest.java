package fathom.evaluation.parity.geometry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import fathom.evaluation.parity.ToolkitRecord;

class IbimsToolkitTest {
    private final IbimsToolkit toolkit = new IbimsToolkit();

    @Test
    void everyRecordOfTheScriptIsReproduced() throws IOException {
        List<String> differences = new ArrayList<>();
        int records = 0;
        for (ToolkitRecord record : RecordFolder.records()) {
            if (record.toolkit().equals(toolkit.id())) {
                records++;
                differences.addAll(
                        RecordFolder.differences(record, toolkit.answer(record), toolkit::tolerance));
            }
        }
        assertThat(records).isPositive();
        assertThat(differences).isEmpty();
    }
}
