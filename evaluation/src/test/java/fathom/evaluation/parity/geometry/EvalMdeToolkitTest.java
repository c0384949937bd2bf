package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Path;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** All records of EvalMDE are compared in {@code ToolkitsTest}. */
class EvalMdeToolkitTest {
    @Test
    void anUnknownProtocolIsNotCovered() throws IOException {
        ToolkitRecord known = ToolkitFolder.read(Path.of(System.getProperty("fathom.goldens"), "protocols")).stream()
                .filter(record -> record.toolkit().equals("evalmde")).findFirst().orElseThrow();
        ToolkitRecord unknown = new ToolkitRecord(known.cases(), known.toolkit(), "other", known.settings(),
                known.count(), known.fit(), known.metrics(), known.raises());
        assertThat(new EvalMdeToolkit().answer(unknown)).isInstanceOf(ToolkitAnswer.NotCovered.class);
    }
}
