package fathom.inference;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

import fathom.engine.onnxruntime.OnnxRuntimeEngine;
import fathom.models.ModelOptions;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.ModelSource;
import fathom.raster.DepthKind;
import fathom.raster.FloatTensor;
import fathom.raster.advice.UsageException;
import fathom.weights.CheckpointException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The same random weights under the authors' names and under the hub's names give the same depth. */
class UpstreamCheckpointTest {
    private static final int WIDTH = 64;
    private static final int LAYERS = 12;
    private static final int FUSION = 8;
    private static final int[] NECKS = {4, 8, 12, 16};
    private static final EstimatorOptions OPTIONS = EstimatorOptions.defaults().withThreads(1);

    /** Names by shape: the author's, then the hub's. A fused tensor corresponds to three of the hub's. */
    private final Map<String, int[]> original = new LinkedHashMap<>();
    private final Map<String, String> hubNames = new LinkedHashMap<>();

    @TempDir
    Path folder;

    private void tensor(String name, String hub, int... shape) {
        original.put(name, shape);
        hubNames.put(name, hub);
    }

    private void layer(String name, String hub, int... weightShape) {
        tensor(name + ".weight", hub + ".weight", weightShape);
        tensor(name + ".bias", hub + ".bias", weightShape[0]);
    }

    @BeforeEach
    void names() {
        tensor("pretrained.cls_token", "backbone.embeddings.cls_token", 1, 1, WIDTH);
        tensor("pretrained.pos_embed", "backbone.embeddings.position_embeddings", 1, 1 + 3 * 3, WIDTH);
        tensor("pretrained.mask_token", "backbone.embeddings.mask_token", 1, WIDTH);
        layer("pretrained.patch_embed.proj", "backbone.embeddings.patch_embeddings.projection", WIDTH, 3, 14, 14);
        for (int i = 0; i < LAYERS; i++) {
            String block = "pretrained.blocks." + i;
            String hub = "backbone.encoder.layer." + i;
            layer(block + ".norm1", hub + ".norm1", WIDTH);
            layer(block + ".norm2", hub + ".norm2", WIDTH);
            layer(block + ".attn.qkv", hub + ".attention.attention.", 3 * WIDTH, WIDTH);
            layer(block + ".attn.proj", hub + ".attention.output.dense", WIDTH, WIDTH);
            tensor(block + ".ls1.gamma", hub + ".layer_scale1.lambda1", WIDTH);
            tensor(block + ".ls2.gamma", hub + ".layer_scale2.lambda1", WIDTH);
            layer(block + ".mlp.fc1", hub + ".mlp.fc1", 2 * WIDTH, WIDTH);
            layer(block + ".mlp.fc2", hub + ".mlp.fc2", WIDTH, 2 * WIDTH);
        }
        layer("pretrained.norm", "backbone.layernorm", WIDTH);
        for (int i = 0; i < 4; i++) {
            layer("depth_head.projects." + i, "neck.reassemble_stage.layers." + i + ".projection", NECKS[i], WIDTH, 1,
                    1);
            tensor("depth_head.scratch.layer" + (i + 1) + "_rn.weight", "neck.convs." + i + ".weight", FUSION, NECKS[i],
                    3, 3);
        }
        layer("depth_head.resize_layers.0", "neck.reassemble_stage.layers.0.resize", NECKS[0], NECKS[0], 4, 4);
        layer("depth_head.resize_layers.1", "neck.reassemble_stage.layers.1.resize", NECKS[1], NECKS[1], 2, 2);
        layer("depth_head.resize_layers.3", "neck.reassemble_stage.layers.3.resize", NECKS[3], NECKS[3], 3, 3);
        int[] hubStage = {3, 2, 1, 0};
        for (int i = 0; i < 4; i++) {
            String refine = "depth_head.scratch.refinenet" + (i + 1);
            String hub = "neck.fusion_stage.layers." + hubStage[i];
            layer(refine + ".out_conv", hub + ".projection", FUSION, FUSION, 1, 1);
            for (int unit = 1; unit <= 2; unit++) {
                for (int conv = 1; conv <= 2; conv++) {
                    layer(refine + ".resConfUnit" + unit + ".conv" + conv,
                            hub + ".residual_layer" + unit + ".convolution" + conv, FUSION, FUSION, 3, 3);
                }
            }
        }
        layer("depth_head.scratch.output_conv1", "head.conv1", FUSION / 2, FUSION, 3, 3);
        layer("depth_head.scratch.output_conv2.0", "head.conv2", 6, FUSION / 2, 3, 3);
        layer("depth_head.scratch.output_conv2.2", "head.conv3", 1, 6, 1, 1);
    }

    private Map<String, float[]> weights() {
        Random random = new Random(5);
        Map<String, float[]> weights = new LinkedHashMap<>();
        original.forEach((name, shape) -> {
            float[] values = new float[elements(shape)];
            for (int i = 0; i < values.length; i++) {
                values[i] = 0.2f * (float) random.nextGaussian();
            }
            if (name.endsWith("output_conv2.2.bias")) {
                values[0] = 3;
            }
            weights.put(name, values);
        });
        return weights;
    }

    private static int elements(int[] shape) {
        int product = 1;
        for (int extent : shape) {
            product *= extent;
        }
        return product;
    }

    private static void write(Path file, Map<String, int[]> shapes, Map<String, float[]> values) throws IOException {
        StringBuilder header = new StringBuilder("{");
        int at = 0;
        for (Map.Entry<String, int[]> entry : shapes.entrySet()) {
            int end = at + 4 * elements(entry.getValue());
            header.append(header.length() == 1 ? "" : ",").append('"').append(entry.getKey())
                    .append("\":{\"dtype\":\"F32\",\"shape\":").append(java.util.Arrays.toString(entry.getValue()))
                    .append(",\"data_offsets\":[").append(at).append(',').append(end).append("]}");
            at = end;
        }
        byte[] json = header.append('}').toString().getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + at).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(json.length).put(json);
        shapes.keySet().forEach(name -> {
            for (float value : values.get(name)) {
                bytes.putFloat(value);
            }
        });
        Files.write(file, bytes.array());
    }

    private Path originalFile(String name) throws IOException {
        Path file = folder.resolve(name);
        write(file, original, weights());
        return file;
    }

    private Path hubFolder(String outIndices, String range) throws IOException {
        Map<String, int[]> shapes = new LinkedHashMap<>();
        Map<String, float[]> values = new LinkedHashMap<>();
        weights().forEach((name, numbers) -> {
            int[] shape = original.get(name);
            String hub = hubNames.get(name);
            if (!name.contains(".qkv.")) {
                shapes.put(hub, shape);
                values.put(hub, numbers);
                return;
            }
            String[] parts = {"query", "key", "value"};
            int third = numbers.length / 3;
            for (int part = 0; part < 3; part++) {
                String split = hub.replace("attention.attention..", "attention.attention." + parts[part] + ".");
                int[] rows = shape.clone();
                rows[0] /= 3;
                shapes.put(split, rows);
                values.put(split, java.util.Arrays.copyOfRange(numbers, part * third, (part + 1) * third));
            }
        });
        Path hub = Files.createDirectories(folder.resolve("hub"));
        write(hub.resolve("model.safetensors"), shapes, values);
        Files.writeString(hub.resolve("config.json"),
                """
                        {"model_type": "depth_anything", "backbone_config": {"model_type": "dinov2", "hidden_size": 64,
                         "num_attention_heads": 1, "num_hidden_layers": 12, "mlp_ratio": 2, "patch_size": 14, "image_size": 42,
                         "out_indices": %s, "apply_layernorm": true, "reshape_hidden_states": false}, "patch_size": 14,
                         "neck_hidden_sizes": [4, 8, 12, 16], "reassemble_hidden_size": 64, "reassemble_factors": [4, 2, 1, 0.5],
                         "fusion_hidden_size": 8, "head_hidden_size": 6, "head_in_index": -1%s}"""
                        .formatted(outIndices, range));
        Files.writeString(hub.resolve("preprocessor_config.json"),
                """
                        {"size": {"height": 518, "width": 518}, "keep_aspect_ratio": true, "ensure_multiple_of": 14, "resample": 3,
                         "do_rescale": true, "do_normalize": true, "image_mean": [0.485, 0.456, 0.406],
                         "image_std": [0.229, 0.224, 0.225]}""");
        return hub;
    }

    private static float[] depth(DepthEstimator estimator) {
        float[] pixels = new float[3 * 28 * 42];
        Random random = new Random(6);
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = random.nextFloat(-2, 2);
        }
        return estimator.run(new PreparedInput.Numbers(28, 42, FloatTensor.wrap(pixels, 3, 28, 42))).prediction()
                .values().toArray();
    }

    private void assertSameDepth(String name, String outIndices, String range, DepthKind kind) throws IOException {
        try (DepthEstimator one = CheckpointEstimator.ofFile(originalFile(name), OPTIONS, OnnxRuntimeEngine.instance());
                DepthEstimator other = new CheckpointEstimator(hubFolder(outIndices, range), OPTIONS,
                        OnnxRuntimeEngine.instance())) {
            float[] depth = depth(one);
            assertThat(depth).containsExactly(depth(other));
            assertThat(new java.util.TreeSet<>(
                    java.util.Arrays.asList(depth[0], depth[depth.length / 2], depth[depth.length - 1])))
                    .as("not constant").hasSizeGreaterThan(1);
            assertThat(one.description().kind()).isEqualTo(kind);
            assertThat(one.description().name()).isEqualTo(name);
        }
    }

    @Test
    void secondVersionTapsEveryThirdBlock() throws IOException {
        assertSameDepth("depth_anything_v2_vits.safetensors", "[3, 6, 9, 12]", "", DepthKind.AFFINE_INVERSE);
    }

    @Test
    void firstVersionTapsTheLastFourBlocks() throws IOException {
        assertSameDepth("depth_anything_vits14.safetensors", "[9, 10, 11, 12]", "", DepthKind.AFFINE_INVERSE);
    }

    @Test
    void rangeOfMetricModelsIsInferredFromTheirName() throws IOException {
        assertSameDepth("depth_anything_v2_metric_vkitti_vits.safetensors", "[3, 6, 9, 12]",
                ", \"depth_estimation_type\": \"metric\", \"max_depth\": 80", DepthKind.METRIC);
    }

    @Test
    void nameWithoutAVersionIsRejected() throws IOException {
        Path file = originalFile("weights.safetensors");
        assertThat(Catalogue.locate(file.toString())).isEqualTo(new ModelSource.CheckpointFile(file));
        assertThatThrownBy(() -> CheckpointEstimator.ofFile(file, OPTIONS, OnnxRuntimeEngine.instance()))
                .isInstanceOf(UsageException.class).hasMessageContainingAll("weights.safetensors", "depth_anything_v2");
        for (String version : List.of("1", "2")) {
            try (DepthEstimator estimator = CheckpointEstimator.ofFile(file,
                    OPTIONS.withModel(ModelOptions.of(Map.of("version", version, "max_depth", "3"))),
                    OnnxRuntimeEngine.instance())) {
                assertThat(estimator.description().kind()).isEqualTo(DepthKind.METRIC);
                assertThat(estimator.warnings()).isEmpty();
            }
        }
    }

    @Test
    void unknownTensorNamesAreRejected() throws IOException {
        original.remove("depth_head.projects.0.weight");
        Path file = originalFile("depth_anything_v2_vits.safetensors");
        assertThatThrownBy(() -> CheckpointEstimator.ofFile(file, OPTIONS, OnnxRuntimeEngine.instance()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("config.json");
    }

    @Test
    void missingPartIsNamed() throws IOException {
        original.remove("depth_head.scratch.layer1_rn.weight");
        Path file = originalFile("depth_anything_v2_vits.safetensors");
        assertThatThrownBy(() -> CheckpointEstimator.ofFile(file, OPTIONS, OnnxRuntimeEngine.instance()))
                .isInstanceOf(CheckpointException.class).hasMessageContaining("layer1_rn");
    }
}
