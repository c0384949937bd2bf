package fathom.models.registry;

import java.nio.file.Path;

import fathom.raster.DepthKind;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ArchitecturesTest {
    private static Settings config(String json) {
        return Settings.parse(Path.of("config.json"), json.replace('\'', '"'));
    }

    @Test
    void everyFamilyIsRegisteredOnceAndKnowsItsOptions() {
        assertThat(Architectures.modelTypes()).containsExactly("da3", "densedepth", "depth_anything", "depth_pro",
                "dpt", "glpn", "moge", "zoedepth");
        for (String modelType : Architectures.modelTypes()) {
            assertThat(Architectures.options(modelType, "dinov2", DepthKind.METRIC)).as(modelType)
                    .containsKey("resize");
        }
        assertThat(Architectures.options("zoedepth", "beit", DepthKind.METRIC)).containsKey("flip");
        assertThatIllegalArgumentException().isThrownBy(() -> Architectures.options("vgg", "", DepthKind.METRIC))
                .withMessageContaining("found vgg");
    }

    @Test
    void aConfigurationIsRecognisedByItsModelTypeOrByItsPublishersLayout() {
        assertThat(Architectures.typeOf(config("{'model_type': 'dpt', 'model_name': 'da3-x'}"))).isEqualTo("dpt");
        assertThat(Architectures.typeOf(config("{'model_name': 'da3mono-large'}"))).isEqualTo("da3");
        assertThat(Architectures.typeOf(config("{'model_config': {}}"))).isEqualTo("moge");
        assertThat(Architectures.typeOf(config("{'model_type': 'bert'}"))).isEqualTo("bert");
        assertThatThrownBy(() -> Architectures.typeOf(config("{'model_name': 'other'}")))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("model_type");
    }

    @Test
    void onlyPublishersLayoutsNeedNoPreprocessorConfiguration() {
        assertThat(Architectures.modelTypes()).filteredOn(type -> !Architectures.readsPreprocessor(type))
                .containsExactly("da3", "moge");
    }
}
