package fathom.workbench.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.evaluation.checks.EvaluationChecks;
import fathom.evaluation.checks.Finding;
import fathom.evaluation.checks.FindingKind;
import fathom.evaluation.checks.Sureness;
import fathom.formats.images.NumberFiles;
import fathom.raster.DepthKind;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** The checks of real measured depth and of real predictions, which are not part of the project. */
@Tag("photographs")
class RealPairsChecksTest {
    private Path data;

    @BeforeEach
    void requireData() {
        data = Path.of(System.getProperty("fathom.shared", "")).resolve("data");
        assumeTrue(Files.isRegularFile(data.resolve("expected.json")),
                "SKIPPED: this test reads third-party photographs, which are not at " + data
                        + "; set -Dfathom.shared to the folder that holds data");
    }

    private static DepthEncoding encoding(String text) {
        if (text.startsWith("u16 rotated")) {
            return new DepthEncoding.RotatedMillimetres();
        }
        return new DepthEncoding.UnitsPerMetre(text.contains("/5000") ? 5000 : text.contains("/256") ? 256 : 1000);
    }

    /** Returns the measured depth maps of integers by their paths. */
    private Map<String, MeasuredDepth> truths() throws IOException {
        Map<String, MeasuredDepth> truths = new TreeMap<>();
        for (JsonNode map : JsonMapper.shared().readTree(data.resolve("expected.json").toFile())) {
            String encoding = map.get("encoding").asString();
            if (encoding.startsWith("u16") || encoding.startsWith("PGM P5 u16 BIG")) {
                String path = map.get("depth").asString();
                truths.put(path, DepthFiles.read(data.resolve(path), encoding(encoding), DepthLimits.NONE));
            }
        }
        assertThat(truths).hasSizeGreaterThan(30);
        return truths;
    }

    private static Plane mapped(Plane plane, DoubleUnaryOperator function) {
        Plane mapped = plane.copy();
        for (int i = 0; i < mapped.size(); i++) {
            mapped.array()[i] = mapped.array()[i] > 0 ? (float) function.applyAsDouble(mapped.array()[i]) : Float.NaN;
        }
        return mapped;
    }

    private static List<Finding> check(MeasuredDepth truth, DepthKind kind, Plane values) {
        return EvaluationChecks.of(truth, new Prediction(kind, values), EvaluationChecks.Shape.OF_THE_PICTURE,
                Optional.empty());
    }

    private static List<String> sure(String name, List<Finding> findings) {
        return findings.stream().filter(finding -> finding.sureness() == Sureness.HIGH)
                .map(finding -> name + ": " + finding.kind().label() + " " + finding.words()).toList();
    }

    @Test
    void noSureFindingOnRightPredictionsOfRealTruth() throws IOException {
        List<String> found = new ArrayList<>();
        for (Map.Entry<String, MeasuredDepth> entry : truths().entrySet()) {
            MeasuredDepth truth = entry.getValue();
            found.addAll(sure(entry.getKey(), check(truth, DepthKind.METRIC, mapped(truth.metres(), z -> 1.05 * z))));
            found.addAll(
                    sure(entry.getKey(), check(truth, DepthKind.AFFINE_INVERSE, mapped(truth.metres(), z -> 1 / z))));
            found.addAll(sure(entry.getKey(),
                    check(truth, DepthKind.LEVELS, mapped(truth.metres(), z -> Math.min(255, Math.floor(25 * z))))));
        }
        assertThat(found).isEmpty();
    }

    @Test
    void noSureFindingOnRealPredictions() throws IOException {
        Path sintel = data.resolve("evalmde/sintel_temple_2");
        Plane truth = plane(sintel.resolve("gt_depth.npz"), "depth");
        Plane valid = plane(sintel.resolve("gt_depth.npz"), "valid");
        MeasuredDepth measured = new MeasuredDepth(truth, truth, Mask.ofPositive(valid).and(Mask.ofPositive(truth)));
        assertThat(sure("evalmde",
                check(measured, DepthKind.METRIC, plane(sintel.resolve("depthpro_gt_focal.npz"), "depth")))).isEmpty();
        Path fastdepth = data.resolve("fastdepth/deploy/data");
        Plane depth = squeezed(fastdepth.resolve("depth.npy"));
        assertThat(sure("fastdepth", check(new MeasuredDepth(depth, depth, Mask.ofPositive(depth)), DepthKind.METRIC,
                squeezed(fastdepth.resolve("pred.npy"))))).isEmpty();
    }

    private static Plane plane(Path file, String array) throws IOException {
        return NumberFiles.readPlane(file, Optional.of(array));
    }

    private static Plane squeezed(Path file) throws IOException {
        return NumberFiles.readPlane(file, Optional.empty());
    }

    @Test
    void mistakesMadeWithRealTruthAreFound() throws IOException {
        for (Map.Entry<String, MeasuredDepth> entry : truths().entrySet()) {
            MeasuredDepth truth = entry.getValue();
            String name = entry.getKey();
            assertThat(check(truth, DepthKind.AFFINE, mapped(truth.metres(), z -> 1 / z))).as(name)
                    .anySatisfy(finding -> assertThat(finding.kind()).isEqualTo(FindingKind.POLARITY));
            if (name.startsWith("sunrgbd")) {
                MeasuredDepth undecoded = DepthFiles.read(data.resolve(name), new DepthEncoding.UnitsPerMetre(1000),
                        DepthLimits.NONE);
                assertThat(check(undecoded, DepthKind.METRIC, truth.metres())).as(name).anySatisfy(finding -> {
                    assertThat(finding.kind()).isEqualTo(FindingKind.TRUTH_UNDECODED);
                    assertThat(finding.sureness()).isEqualTo(Sureness.HIGH);
                });
            }
        }
    }
}
