package fathom.evaluation.verification;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Scores;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.parity.CaseKind;
import fathom.evaluation.parity.ToolkitCase;
import fathom.evaluation.parity.ToolkitRecord;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.verification.RecordOutcome.Status;
import fathom.formats.json.JsonValue;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What the official program of KITTI printed for two pairs of 16-bit maps. */
@Tag("photographs")
class KittiDevkitResultsTest {
    private static final List<String> NAMES = List.of("mae", "rmse", "inverse mae", "inverse rmse", "log mae",
            "log rmse", "scale invariant log", "abs relative", "squared relative");
    private static final float CODES_PER_METRE = 256;
    /** The program prints six decimals. */
    private static final double PRINTED = 1e-6;

    @TempDir
    private Path folder;

    private static Plane metres(Path file) throws IOException {
        Plane codes = Png.readGray(file).values();
        float[] metres = codes.toArray();
        for (int i = 0; i < metres.length; i++) {
            metres[i] /= CODES_PER_METRE;
        }
        return Plane.wrap(metres, codes.height(), codes.width());
    }

    @ParameterizedTest
    @ValueSource(strings = {"kitti_eval_fastdepth", "kitti_eval_sceneflow"})
    void theNineErrorsAreThoseOfTheOfficialProgram(String name) throws IOException, UnscorableException {
        Path data = Path.of(System.getProperty("fathom.shared", ""), "data", "devkit_results", name);
        Assumptions.assumeTrue(Files.exists(data.resolve("gt.png")),
                "SKIPPED: this test reads third-party photographs, which are not at " + data);
        Plane truth = metres(data.resolve("gt.png"));
        Plane prediction = metres(data.resolve("pred.png"));
        String[] printed = Files.readString(data.resolve("official_errors_9.txt")).strip().split("\\s+", -1);
        Map<String, Double> expected = new LinkedHashMap<>();
        for (int i = 0; i < NAMES.size(); i++) {
            expected.put(NAMES.get(i), Double.valueOf(printed[i]));
        }
        Npy.write(folder.resolve("gt.npy"), truth);
        Npy.write(folder.resolve("pred.npy"), prediction);
        ToolkitCase pair = new ToolkitCase(name, CaseKind.METRIC, 0.001, 80, Optional.empty(), Set.of("kitti"), folder,
                Map.of("gt", "gt.npy", "pred", "pred.npy"));
        RecordOutcome outcome = ParityVerification.compare(new ToolkitRecord(List.of(pair), "kitti_devkit",
                "depthError", JsonValue.Members.NONE, OptionalLong.empty(), Map.of(), expected, Optional.empty()));
        assertThat(outcome.detail()).isEmpty();
        assertThat(outcome.status()).isEqualTo(Status.REPRODUCED);
        if (Mask.ofPositive(prediction).count() == prediction.size()) {
            Scores scores = Protocol.named("kitti-devkit").score(
                    new MeasuredDepth(truth, truth, Mask.ofPositive(truth)),
                    new Prediction(DepthKind.METRIC, prediction));
            assertThat(scores.value(Metric.MAE).orElseThrow()).isCloseTo(expected.get("mae"), within(1e-4));
            assertThat(scores.value(Metric.ABS_REL).orElseThrow()).isCloseTo(expected.get("abs relative"),
                    within(1e-5));
            assertThat(scores.value(Metric.SQ_REL_SQUARED).orElseThrow()).isCloseTo(expected.get("squared relative"),
                    within(1e-5));
            assertThat(scores.value(Metric.I_MAE).orElseThrow()).isCloseTo(1000 * expected.get("inverse mae"),
                    within(1000 * (PRINTED + 1e-5)));
            assertThat(scores.value(Metric.SILOG).orElseThrow()).isCloseTo(100 * expected.get("scale invariant log"),
                    within(1e-2));
        }
    }
}
