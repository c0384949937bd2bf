package fathom.evaluation.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.Tolerance;
import fathom.evaluation.parity.Toolkit;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitFolder;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.verification.RecordOutcome.Status;
import fathom.formats.FormatException;
import fathom.formats.json.JsonValue;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Every toolkit agrees with what its own evaluation code gave. */
class ToolkitsTest {
    private static final Map<Path, List<ToolkitRecord>> READ = new HashMap<>();

    @TempDir
    private Path folder;

    static List<String> toolkits() {
        return Toolkits.all().stream().map(Toolkit::id).toList();
    }

    private static Path goldens() {
        return Path.of(System.getProperty("fathom.goldens"), "protocols");
    }

    private static List<ToolkitRecord> records(Path folder) throws IOException {
        List<ToolkitRecord> records = READ.get(folder);
        if (records == null) {
            records = ToolkitFolder.read(folder);
            READ.put(folder, records);
        }
        return records;
    }

    private static ToolkitSummary summary(Path folder, String toolkit) throws IOException {
        List<RecordOutcome> outcomes = new ArrayList<>();
        for (ToolkitRecord record : records(folder)) {
            if (record.toolkit().equals(toolkit)) {
                outcomes.add(ParityVerification.compare(record));
            }
        }
        return ToolkitSummary.of(outcomes).getFirst();
    }

    @ParameterizedTest
    @MethodSource("toolkits")
    void everyToolkitIsReproduced(String toolkit) throws IOException {
        ToolkitSummary summary = summary(goldens(), toolkit);
        assertThat(summary.outOfTolerance()).isEmpty();
        assertThat(summary.reproduced()).isGreaterThan(summary.records() * 9 / 10 - 1);
        assertThat(summary.largestDifference()).isLessThan(5e-3);
    }

    /** Real pairs whose inputs may not be published. */
    @Tag("photographs")
    @ParameterizedTest
    @MethodSource("toolkits")
    void everyToolkitIsReproducedOnRealPairs(String toolkit) throws IOException {
        Path shared = Path.of(System.getProperty("fathom.shared", ""), "goldens", "protocols");
        Assumptions.assumeTrue(Files.exists(shared.resolve("expected.json")),
                "SKIPPED: this test reads third-party photographs, which are not at " + shared);
        ToolkitSummary summary = summary(shared, toolkit);
        assertThat(summary.outOfTolerance()).isEmpty();
        assertThat(summary.reproduced()).isGreaterThan(summary.records() * 9 / 10 - 1);
    }

    @Test
    void atMostOneRecordInAHundredIsNotCoveredAndEachHasAReason() throws IOException {
        List<RecordOutcome> missing = new ArrayList<>();
        int records = 0;
        for (ToolkitRecord record : records(goldens())) {
            records++;
            if (record.protocol().contains("irls") || record.caseNames().equals("edge_const_pred")) {
                RecordOutcome outcome = ParityVerification.compare(record);
                if (outcome.status() == Status.NOT_COVERED) {
                    missing.add(outcome);
                }
            }
        }
        assertThat(missing).hasSizeLessThan(records / 100)
                .allSatisfy(outcome -> assertThat(outcome.detail()).isNotBlank());
    }

    @Test
    void aMissingInputAndAnUnknownToolkitAreNotCovered() throws IOException {
        ToolkitCase pair = new ToolkitCase("gone", CaseKind.METRIC, 0.001, 10, Optional.empty(), Set.of(), folder,
                Map.of("gt", "gone.npy", "pred", "gone.npy"));
        RecordOutcome missing = ParityVerification.compare(record(pair, "zoedepth"));
        assertThat(missing.status()).isEqualTo(Status.NOT_COVERED);
        assertThat(missing.detail()).contains("gone.npy");
        assertThat(ParityVerification.compare(record(pair, "nobody")).detail()).contains("nobody");
    }

    private static ToolkitRecord record(ToolkitCase pair, String toolkit) {
        return new ToolkitRecord(List.of(pair), toolkit, "compute_metrics, crop garg", JsonValue.Members.NONE,
                OptionalLong.empty(), Map.of(), Map.of("abs_rel", 0.1), Optional.empty());
    }

    /** The numbers of a record are compared, not copied: another expectation is out of tolerance. */
    @Test
    void aWrongNumberIsOutOfTolerance() throws IOException {
        ToolkitRecord right = records(goldens()).stream()
                .filter(record -> record.toolkit().equals("dav2") && record.caseNames().equals("fastdepth_nyu"))
                .findFirst().orElseThrow();
        assertThat(ParityVerification.compare(right).status()).isEqualTo(Status.REPRODUCED);
        ToolkitRecord wrong = new ToolkitRecord(right.cases(), right.toolkit(), right.protocol(), right.settings(),
                right.count(), right.fit(), Map.of("abs_rel", right.metrics().get("abs_rel") * 1.0001), right.raises());
        RecordOutcome outcome = ParityVerification.compare(wrong);
        assertThat(outcome.status()).isEqualTo(Status.OUT_OF_TOLERANCE);
        assertThat(outcome.detail()).startsWith("abs_rel: expected ");
        ToolkitSummary summary = ToolkitSummary.of(List.of(outcome)).getFirst();
        assertThat(summary.outOfTolerance()).hasSize(1).first().asString().contains("fastdepth_nyu");
    }

    @Test
    void aFolderThatIsNotOneIsExplained() throws IOException {
        Files.writeString(folder.resolve("cases.json"), "{\"a\": {\"kind\": \"metric\", \"range\": [1]}}");
        Files.writeString(folder.resolve("expected.json"), "{}");
        assertThatThrownBy(() -> ToolkitFolder.read(folder)).isInstanceOf(FormatException.class)
                .hasMessageContaining("case a: \"range\": expected two numbers");
        Files.writeString(folder.resolve("cases.json"),
                "{\"a\": {\"kind\": \"metric\", \"range\": [1, 2], \"gt\": \"../../etc/passwd.npy\"}}");
        assertThatThrownBy(() -> ToolkitFolder.read(folder)).hasMessageContaining("a file of the folder inputs");
        Files.writeString(folder.resolve("cases.json"), "{");
        assertThatThrownBy(() -> ToolkitFolder.read(folder)).hasMessageContaining("not valid JSON");
    }

    @Test
    void toleranceAcceptsTheSameKindOfNumberOnly() {
        Tolerance tolerance = new Tolerance(1e-3, 1e-6);
        assertThat(tolerance.accepts(1.0005, 1)).isTrue();
        assertThat(tolerance.accepts(1.002, 1)).isFalse();
        assertThat(tolerance.accepts(Double.NaN, Double.NaN)).isTrue();
        assertThat(tolerance.accepts(Double.NaN, 1)).isFalse();
        assertThat(tolerance.accepts(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY)).isFalse();
        assertThat(new Tolerance(0, 0, 1e-6).accepts(0, Double.NaN)).isTrue();
        assertThat(new Tolerance(0, 0, 1e-6).accepts(0.01, Double.NaN)).isFalse();
        assertThat(Tolerance.relativeDifference(1.1, 1)).isCloseTo(0.1, within(1e-12));
    }
}
