package fathom.inference;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.weights.CheckpointException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Sound checkpoints of every family, whose settings are made to contradict each other or the weights in one place at a time:
 * the message names the file, the field or tensor, what was expected and what was found. No setting takes memory or time
 * before it is checked.
 */
class ContradictorySettingsTest {
    private static final String CONFIG = "config.json";
    private static final String PROCESSOR = "preprocessor_config.json";

    @TempDir
    Path folder;

    private void copy(String golden) throws IOException {
        for (String name : new String[]{CONFIG, PROCESSOR, "model.safetensors", "pytorch_model.bin"}) {
            Path file = GoldenVariants.complete(golden).resolve(name);
            if (Files.exists(file)) {
                Files.write(folder.resolve(name), Files.readAllBytes(file));
            }
        }
    }

    /** Replaces the field at {@code path}, names and indices joined by dots, by {@code value}. */
    private void set(String file, String path, String value) throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readAllBytes(folder.resolve(file)));
        JsonNode parent = root;
        int dot = path.lastIndexOf('.');
        for (String name : dot < 0 ? new String[0] : path.substring(0, dot).split("\\.")) {
            parent = parent.isArray() ? parent.get(Integer.parseInt(name)) : parent.get(name);
        }
        JsonNode after = JsonMapper.shared().readTree(value);
        JsonNode before = ((ObjectNode) parent).replace(path.substring(dot + 1), after);
        assertThat(after).as("the edit changes something").isNotEqualTo(before);
        Files.writeString(folder.resolve(file), root.toString());
    }

    private void open() {
        Estimators.open(folder.toString(), EstimatorOptions.defaults().withThreads(1)).close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "dpt_vit | is_hybrid | true | tensor dpt.embeddings.backbone.bit.embedder.convolution.weight: expected [64, 3, 7, 7]",
            "dpt_vit | backbone_config | \"dinov2\" | backbone_config: expected an object of settings, found \"dinov2\"",
            "dpt_vit | backbone_config | {\"model_type\":\"resnet\"} | backbone_config.model_type: expected one of beit, bit, dinov2, swinv2, found resnet",
            "dpt_vit | backbone_config | {\"model_type\":\"bit\"} | backbone_config.model_type: expected another than bit, because is_hybrid is false, found bit",
            "dpt_vit | patch_size | 8 | model.safetensors: tensor dpt.embeddings.patch_embeddings.projection.weight: expected [48, 3, 8, 8], found [48, 3, 16, 16]",
            "dpt_vit | patch_size | 1000000000 | patch_size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_vit | image_size | 1000000000 | image_size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_vit | hidden_size | 1000000000 | model.safetensors: tensor dpt.embeddings.patch_embeddings.projection.weight: expected [1000000000, 3, 16, 16]",
            "dpt_vit | num_hidden_layers | 1000000000 | tensor dpt.encoder.layer.6.layernorm_before.weight: expected [48], found none of that name among 174 tensors",
            "dpt_vit | neck_hidden_sizes | [12,24,32] | reassemble_factors: expected one per size in neck_hidden_sizes [12, 24, 32], found [4.0, 2.0, 1.0, 0.5]",
            "dpt_vit | neck_hidden_sizes | [12,24,32,48,64] | reassemble_factors: expected one per size in neck_hidden_sizes [12, 24, 32, 48, 64], found [4.0, 2.0, 1.0, 0.5]",
            "dpt_vit | backbone_out_indices | [0,2,4,9] | backbone_out_indices: expected 4 different layers of 6, found [0, 2, 4, 9]",
            "dpt_vit | backbone_out_indices | [0,2,2,5] | backbone_out_indices: expected 4 different layers of 6, found [0, 2, 5]",
            "dpt_vit | reassemble_factors | [4,2,1,0.3] | reassemble_factors: expected whole numbers or their inverses, found [4.0, 2.0, 1.0, 0.3]",
            "dpt_vit | fusion_hidden_size | 1000000000 | model.safetensors: tensor neck.convs.0.weight: expected [1000000000, 16, 3, 3], found [24, 16, 3, 3]",
            "dpt_vit | layer_norm_eps | -1 | layer_norm_eps: expected a number above 0, at most 3.4028235E38, found -1.0",
            "dpt_vit | readout_type | \"none\" | readout_type: expected ignore, add or project, found none",
            "dpt_hybrid | is_hybrid | false | backbone_config.model_type: expected another than bit, because is_hybrid is false, found bit",
            "dpt_hybrid | backbone_config.num_groups | 5 | expected settings of a network for pictures of 96×96 pixels",
            "dpt_hybrid | backbone_config.depths | [1,1] | backbone_config.depths: expected three stages, found [1, 1]",
            "dpt_hybrid | backbone_config.hidden_sizes | [1000000000,1000000000,1000000000] | model.safetensors: tensor dpt.embeddings.backbone.bit.encoder.stages.0.layers.0.downsample.conv.weight: expected [1000000000, 16, 1, 1]",
            "dpt_hybrid | backbone_config.layer_type | \"basic\" | backbone_config.layer_type: expected bottleneck, found basic",
            "dpt_beit | backbone_config.out_features | [\"stage1\",\"stage2\",\"stage3\"] | neck_hidden_sizes: expected one size for each of the backbone's 3 states, found [16, 24, 32, 40]",
            "dpt_beit | backbone_config.out_features | [\"stem\",\"stage1\",\"stage2\",\"stage3\",\"stage4\"] | neck_hidden_sizes: expected one size for each of the backbone's 5 states, found [16, 24, 32, 40]",
            "dpt_beit | backbone_config.out_features | [\"stage1\",\"stage2\",\"stage3\",\"stage40\"] | backbone_config.out_features: expected stages up to stage5, found [1, 2, 3, 40]",
            "dpt_beit | backbone_config.use_relative_position_bias | false | backbone_config.use_relative_position_bias: expected true, found false",
            "dpt_beit | backbone_config.num_attention_heads | 5 | backbone_config.num_attention_heads: expected a divisor of hidden_size 48, found 5",
            "dpt_swinv2 | backbone_config.window_size | 1000000000 | backbone_config.window_size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_swinv2 | backbone_config.num_heads | [1,2,3] | backbone_config.num_heads: expected one number per stage of depths [2, 2, 2, 1], found [1, 2, 3]",
            "dpt_swinv2 | backbone_config.depths | [1,1,1] | backbone_config.num_heads: expected one number per stage of depths [1, 1, 1], found [1, 2, 4, 8]",
            "dpt_dinov2 | backbone_config.mlp_ratio | -4 | backbone_config.mlp_ratio: expected a number above 0, at most 3.4028235E38, found -4.0",
            "dpt_dinov2 | backbone_config.mlp_ratio | 1e300 | backbone_config.mlp_ratio: expected a number above 0, at most 3.4028235E38, found 1.0E300",
            "dpt_dinov2 | backbone_config.image_size | 1000000000 | backbone_config.image_size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_dinov2 | backbone_config.use_swiglu_ffn | true | tensor backbone.encoder.layer.0.mlp.weights_in.weight: expected [128, 48], found none of that name among 137 tensors",
            "glpn | max_depth | 0 | max_depth: expected a number above 0, at most 3.4028235E38, found 0.0",
            "glpn | max_depth | -10 | max_depth: expected a number above 0, at most 3.4028235E38, found -10.0",
            "glpn | max_depth | 1e300 | max_depth: expected a number above 0, at most 3.4028235E38, found 1.0E300",
            "glpn | num_attention_heads | [1,2,5,7] | num_attention_heads: expected divisors of hidden_sizes [16, 32, 40, 64], found 7",
            "glpn | depths | [1,1,1] | depths: expected one number per stage of hidden_sizes [16, 32, 40, 64], found [1, 1, 1]",
            "glpn | sr_ratios | [8,4,2,1000000000] | tensor glpn.encoder.block.3.0.attention.self.sr.weight: expected [64, 64, 1000000000, 1000000000]",
            "glpn | strides | [4,2,2,1000000000] | expected settings of a network for pictures of 224×224 pixels",
            "glpn | patch_sizes | [7,3,3,5] | pytorch_model.bin: tensor glpn.encoder.patch_embeddings.3.proj.weight: expected [64, 40, 5, 5], found [64, 40, 3, 3]",
            "glpn | mlp_ratios | [4,4,4,1000000000] | expected settings of a network for pictures of 224×224 pixels",
            "glpn | decoder_hidden_size | 1000000000 | pytorch_model.bin: tensor decoder.stages.0.convolution.weight: expected [1000000000, 64, 1, 1], found [16, 64, 1, 1]",
            "depth_anything | backbone_config.model_type | \"dinov3\" | backbone_config.model_type: expected dinov2, found dinov3",
            "depth_anything | backbone_config.patch_size | 16 | model.safetensors: tensor backbone.embeddings.patch_embeddings.projection.weight: expected [48, 3, 16, 16], found [48, 3, 14, 14]",
            "depth_anything | depth_estimation_type | \"both\" | depth_estimation_type: expected relative or metric, found both",
            "depth_anything | neck_hidden_sizes | [12,24,32] | reassemble_factors: expected one per size in neck_hidden_sizes [12, 24, 32], found [4.0, 2.0, 1.0, 0.5]",
            "depth_anything_metric | max_depth | 0 | max_depth: expected a number above 0, at most 3.4028235E38, found 0.0",
            "depth_anything_metric | max_depth | \"20\" | max_depth: expected a number, found \"20\"",
            "zoedepth | bin_configurations | [] | bin_configurations: expected one or two, found 0",
            "zoedepth | bin_configurations.0.max_depth | 0 | bin_configurations.max_depth: expected a number above 0, at most 3.4028235E38, found 0.0",
            "zoedepth | bin_configurations.0.n_bins | 1000000000 | model.safetensors: tensor metric_head.seed_bin_regressor.conv2.weight: expected [1000000000, 256, 1, 1], found [16, 256, 1, 1]",
            "zoedepth | num_attractors | [8,4] | num_attractors: expected one number per size in neck_hidden_sizes, found [8, 4]",
            "zoedepth | num_attractors | [8,4,2,1000000000] | model.safetensors: tensor metric_head.attractors.3.conv2.weight: expected [1000000000, 16, 1, 1], found [1, 16, 1, 1]",
            "zoedepth | attractor_kind | \"median\" | attractor_kind: expected mean or sum, found median",
            "zoedepth | bin_centers_type | \"normed\" | model.safetensors: tensor metric_head.attractors.0.conv2.weight: expected [16, 16, 1, 1], found [8, 16, 1, 1]",
            "zoedepth | backbone_config.model_type | \"swinv2\" | backbone_config.model_type: expected beit, found swinv2",
            "zoedepth_nk | patch_transformer_num_attention_heads | 7 | expected settings of a network for pictures of 64×64 pixels",
            "zoedepth_nk | bin_configurations.0.name | \"house\" | tensor metric_head.seed_bin_regressors.house.conv1.weight: expected [8, 16, 1, 1], found none of that name among 287 tensors",
            "depth_pro | patch_size | 1000000000 | patch_size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "depth_pro | patch_size | 100 | patch_size: expected a multiple of the transformer's patch, found 100",
            "depth_pro | scaled_images_ratios | [1e-9,1] | scaled_images_overlap_ratios: expected one per ratio, from 0 to below 1, found [0.0, 0.5, 0.25]",
            "depth_pro | scaled_images_ratios | [0.5,0.25,1] | scaled_images_ratios: expected ascending ratios up to 1, found [0.5, 0.25, 1.0]",
            "depth_pro | scaled_images_overlap_ratios | [0,0.5,0.999999] | scaled_images_overlap_ratios: expected overlaps that leave tiles of 128 pixels a step, found [0.0, 0.5, 0.999999]",
            "depth_pro | intermediate_hook_ids | [50,5] | intermediate_hook_ids: expected blocks below 4, found [50, 5]",
            "depth_pro | image_model_config | null | patch_embeddings.projection.weight: expected [768, 3, 14, 14], found [32, 3, 16, 16]",
            "depth_anything | backbone_config.hidden_act | \"relu\" | backbone_config.hidden_act: expected gelu, found relu",
            "dpt_beit | backbone_config.hidden_act | \"silu\" | backbone_config.hidden_act: expected gelu, found silu",
            "dpt_swinv2 | backbone_config.hidden_act | \"quick_gelu\" | backbone_config.hidden_act: expected gelu, found quick_gelu",
            "dpt_vit | hidden_act | \"relu\" | hidden_act: expected gelu, found relu",
            "zoedepth | backbone_config.hidden_act | \"relu\" | backbone_config.hidden_act: expected gelu, found relu",
            "zoedepth | head_in_index | 0 | head_in_index: expected -1, the last map, found 0",
            "zoedepth | batch_norm_eps | 0.001 | batch_norm_eps: expected 1e-5, found 0.001",
            "glpn | head_in_index | 0 | head_in_index: expected -1 or 3, the last map, found 0",
            "depth_anything | head_in_index | 4 | head_in_index: expected an index into 4 maps, found 4",
            "da3_metric | config.net.out_layers | [1,2,3,400] | out_layers: expected blocks below 6, found [1, 2, 3, 400]",
            "moge2 | model_config.num_tokens_range | [1,1000000000] | model_config.num_tokens_range: expected the fewest and the most, not above 342392, found [1, 1000000000]",
            "moge2 | model_config.num_tokens_range | [3600,1200] | model_config.num_tokens_range: expected the fewest and the most, not above 342392, found [3600, 1200]"})
    void contradictoryConfigurationIsRejected(String golden, String field, String value, String message)
            throws IOException {
        copy(golden);
        set(CONFIG, field, value);
        assertThatThrownBy(this::open).isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(folder.toString(), message, "expected", "found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "dpt_vit | size | -1 | size: expected an integer of at least 1 and at most 4096, found -1",
            "dpt_vit | size | 1000000000 | size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_vit | size | \"384\" | size: expected an integer of at least 1 and at most 4096, found \"384\"",
            "dpt_vit | size | {\"shortest_edge\":384} | expected the field size.height, found only shortest_edge",
            "dpt_vit | size | [384] | size: expected height and width, found [384]",
            "dpt_vit | image_mean | [0.5,0.5] | image_mean: expected three numbers, found [0.5, 0.5]",
            "dpt_vit | image_mean | true | image_mean: expected a list, found true",
            "dpt_vit | image_std | [0,1,1] | image_std: expected three numbers above 0, found [0.0, 1.0, 1.0]",
            "dpt_vit | image_std | [-1,1,1] | image_std: expected three numbers above 0, found [-1.0, 1.0, 1.0]",
            "dpt_vit | image_mean | [1e300,0,0] | image_mean: expected three numbers, found [Infinity, 0.0, 0.0]",
            "dpt_vit | rescale_factor | 0 | rescale_factor: expected a number above 0, at most 3.4028235E38, found 0.0",
            "dpt_vit | ensure_multiple_of | 0 | ensure_multiple_of: expected an integer of at least 1 and at most 4096, found 0",
            "dpt_vit | ensure_multiple_of | 1000000000 | ensure_multiple_of: expected an integer of at least 1 and at most 4096, found 1000000000",
            "dpt_vit | do_resize | \"yes\" | do_resize: expected true or false, found \"yes\"",
            "glpn | size_divisor | 0 | size_divisor: expected an integer of at least 1 and at most 4096, found 0",
            "glpn | size_divisor | 1000000000 | size_divisor: expected an integer of at least 1 and at most 4096, found 1000000000",
            "depth_pro | size | 100 | size: expected 512×512, which the network takes, found 100×100",
            "depth_pro | resample | 3 | resample: expected 2, bilinear, found 3",
            "zoedepth | size | 1000000000 | size: expected an integer of at least 1 and at most 4096, found 1000000000",
            "depth_anything | image_processor_type | \"ViTImageProcessor\" | image_processor_type: expected DPTImageProcessor, found ViTImageProcessor",
            "dpt_vit | image_processor_type | \"BitImageProcessor\" | image_processor_type: expected DPTImageProcessor, found BitImageProcessor",
            "dpt_vit | feature_extractor_type | \"ViTFeatureExtractor\" | feature_extractor_type: expected DPTImageProcessor, found ViTFeatureExtractor",
            "glpn | image_processor_type | \"SegformerImageProcessor\" | image_processor_type: expected GLPNImageProcessor, found SegformerImageProcessor",
            "zoedepth | image_processor_type | \"DPTImageProcessor\" | image_processor_type: expected ZoeDepthImageProcessor, found DPTImageProcessor",
            "depth_pro | image_processor_type | \"DPTImageProcessor\" | image_processor_type: expected DepthProImageProcessor, found DPTImageProcessor",
            "depth_pro | do_resize | false | do_resize: expected true, because the network has one input size, found false",
            "zoedepth | resample | 0 | resample: expected 2 or 3, found 0",
            "dpt_vit | do_pad | true | expected the field size_divisor, found only do_normalize, do_resize, ensure_multiple_of, feature_extractor_type, image_mean, image"})
    void invalidPreprocessorSettingsAreRejected(String golden, String field, String value, String message)
            throws IOException {
        copy(golden);
        set(PROCESSOR, field, value);
        assertThatThrownBy(this::open).isInstanceOf(CheckpointException.class)
                .hasMessageContainingAll(folder.resolve(PROCESSOR).toString(), message, "expected", "found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_vit", "dpt_swinv2", "glpn", "depth_anything", "zoedepth", "depth_pro", "da3_metric"})
    void unknownFieldsAreIgnored(String golden) throws IOException {
        copy(golden);
        for (String file : new String[]{CONFIG, PROCESSOR}) {
            if (Files.exists(folder.resolve(file))) {
                set(file, "from_the_future", "{\"hidden_size\":[1,null,\"x\"]}");
                set(file, "auto_map", "\"elsewhere.Model\"");
            }
        }
        open();
    }

    @Test
    void missingPreprocessorFileIsReported() throws IOException {
        copy("depth_anything");
        Files.delete(folder.resolve(PROCESSOR));
        assertThatThrownBy(this::open).isInstanceOf(CheckpointException.class).hasMessageContainingAll(
                folder.resolve(PROCESSOR).toString(), "expected settings in JSON, found no such file", "download it");
    }
}
