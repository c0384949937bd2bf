package fathom.inference;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import fathom.graph.DataType;
import fathom.graph.Shape;
import fathom.graph.Tensor;
import fathom.hub.HubException;
import fathom.hub.HubListener;
import fathom.hub.HubReference;
import fathom.hub.HubSettings;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.catalogue.ModelSource;
import fathom.raster.DepthKind;
import fathom.raster.RgbImage;
import fathom.weights.WeightsHash;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models of the hub from a cache that Python filled, without network access. */
class HubOpeningTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final HubReference.Repository MODEL = HubReference.Repository.of("owner", "tiny-dpt");

    @TempDir
    Path cache;

    private HubSettings offline() {
        return new HubSettings(HubSettings.DEFAULT_ENDPOINT, Optional.empty(), cache, cache.resolve("downloads"), true,
                true, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private DepthEstimator open(HubReference reference) {
        return Estimators.open(new ModelSource.Remote(reference), EstimatorOptions.defaults(), this::offline,
                HubListener.silent());
    }

    private void put(HubReference.Repository repository, List<String> names) throws IOException {
        Path folder = cache.resolve("models--" + repository.owner() + "--" + repository.name());
        Path snapshot = Files.createDirectories(folder.resolve("snapshots").resolve(COMMIT));
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        Files.createDirectories(folder.resolve("refs"));
        Files.writeString(folder.resolve("refs/main"), COMMIT);
        for (String name : names) {
            Files.copy(GoldenFiles.path("dpt_vit/" + name), blobs.resolve("blob-" + name));
            Files.createSymbolicLink(snapshot.resolve(name), Path.of("../../blobs/blob-" + name));
        }
    }

    @Test
    void checkpointBehindLinksRunsUnderItsNameOnTheHub() throws IOException {
        put(MODEL, List.of("config.json", "preprocessor_config.json", "model.safetensors"));
        RgbImage image = RgbImage.allocate(40, 60);
        try (DepthEstimator estimator = open(MODEL)) {
            ModelDescription description = estimator.description();
            assertThat(description.name()).isEqualTo("owner/tiny-dpt");
            assertThat(description.source()).isEqualTo("hub:owner/tiny-dpt@" + COMMIT);
            assertThat(description.identity().revision()).isEqualTo(COMMIT);
            assertThat(description.architecture()).isEqualTo("dpt");
            assertThat(description.weightsHash())
                    .isEqualTo(WeightsHash.of(Files.readAllBytes(GoldenFiles.path("dpt_vit/model.safetensors"))));
            assertThat(description.identity().settings().flat()).containsEntry("precision", "float32");
            assertThat(description.identity().preprocessing().isEmpty()).isFalse();
            Estimate estimate = estimator.estimate(image);
            assertThat(estimate.prediction().kind()).isEqualTo(description.kind());
        }
        for (String part : List.of("config.json", "model.safetensors")) {
            try (DepthEstimator estimator = open(new HubReference.RepositoryFile(MODEL, part))) {
                assertThat(estimator.description().name()).isEqualTo("owner/tiny-dpt");
            }
        }
    }

    @Test
    void missingModelReportsThatDownloadsAreDisabled() {
        assertThatThrownBy(() -> open(MODEL)).hasCauseInstanceOf(HubException.class)
                .hasMessageContainingAll("owner/tiny-dpt", "HF_HUB_OFFLINE");
    }

    @Test
    void unknownModelOfAnotherArchitectureIsRefusedByItsConfiguration() throws IOException {
        put(MODEL, List.of("config.json"));
        Path configuration = cache.resolve("models--owner--tiny-dpt/blobs/blob-config.json");
        Files.writeString(configuration, "{\"model_type\": \"segformer\"}");
        assertThatThrownBy(() -> open(MODEL)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("owner/tiny-dpt", "dpt", "segformer");
    }

    /** Writes a pipeline with random weights to the cache as {@code repository}. */
    private void putPipeline(HubReference.Repository repository) throws IOException {
        Path model = GoldenFiles.path("marigold");
        Path folder = cache.resolve("models--" + repository.owner() + "--" + repository.name());
        Path snapshot = folder.resolve("snapshots").resolve(COMMIT);
        Files.createDirectories(folder.resolve("refs"));
        Files.writeString(folder.resolve("refs/main"), COMMIT);
        for (String part : List.of("unet", "vae", "text_encoder", "scheduler")) {
            Files.createDirectories(snapshot.resolve(part));
            try (DirectoryStream<Path> files = Files.newDirectoryStream(model.resolve(part))) {
                for (Path file : files) {
                    Files.copy(file, snapshot.resolve(part).resolve(file.getFileName()));
                }
            }
        }
        Files.copy(model.resolve("model_index.json"), snapshot.resolve("model_index.json"));
    }

    @Test
    void pipelineIsFoundUnderItsFormerName() throws IOException {
        putPipeline(HubReference.Repository.of("prs-eth", "marigold-depth-v1-0"));
        try (DepthEstimator estimator = open(HubReference.Repository.of("Bingxin", "Marigold"))) {
            ModelDescription description = estimator.description();
            assertThat(description.name()).isEqualTo("prs-eth/marigold-depth-v1-0");
            assertThat(description.architecture()).isEqualTo("marigold");
            assertThat(description.inputPolicy()).contains("seed 0");
            assertThat(estimator.options()).containsKeys("steps", "ensemble");
        }
    }

    @Test
    void pipelineFineTunedEndToEndStartsFromZerosThoughItsFolderIsNamedByARevision() throws IOException {
        HubReference.Repository repository = HubReference.Repository.of("GonzaloMG", "marigold-e2e-ft-depth");
        putPipeline(repository);
        try (DepthEstimator estimator = open(repository)) {
            assertThat(estimator.description().inputPolicy()).contains("noise from zeros");
        }
    }

    @Test
    void onnxFileOfTheHubUsesConfigurationAndWeightsOfItsRepository() throws IOException {
        put(MODEL, List.of("config.json", "preprocessor_config.json"));
        Path folder = cache.resolve("models--owner--tiny-dpt");
        Path own = Files.createDirectories(folder.resolve("snapshots/" + COMMIT + "/onnx"));
        new TinyOnnx().input("pixel_values", DataType.FLOAT32, 1, 3, 8, 8)
                .output("predicted_depth", DataType.FLOAT32, 1, 1, 8, 8)
                .tensor(new Tensor("w", DataType.FLOAT32, Shape.of(1, 3, 1, 1),
                        new Tensor.External("model.onnx_data", 0, 12)))
                .node("Conv", List.of("pixel_values", "w"), "predicted_depth").write(folder.resolve("blobs/model"));
        Files.write(folder.resolve("blobs/data"), new byte[12]);
        Files.createSymbolicLink(own.resolve("model.onnx"), Path.of("../../../blobs/model"));
        Files.createSymbolicLink(own.resolve("model.onnx_data"), Path.of("../../../blobs/data"));
        try (DepthEstimator estimator = open(new HubReference.RepositoryFile(MODEL, "onnx/model.onnx"))) {
            ModelDescription description = estimator.description();
            assertThat(description.name()).isEqualTo("owner/tiny-dpt/onnx/model.onnx");
            assertThat(description.identity().revision()).isEqualTo(COMMIT);
            assertThat(description.architecture()).isEqualTo("onnx/dpt");
            assertThat(description.kind()).isEqualTo(DepthKind.AFFINE_INVERSE);
            assertThat(estimator.inputs()).singleElement().hasToString("pixel_values FLOAT32 [1, 3, 8, 8]");
            assertThat(estimator.estimate(RgbImage.allocate(5, 5)).prediction().values().get(0, 0)).isZero();
        }
    }
}
