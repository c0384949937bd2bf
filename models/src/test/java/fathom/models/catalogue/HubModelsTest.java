package fathom.models.catalogue;

import fathom.hub.HubReference;
import fathom.models.registry.Architectures;
import fathom.raster.DepthKind;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HubModelsTest {
    @Test
    void everyModelIsKnownOnceAndFound() {
        assertThat(HubModels.list()).extracting(HubModel::id).doesNotHaveDuplicates().isNotEmpty();
        assertThat(HubModels.list()).allSatisfy(model -> assertThat(HubModels.find(model.id())).contains(model));
        assertThat(HubModels.find("intel/DPT-large")).isPresent();
        assertThat(HubModels.find("nobody/nothing")).isEmpty();
    }

    @Test
    void everyModelHasASupportedArchitecture() {
        assertThat(HubModels.list()).extracting(HubModel::modelType)
                .allMatch(type -> Architectures.modelTypes().contains(type) || type.equals("marigold"));
    }

    @Test
    void restrictedLicencesRequireConsent() {
        assertThat(HubModels.list()).filteredOn(model -> !model.licence().isPermissive()).extracting(HubModel::id)
                .contains("depth-anything/Depth-Anything-V2-Large-hf", "vinvino02/glpn-nyu", "apple/DepthPro-hf",
                        "prs-eth/marigold-depth-v1-1")
                .doesNotContain("Intel/dpt-large", "depth-anything/Depth-Anything-V2-Small-hf");
    }

    @Test
    void boundedDepthIsMetric() {
        assertThat(HubModels.list()).filteredOn(model -> model.maxDepthMetres().isPresent()).isNotEmpty()
                .allSatisfy(model -> assertThat(model.kind()).isEqualTo(DepthKind.METRIC));
    }

    @Test
    void scoresNameTheirSource() {
        assertThat(HubModels.list()).flatExtracting(HubModel::scores).isNotEmpty()
                .allSatisfy(score -> assertThat(score.source()).isNotBlank());
    }

    @Test
    void weightsTakeFourBytesEach() {
        assertThat(HubModels.find("Intel/dpt-large").orElseThrow().weightBytes()).hasValue(4 * 343_030_465L);
    }

    @Test
    void formerIdentifiersResolveToTheCurrentOne() {
        HubReference.Repository former = HubReference.Repository.of("Bingxin", "Marigold").at("v1");
        assertThat(HubModels.current(former))
                .isEqualTo(HubReference.Repository.of("prs-eth", "marigold-depth-v1-0").at("v1"));
        assertThat(HubModels.find("prs-eth/marigold-v1-0")).isEqualTo(HubModels.find("prs-eth/marigold-depth-v1-0"));
        HubReference.Repository present = HubReference.Repository.of("prs-eth", "marigold-depth-v1-0");
        assertThat(HubModels.current(present)).isSameAs(present);
        assertThat(HubModels.list()).flatExtracting(HubModel::aliases).doesNotHaveDuplicates()
                .doesNotContainAnyElementsOf(HubModels.list().stream().map(HubModel::id).toList());
    }
}
