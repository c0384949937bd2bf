package fathom.workbench.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;

import fathom.datasets.Dataset;
import fathom.datasets.Datasets;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.Provenance;
import fathom.evaluation.protocols.Protocol;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Progress;
import fathom.workbench.evaluate.EvaluateDataset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

/** Runs on a dataset written by commit 45436cd are resumed. */
final class FirstSchemaResumeTest {
    private static final Path FIXTURE = Path.of("../datasets/src/test/resources/schema1");

    @TempDir
    private Path folder;
    private Datasets datasets;

    @BeforeEach
    void copy() throws IOException {
        try (Stream<Path> files = Files.walk(FIXTURE)) {
            for (Path file : files.toList()) {
                Path target = folder.resolve(FIXTURE.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(file, target);
                }
            }
        }
        datasets = Datasets.at(folder.resolve("home"));
        try (Dataset dataset = datasets.open("schema1")) {
            dataset.relocate(folder.resolve("media"));
        }
    }

    private static DepthEstimator open(String model) {
        return Estimators.open(model, EstimatorOptions.defaults().withThreads(1));
    }

    private static ApplyModel.Outcome apply(Dataset dataset, DepthEstimator estimator, String field) throws Exception {
        return ApplyModel.run(dataset, estimator, field, Parallelism.NONE, Progress.silent(), new Cancellation());
    }

    @Test
    void sameModelResumesAndStoresCompleteProvenance() throws Exception {
        try (Dataset dataset = datasets.open("schema1"); DepthEstimator fastdepth = open("fastdepth")) {
            double before = dataset.mean("fastdepth.article.rmse");
            ApplyModel.Outcome outcome = apply(dataset, fastdepth, "fastdepth");

            assertThat(outcome.done()).isEqualTo(1);
            assertThat(outcome.stored()).isEqualTo(2);
            assertThat(dataset.mean("fastdepth.article.rmse")).isEqualTo(before);
            Map<Provenance, Integer> made = dataset.provenances("fastdepth");
            assertThat(made).hasSize(2);
            assertThat(made.keySet()).filteredOn(each -> each.legacy().isEmpty()).singleElement().satisfies(each -> {
                assertThat(each.preprocessing().flat()).containsEntry("kernel", "pillow-bilinear")
                        .containsEntry("width", "224");
                assertThat(each.settings().flat()).containsEntry("kind", "metric");
            });
            assertThat(apply(dataset, fastdepth, "fastdepth").stored()).as("a third run has nothing to do").isZero();
        }
    }

    @Test
    void aFormulaWithoutWeightsResumesByItsName() throws Exception {
        try (Dataset dataset = datasets.open("schema1"); DepthEstimator floor = open("floor")) {
            assertThat(apply(dataset, floor, "floor").done()).isEqualTo(3);
        }
    }

    @Test
    void anotherModelIsRefusedAndTheDifferencesAreNamed() {
        try (Dataset dataset = datasets.open("schema1"); DepthEstimator fastdepth = open("fastdepth")) {
            assertThatThrownBy(() -> apply(dataset, fastdepth, "moge")).isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("found 3 of moge2").hasMessageContaining("model: expected fastdepth")
                    .hasMessageContaining("weights: expected 6275").hasMessageContaining("num_tokens=40");
        }
    }

    @Test
    void storedNumbersStayValidAndAreReproduced() throws Exception {
        try (Dataset dataset = datasets.open("schema1")) {
            for (EvaluationRecord made : dataset.evaluations()) {
                assertThat(made.hash()).as(made.protocol()).isEqualTo(Protocol.named(made.protocol()).hash());
                String path = made.field() + "." + made.protocol() + ".rmse";
                double before = dataset.mean(path);
                dataset.samples().getFirst().setNumber(made.field() + "." + made.protocol() + ".mark", 1);
                EvaluateDataset.run(dataset, made.field(), "gt", Protocol.named(made.protocol()), Progress.silent(),
                        new Cancellation());
                assertThat(dataset.count(made.field() + "." + made.protocol() + ".mark"))
                        .as("numbers of the same definition stay").isEqualTo(1);
                assertThat(dataset.mean(path)).isCloseTo(before, within(1e-12));
            }
            assertThat(dataset.evaluations()).hasSize(3);
        }
    }
}
