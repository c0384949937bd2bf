package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/** Compares a toolkit with its records in the folder of shared goldens; their inputs may not be copied. */
final class SharedRecords {
    private SharedRecords() {}

    /** How many records there are of each kind. */
    record Counts(int reproduced, int notCovered) {}

    static Counts assertReproduced(Toolkit toolkit) throws IOException {
        String shared = System.getProperty("fathom.shared");
        Path folder = Path.of(shared == null ? "" : shared, "goldens", "protocols");
        Assumptions.assumeTrue(shared != null && Files.exists(folder.resolve("expected.json")),
                "SKIPPED: set the system property fathom.shared to a folder with goldens/protocols");
        int reproduced = 0;
        int notCovered = 0;
        List<String> failures = new ArrayList<>();
        for (ToolkitRecord record : ToolkitFolder.read(folder)) {
            if (record.toolkit().equals(toolkit.id()) && hasInputs(record)) {
                int before = failures.size();
                String name = record.caseNames() + ", " + record.protocol() + ": ";
                switch (toolkit.answer(record)) {
                    case ToolkitAnswer.NotCovered _ -> notCovered++;
                    case ToolkitAnswer.Raises raises -> {
                        if (record.raises().isEmpty()) {
                            failures.add(name + "expected numbers, found \"" + raises.instead() + "\"");
                        }
                        reproduced++;
                    }
                    case ToolkitAnswer.Numbers numbers -> {
                        if (record.raises().isPresent()) {
                            failures.add(name + "expected " + record.raises().get());
                        }
                        if (numbers.count().isPresent() && record.count().isPresent()
                                && numbers.count().getAsLong() != record.count().getAsLong()) {
                            failures.add(name + "expected " + record.count() + " pixels, found " + numbers.count());
                        }
                        compare(toolkit, record, "", record.metrics(), numbers.metrics(), failures);
                        compare(toolkit, record, "fit/", record.fit(), numbers.fit(), failures);
                        reproduced++;
                    }
                }
                reproduced -= failures.size() > before ? 1 : 0;
            }
        }
        assertThat(failures).isEmpty();
        return new Counts(reproduced, notCovered);
    }

    private static boolean hasInputs(ToolkitRecord record) {
        return record.cases().stream().allMatch(
                pair -> pair.files().values().stream().allMatch(file -> Files.exists(pair.inputs().resolve(file))));
    }

    private static void compare(Toolkit toolkit, ToolkitRecord record, String prefix, Map<String, Double> expected,
            Map<String, Double> found, List<String> failures) {
        expected.forEach((key, value) -> {
            Double number = found.get(key);
            if (number == null || !toolkit.tolerance(record, prefix + key).accepts(number, value)) {
                failures.add(record.caseNames() + ", " + record.protocol() + ", " + prefix + key + ": expected " + value
                        + ", found " + number);
            }
        });
    }
}
