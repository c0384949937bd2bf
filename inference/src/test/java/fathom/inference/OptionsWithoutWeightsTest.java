package fathom.inference;

import java.util.Set;
import java.util.TreeSet;

import fathom.models.catalogue.HubModel;
import fathom.models.catalogue.HubModels;
import fathom.raster.DepthKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The options of a model that is not downloaded equal those of its checkpoint. */
class OptionsWithoutWeightsTest {
    @ParameterizedTest
    @CsvSource({"dpt_vit, Intel/dpt-large", "dpt_hybrid, Intel/dpt-hybrid-midas", "dpt_beit, Intel/dpt-beit-large-512",
            "dpt_swinv2, Intel/dpt-swinv2-tiny-256", "dpt_dinov2, facebook/dpt-dinov2-small-nyu",
            "glpn, vinvino02/glpn-nyu", "depth_anything, depth-anything/Depth-Anything-V2-Small-hf",
            "depth_anything_metric, depth-anything/Depth-Anything-V2-Metric-Indoor-Small-hf",
            "zoedepth, Intel/zoedepth-nyu", "zoedepth_nk, Intel/zoedepth-nyu-kitti", "depth_pro, apple/DepthPro-hf",
            "da3_mono, depth-anything/DA3MONO-LARGE", "da3_metric, depth-anything/DA3METRIC-LARGE",
            "moge2, Ruicheng/moge-2-vitl-normal"})
    void settingsEqualThoseOfTheCheckpoint(String golden, String model) {
        HubModel known = HubModels.find(model).orElseThrow();
        try (DepthEstimator estimator = Estimators.open(GoldenVariants.complete(golden).toString(),
                EstimatorOptions.defaults())) {
            assertThat(Estimators.options(known)).isEqualTo(estimator.options());
            assertThat(known.modelType()).isEqualTo(estimator.description().architecture());
        }
    }

    /** The options of each family except {@code resize}, which all families have. */
    private static Set<String> options(HubModel model) {
        boolean metric = model.kind() == DepthKind.METRIC;
        return switch (model.modelType()) {
            case "dpt" ->
                model.backbone().equals("dinov2") ? Set.of("keep_aspect", "position_rule") : Set.of("keep_aspect");
            case "glpn" -> Set.of();
            case "depth_anything" -> Set.of("position_rule");
            case "zoedepth" -> Set.of("flip");
            case "depth_pro" -> Set.of("focal", "fov_x");
            case "da3" -> metric
                    ? Set.of("process_res", "process_res_method", "sky", "focal", "fov_x")
                    : Set.of("process_res", "process_res_method", "sky");
            case "moge" -> Set.of("num_tokens", "resolution_level", "fov_x", "apply_mask", "force_projection");
            case "marigold" -> Set.of("alignment", "batch", "e2e", "ensemble", "noise", "reduction", "resampling",
                    "resolution", "seed", "steps", "vae", "whole-up-to");
            default -> throw new IllegalArgumentException(model.modelType());
        };
    }

    @Test
    void everyKnownModelHasTheSettingsOfItsFamily() {
        assertThat(HubModels.list()).hasSizeGreaterThan(40).allSatisfy(model -> {
            Set<String> expected = new TreeSet<>(options(model));
            if (!model.modelType().equals("marigold")) {
                expected.add("resize");
            }
            assertThat(Estimators.options(model).keySet()).as(model.toString()).isEqualTo(expected);
        });
    }
}
