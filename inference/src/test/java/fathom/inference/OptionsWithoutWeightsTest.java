package fathom.inference;

import java.util.List;

import fathom.models.HubModel;
import fathom.models.HubModels;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said of a model's settings before it is downloaded is what its checkpoint says afterwards. */
class OptionsWithoutWeightsTest {
    @ParameterizedTest
    @CsvSource({"dpt_vit, Intel/dpt-large", "dpt_hybrid, Intel/dpt-hybrid-midas",
            "dpt_beit, Intel/dpt-beit-large-512", "dpt_swinv2, Intel/dpt-swinv2-tiny-256",
            "dpt_dinov2, facebook/dpt-dinov2-small-nyu", "glpn, vinvino02/glpn-nyu",
            "depth_anything, depth-anything/Depth-Anything-V2-Small-hf",
            "depth_anything_metric, depth-anything/Depth-Anything-V2-Metric-Indoor-Small-hf",
            "zoedepth, Intel/zoedepth-nyu", "zoedepth_nk, Intel/zoedepth-nyu-kitti", "depth_pro, apple/DepthPro-hf",
            "da3_mono, depth-anything/DA3MONO-LARGE", "da3_metric, depth-anything/DA3METRIC-LARGE",
            "moge2, Ruicheng/moge-2-vitl-normal"})
    void settingsEqualThoseOfTheCheckpoint(String golden, String model) {
        HubModel known = HubModels.find(model).orElseThrow();
        try (DepthEstimator estimator = Estimators.open(Shared.path("goldens/" + golden).toString(), EstimatorOptions
                .defaults())) {
            assertThat(Estimators.options(known)).isEqualTo(estimator.options());
            assertThat(known.modelType()).isEqualTo(estimator.description().architecture());
        }
    }

    @Test
    void everyKnownModelHasSettings() {
        List<HubModel> models = HubModels.list();
        assertThat(models).isNotEmpty().allSatisfy(model -> assertThat(Estimators.options(model)).isNotEmpty());
    }
}
