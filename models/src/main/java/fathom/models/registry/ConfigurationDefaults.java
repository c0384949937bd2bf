package fathom.models.registry;

import fathom.weights.Settings;

/**
 * The defaults of the configuration classes of transformers, for the fields that the architectures require:
 * {@code save_pretrained} leaves out fields that equal their default.
 */
final class ConfigurationDefaults {
    private static final String GLPN = """
            {"hidden_sizes": [32, 64, 160, 256], "depths": [2, 2, 2, 2], "num_attention_heads": [1, 2, 5, 8],
             "sr_ratios": [8, 4, 2, 1], "patch_sizes": [7, 3, 3, 3], "strides": [4, 2, 2, 2], "mlp_ratios": [4, 4, 4, 4]}""";
    private static final String DPT = """
            {"neck_hidden_sizes": [96, 192, 384, 768], "backbone_out_indices": [2, 5, 8, 11]}""";
    private static final String HYBRID = """
            {"backbone_config": {"model_type": "bit", "global_padding": "same", "layer_type": "bottleneck",
             "depths": [3, 4, 9], "out_features": ["stage1", "stage2", "stage3"], "embedding_dynamic_padding": true}}""";
    private static final String DEPTH_ANYTHING = """
            {"neck_hidden_sizes": [48, 96, 192, 384], "backbone_config": {"model_type": "dinov2", "image_size": 518,
             "hidden_size": 384, "num_attention_heads": 6, "out_indices": [9, 10, 11, 12], "apply_layernorm": true,
             "reshape_hidden_states": false}}""";
    private static final String ZOEDEPTH = """
            {"neck_hidden_sizes": [96, 192, 384, 768], "num_attractors": [16, 8, 4, 1],
             "bin_configurations": [{"n_bins": 64, "min_depth": 0.001, "max_depth": 10.0}],
             "backbone_config": {"model_type": "beit", "image_size": 384, "num_hidden_layers": 24, "hidden_size": 1024,
             "intermediate_size": 4096, "num_attention_heads": 16, "use_relative_position_bias": true,
             "reshape_hidden_states": false, "out_features": ["stage6", "stage12", "stage18", "stage24"]}}""";
    private static final String BIT = """
            {"hidden_sizes": [256, 512, 1024, 2048], "depths": [3, 4, 6, 3]}""";
    private static final String SWINV2 = """
            {"depths": [2, 2, 6, 2], "num_heads": [3, 6, 12, 24]}""";
    private static final String BACKBONE = "backbone_config";

    private ConfigurationDefaults() {}

    /** Returns {@code config} of a model of {@code modelType}, with the defaults of missing fields. */
    static Settings complete(String modelType, Settings config) {
        Settings complete = switch (modelType) {
            case "glpn" -> config.withDefaults(GLPN);
            case "dpt" -> config.flag("is_hybrid", false)
                    ? config.withDefaults(DPT).withDefaults(HYBRID)
                    : config.withDefaults(DPT);
            case "depth_anything" -> config.withDefaults(DEPTH_ANYTHING);
            case "zoedepth" -> config.withDefaults(ZOEDEPTH);
            case "depth_pro" -> config.withDefaults(depthPro(config.side("patch_size", 384)));
            default -> config;
        };
        return complete.object(BACKBONE).map(backbone -> switch (backbone.text("model_type", "")) {
            case "bit" -> complete.with(BACKBONE, backbone.withDefaults(BIT));
            case "swinv2" -> complete.with(BACKBONE, backbone.withDefaults(SWINV2));
            default -> complete;
        }).orElse(complete);
    }

    private static String depthPro(int side) {
        String dinov2 = "{\"model_type\": \"dinov2\", \"image_size\": " + side + "}";
        return "{\"image_model_config\": " + dinov2 + ", \"patch_model_config\": " + dinov2 + ", \"fov_model_config\": "
                + dinov2 + "}";
    }
}
