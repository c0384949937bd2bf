package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.ToolkitAnswer;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.formats.NdArray;
import fathom.formats.json.JsonValue;
import fathom.formats.npy.Npy;
import fathom.raster.Intrinsics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The records of {@code goldens/protocols} in the folder that the system property {@code fathom.shared} names. */
final class RecordFolder {
    interface Answers {
        ToolkitAnswer answer(ToolkitRecord record) throws IOException;
    }

    interface Tolerances {
        Tolerance tolerance(ToolkitRecord record, String key);
    }

    private RecordFolder() {}

    /** Records whose arrays are present; skips the test if there is no folder. */
    static List<ToolkitRecord> records() throws IOException {
        Path folder = Path.of(System.getProperty("fathom.shared", "")).resolve("goldens/protocols");
        assumeTrue(Files.exists(folder.resolve("expected.json")),
                "skipped: no goldens/protocols/expected.json in the folder of the system property fathom.shared");
        List<ToolkitRecord> records = new ArrayList<>();
        for (ToolkitRecord record : ToolkitFolder.read(folder)) {
            if (record.cases().stream().allMatch(RecordFolder::isPresent)) {
                records.add(record);
            }
        }
        return records;
    }

    private static boolean isPresent(ToolkitCase pair) {
        return pair.files().values().stream().allMatch(file -> Files.exists(pair.inputs().resolve(file)));
    }

    /** A record without numbers of one metric pair, [2, 2], 0.001 to 50 m, that is written to a folder. */
    static ToolkitRecord record(Path folder, String toolkit, String protocol, float[] truth, float[] prediction)
            throws IOException {
        Npy.write(folder.resolve("gt.npy"), NdArray.ofFloats(truth, 2, 2));
        Npy.write(folder.resolve("pred.npy"), NdArray.ofFloats(prediction, 2, 2));
        ToolkitCase pair = new ToolkitCase("pair", CaseKind.METRIC, 0.001, 50, Optional.of(new Intrinsics(1, 1, 0, 0)),
                Set.of(), folder, Map.of("gt", "gt.npy", "pred", "pred.npy"));
        return new ToolkitRecord(List.of(pair), toolkit, protocol, JsonValue.Members.NONE, OptionalLong.empty(),
                Map.of(), Map.of(), Optional.empty());
    }

    /** What differs between a record and an answer; empty if nothing does. */
    static List<String> differences(ToolkitRecord record, ToolkitAnswer answer, Tolerances tolerances) {
        String name = record.toolkit() + " " + record.protocol() + " " + record.caseNames() + ": ";
        List<String> differences = new ArrayList<>();
        switch (answer) {
            case ToolkitAnswer.NotCovered uncovered -> differences.add(name + "not covered: " + uncovered.reason());
            case ToolkitAnswer.Raises raises -> {
                if (record.raises().isEmpty()) {
                    differences.add(name + "the toolkit gives numbers, Fathom reports an exception");
                }
            }
            case ToolkitAnswer.Numbers numbers -> {
                if (record.raises().isPresent()) {
                    differences.add(name + "the toolkit raises " + record.raises().get());
                } else {
                    assertThat(numbers.metrics().keySet()).as(name).isEqualTo(record.metrics().keySet());
                    compare(record, name, "", record.metrics(), numbers.metrics(), tolerances, differences);
                    compare(record, name, "fit/", record.fit(), numbers.fit(), tolerances, differences);
                    if (record.count().isPresent() && !record.count().equals(numbers.count())) {
                        differences.add(name + "count " + numbers.count() + ", expected " + record.count());
                    }
                }
            }
        }
        return differences;
    }

    private static void compare(ToolkitRecord record, String name, String prefix, Map<String, Double> expected,
            Map<String, Double> found, Tolerances tolerances, List<String> differences) {
        expected.forEach((key, reference) -> {
            double value = found.getOrDefault(key, Double.NaN);
            if (!tolerances.tolerance(record, prefix + key).accepts(value, reference)) {
                differences.add(name + prefix + key + " " + value + ", expected " + reference + " (relative "
                        + Tolerance.relativeDifference(value, reference) + ")");
            }
        });
    }
}
