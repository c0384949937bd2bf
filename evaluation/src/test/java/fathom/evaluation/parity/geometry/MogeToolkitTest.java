package fathom.evaluation.parity.geometry;

import java.io.IOException;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MogeToolkitTest {
    @Test
    void agreesWithEveryRecordOfMoge() throws IOException {
        SharedRecords.Counts counts = SharedRecords.assertReproduced(new MogeToolkit());
        assertThat(counts.reproduced()).isPositive();
        assertThat(counts.notCovered()).as("ill-defined fits").isLessThan(counts.reproduced() / 8);
    }
}
