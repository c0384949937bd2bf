package fathom.evaluation.parity.geometry;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DepthProToolkitTest {
    @Test
    void agreesWithEveryRecordOfDepthPro() throws IOException {
        SharedRecords.Counts counts = SharedRecords.assertReproduced(new DepthProToolkit());
        assertThat(counts.reproduced()).isPositive();
        assertThat(counts.notCovered()).isZero();
    }
}
