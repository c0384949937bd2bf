package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

import static org.assertj.core.api.Assertions.assertThat;

class EvalMdeToolkitTest {
    private final EvalMdeToolkit toolkit = new EvalMdeToolkit();

    @TestFactory
    Stream<DynamicTest> everyRecordIsReproducedWithinItsTolerance() throws IOException {
        List<ToolkitRecord> records = records();
        assertThat(records).isNotEmpty();
        return records.stream().map(record -> DynamicTest.dynamicTest(record.caseNames() + ", " + record.protocol(),
                () -> assertReproduced(record)));
    }

    @Test
    void anUnknownProtocolIsNotCovered() throws IOException {
        ToolkitRecord known = records().getFirst();
        ToolkitRecord unknown = new ToolkitRecord(known.cases(), known.toolkit(), "other", known.settings(),
                known.count(), known.fit(), known.metrics(), known.raises());
        assertThat(toolkit.answer(unknown)).isInstanceOf(ToolkitAnswer.NotCovered.class);
    }

    private List<ToolkitRecord> records() throws IOException {
        Path folder = Path.of(System.getProperty("fathom.shared", "")).resolve("goldens/protocols");
        Assumptions.assumeTrue(Files.isRegularFile(folder.resolve("expected.json")),
                () -> "records of toolkits not found: " + folder
                        + "; set -Dfathom.shared to the folder that holds goldens");
        return ToolkitFolder.read(folder).stream().filter(record -> record.toolkit().equals(toolkit.id()))
                .filter(record -> record.cases().stream().allMatch(EvalMdeToolkitTest::inputsExist)).toList();
    }

    private static boolean inputsExist(ToolkitCase pair) {
        return pair.files().values().stream().allMatch(file -> Files.isRegularFile(pair.inputs().resolve(file)));
    }

    private void assertReproduced(ToolkitRecord record) throws IOException {
        switch (toolkit.answer(record)) {
            case ToolkitAnswer.Numbers numbers -> {
                assertThat(record.raises()).as("exception of the toolkit").isEmpty();
                assertThat(numbers.count()).isEqualTo(record.count());
                assertThat(numbers.metrics().keySet()).isEqualTo(record.metrics().keySet());
                assertClose(record, "", numbers.metrics(), record.metrics());
                assertClose(record, "fit/", numbers.fit(), record.fit());
            }
            case ToolkitAnswer.Raises raises -> {
                assertThat(record.raises()).as("%s", raises).isPresent();
                assertThat(raises.instead()).startsWith("no score: ");
            }
            case ToolkitAnswer.NotCovered missing -> throw new AssertionError(missing.reason());
        }
    }

    private void assertClose(ToolkitRecord record, String prefix, Map<String, Double> numbers,
            Map<String, Double> references) {
        references.forEach((key, reference) -> assertThat(numbers.get(key)).as(prefix + key)
                .satisfies(value -> assertThat(toolkit.tolerance(record, prefix + key).accepts(value, reference))
                        .as("%s against %s", value, reference).isTrue()));
    }
}
