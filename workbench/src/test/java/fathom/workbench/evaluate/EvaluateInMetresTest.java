package fathom.workbench.evaluate;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ProtocolFile;
import fathom.evaluation.protocols.StepProtocol;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportFormat;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Datasets under protocols in metres: the default protocol, what is stored, pooled means, reports. */
final class EvaluateInMetresTest {
    private static final int[] SIDES = {16, 24, 40};

    @TempDir
    private Path folder;
    private Datasets datasets;
    private final List<float[]> truths = new ArrayList<>();
    private final List<float[]> predictions = new ArrayList<>();

    /** Three samples of unlike size; "m" is metric with a relative error of up to 30 %, "a" is the same up to scale and shift. */
    @BeforeEach
    void makeDataset() throws Exception {
        datasets = Datasets.at(folder.resolve("home"));
        Random random = new Random(5);
        try (Dataset dataset = datasets.create("d", DatasetOptions.of(folder))) {
            for (int i = 0; i < SIDES.length; i++) {
                int side = SIDES[i];
                Plane millimetres = Plane.allocate(side, side);
                Plane metric = Plane.allocate(side, side);
                Plane affine = Plane.allocate(side, side);
                float[] truth = new float[side * side];
                for (int at = 0; at < truth.length; at++) {
                    int depth = at % 10 == 0 ? 0 : 1000 + random.nextInt(4000);
                    millimetres.array()[at] = depth;
                    truth[at] = depth / 1000f;
                    metric.array()[at] = Math.max(truth[at], 1) * (0.8f + 0.5f * random.nextFloat());
                    affine.array()[at] = (metric.array()[at] - 0.5f) / 3;
                }
                truths.add(truth);
                predictions.add(metric.toArray());
                Path picture = folder.resolve("p" + i + ".png");
                Path depth = folder.resolve("d" + i + ".png");
                Png.writeRgb(picture, RgbImage.allocate(side, side));
                Png.writeGray16(depth, millimetres);
                dataset.add(SampleDraft.of("s" + i, picture, side, side).withMeasured("gt", depth,
                        new DepthEncoding.UnitsPerMetre(1000)));
                Sample sample = dataset.samples().getLast();
                sample.setPrediction("m", new Prediction(DepthKind.METRIC, metric), "torch-bilinear",
                        Provenance.of("metric"));
                sample.setPrediction("a", new Prediction(DepthKind.AFFINE, affine), "torch-bilinear",
                        Provenance.of("affine"));
            }
        }
    }

    private static EvaluateDataset.Outcome evaluate(Dataset dataset, String field, Protocol protocol) throws Exception {
        return EvaluateDataset.run(dataset, field, "gt", protocol, Progress.silent(), new Cancellation());
    }

    /** The mean of |p − g| / g over the measured pixels of the given samples. */
    private double absRel(int first, int end) {
        double sum = 0;
        long count = 0;
        for (int i = first; i < end; i++) {
            for (int at = 0; at < truths.get(i).length; at++) {
                float g = truths.get(i)[at];
                if (g > 0) {
                    sum += Math.abs(predictions.get(i)[at] - g) / g;
                    count++;
                }
            }
        }
        return sum / count;
    }

    @Test
    void theDefaultProtocolFollowsTheKindOfThePredictionsAndSaysWhy() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            DefaultProtocol metric = DefaultProtocol.of(dataset, "m");
            assertThat(metric.protocol().name()).isEqualTo("metric");
            assertThat(metric.reason()).contains("in metres");
            DefaultProtocol affine = DefaultProtocol.of(dataset, "a");
            assertThat(affine.protocol().name()).isEqualTo("aligned");
            assertThat(affine.reason()).contains("affine-invariant");
        }
    }

    @Test
    void meansAreThoseOfTheSamplesAndPooledMeansThoseOfTheirPixels() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            EvaluateDataset.Outcome images = evaluate(dataset, "m", Protocol.named("metric"));
            double mean = (absRel(0, 1) + absRel(1, 2) + absRel(2, 3)) / 3;
            assertThat(images.means().get(Metric.ABS_REL)).isCloseTo(mean, within(1e-6));
            StepProtocol pooled = ProtocolFile.read("""
                    name: pooled
                    title: all pixels
                    description: Every measured pixel counts once.
                    pooling: pixels
                    steps:
                      - same-size: true
                      - range: {min: 0, max: none}
                      - align: {metric: none}
                    metrics: [absrel, rmse, silog, delta1]
                    """.getBytes(StandardCharsets.UTF_8), "pooled.yaml");
            EvaluateDataset.Outcome pixels = evaluate(dataset, "m", pooled);
            assertThat(pixels.means().get(Metric.ABS_REL)).isCloseTo(absRel(0, 3), within(1e-6));
            assertThat(pixels.means().get(Metric.SILOG)).isCloseTo(pooledSilog(), within(1e-4));
            String report = ReportDataset.all(dataset).getLast().render(ReportFormat.TEXT);
            assertThat(report).contains("protocol pooled", "RMSE m", "over the pixels of all samples");
        }
    }

    private double pooledSilog() {
        double sum = 0;
        double squares = 0;
        long count = 0;
        for (int i = 0; i < truths.size(); i++) {
            for (int at = 0; at < truths.get(i).length; at++) {
                if (truths.get(i)[at] > 0) {
                    double e = Math.log(predictions.get(i)[at]) - Math.log(truths.get(i)[at]);
                    sum += e;
                    squares += e * e;
                    count++;
                }
            }
        }
        return 100 * Math.sqrt(squares / count - Math.pow(sum / count, 2));
    }

    @Test
    void theFitAndItsPixelsAreStoredWithEachScore() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            evaluate(dataset, "a", Protocol.named("aligned"));
            for (int i = 0; i < SIDES.length; i++) {
                long measured = 0;
                for (float g : truths.get(i)) {
                    measured += g > 0 ? 1 : 0;
                }
                assertThat(dataset.values("a.aligned.pixels")[i]).isEqualTo(measured);
                assertThat(dataset.values("a.aligned.fit_pixels")[i]).isEqualTo(measured);
                assertThat(dataset.values("a.aligned.scale")[i]).isBetween(1.5, 3.5);
                assertThat(dataset.values("a.aligned.fit_residual")[i]).isPositive();
            }
            assertThat(dataset.values("a.aligned.shift")).doesNotContain(Double.NaN);
        }
    }

    @Test
    void twoDefinitionsOfOneNameAreNeverInOneTable() throws Exception {
        String yaml = """
                name: mine
                title: mine
                description: Counted are measurements up to %s m.
                steps:
                  - same-size: true
                  - range: {min: 0, max: %s}
                  - align: {metric: none, affine-invariant: least-squares-of-depth}
                metrics: [absrel, rmse]
                """;
        try (Dataset dataset = datasets.open("d")) {
            evaluate(dataset, "m", ProtocolFile.read(yaml.formatted(3, 3).getBytes(StandardCharsets.UTF_8), "a.yaml"));
            evaluate(dataset, "a", ProtocolFile.read(yaml.formatted(5, 5).getBytes(StandardCharsets.UTF_8), "b.yaml"));
            List<Report> reports = ReportDataset.all(dataset);
            assertThat(reports).hasSize(2);
            assertThat(reports.get(0).heading().hash()).isNotEqualTo(reports.get(1).heading().hash());
            assertThat(reports).allSatisfy(report -> {
                assertThat(report.rows()).filteredOn(row -> row.scored() > 0).hasSize(1);
                assertThat(report.render(ReportFormat.TEXT)).contains("not comparable", "RMSE m");
            });
        }
    }

    @Test
    void pixelsWithoutAUsablePredictionAreCountedAndReported() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            Sample sample = dataset.samples().getFirst();
            Plane values = Plane.wrap(predictions.getFirst().clone(), SIDES[0], SIDES[0]);
            values.set(1, 1, Float.NaN);
            values.set(1, 2, -1);
            sample.setPrediction("m", new Prediction(DepthKind.METRIC, values), "torch-bilinear",
                    Provenance.of("metric"));
            EvaluateDataset.Outcome outcome = evaluate(dataset, "m", Protocol.named("metric"));
            assertThat(outcome.scored()).isEqualTo(3);
            assertThat(outcome.notes())
                    .anySatisfy(note -> assertThat(note).startsWith("s0: 2 of ").contains("no positive prediction"));
        }
    }

    @Test
    void warningsOfTheEvaluationAreInTheReportUntilItIsRepeatedWithoutThem() throws Exception {
        try (Dataset dataset = datasets.open("d")) {
            for (int i = 0; i < SIDES.length; i++) {
                Plane opposite = Plane.allocate(SIDES[i], SIDES[i]);
                for (int at = 0; at < opposite.array().length; at++) {
                    opposite.array()[at] = 1 / Math.max(truths.get(i)[at], 0.5f);
                }
                dataset.samples().get(i).setPrediction("m", new Prediction(DepthKind.METRIC, opposite),
                        "torch-bilinear", Provenance.of("metric"));
            }
            evaluate(dataset, "m", Protocol.named("metric"));
            assertThat(ReportDataset.all(dataset).getFirst().heading().remarks())
                    .anySatisfy(remark -> assertThat(remark).startsWith("Warning for m: ").contains("near and far"));
            for (int i = 0; i < SIDES.length; i++) {
                dataset.samples().get(i).setPrediction("m",
                        new Prediction(DepthKind.METRIC, Plane.wrap(predictions.get(i), SIDES[i], SIDES[i])),
                        "torch-bilinear", Provenance.of("metric"));
            }
            evaluate(dataset, "m", Protocol.named("metric"));
            assertThat(ReportDataset.all(dataset).getFirst().heading().remarks())
                    .noneMatch(remark -> remark.startsWith("Warning"));
        }
    }
}
