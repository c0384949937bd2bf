package fathom.inference;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import fathom.models.Estimate;
import fathom.models.ModelDescription;
import fathom.models.ModelSource;
import fathom.models.hub.HubException;
import fathom.models.hub.HubListener;
import fathom.models.hub.HubReference;
import fathom.models.hub.HubSettings;
import fathom.raster.RgbImage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Models of the hub from a cache that Python has filled, without network. */
class HubOpeningTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";
    private static final HubReference.Repository MODEL = HubReference.Repository.of("owner", "tiny-dpt");

    @TempDir
    Path cache;

    private HubSettings offline() {
        return new HubSettings(HubSettings.DEFAULT_ENDPOINT, Optional.empty(), cache, cache.resolve("downloads"), true,
                true,
                Duration.ofSeconds(1), Duration.ofSeconds(1));
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
            try (InputStream in = HubOpeningTest.class.getResourceAsStream("/fathom/inference/dpt_vit/" + name)) {
                Files.write(blobs.resolve("blob-" + name), Objects.requireNonNull(in, name).readAllBytes());
            }
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
            assertThat(description.architecture()).isEqualTo("dpt");
            assertThat(description.weightsHash()).hasSize(64);
            Estimate estimate = estimator.estimate(image);
            assertThat(estimate.prediction().kind()).isEqualTo(description.kind());
        }
    }

    @Test
    void missingModelSaysThatTheNetworkIsForbidden() {
        assertThatThrownBy(() -> open(MODEL)).hasCauseInstanceOf(HubException.class)
                .hasMessageContainingAll("owner/tiny-dpt", "HF_HUB_OFFLINE");
    }

    @Test
    void knownModelOfAnotherArchitectureIsRefusedBeforeAnyDownload() {
        HubReference.Repository pro = HubReference.Repository.of("apple", "DepthPro-hf");
        assertThatThrownBy(() -> open(pro)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("apple/DepthPro-hf", "depth_pro", "not run yet");
    }

    @Test
    void unknownModelOfAnotherArchitectureIsRefusedByItsConfiguration() throws IOException {
        put(MODEL, List.of("config.json"));
        Path configuration = cache.resolve("models--owner--tiny-dpt/blobs/blob-config.json");
        Files.writeString(configuration, "{\"model_type\": \"segformer\"}");
        assertThatThrownBy(() -> open(MODEL)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("owner/tiny-dpt", "dpt", "segformer");
    }
}
