package fathom.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import fathom.graph.Shape;
import fathom.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static fathom.weights.SafetensorsFiles.floats;
import static fathom.weights.SafetensorsFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CheckpointTest {
    @TempDir
    Path folder;

    private Checkpoint single(String header, byte[] data) throws IOException {
        write(folder.resolve("model.safetensors"), header.replace('\'', '"'), data);
        return Checkpoint.open(folder);
    }

    @Test
    void everyTypeOfTheGoldenIsReadToTheBit() throws Exception {
        Files.copy(SafetensorsTest.golden("all.safetensors"), folder.resolve("model.safetensors"));
        JsonNode expected = JsonMapper.shared().readTree(Files.readAllBytes(SafetensorsTest.golden("expected.json")))
                .get("tensors");
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertThat(checkpoint.tensors()).hasSizeGreaterThan(12);
        for (StoredTensor tensor : checkpoint.tensors()) {
            JsonNode values = expected.get(tensor.name()).get("values");
            float[] floats = checkpoint.floats(tensor);
            assertThat(floats).as(tensor.name()).hasSize(values.size());
            for (int i = 0; i < floats.length; i++) {
                double value = number(values.get(i));
                assertThat(floats[i]).as(tensor.name()).isEqualTo(Float.valueOf((float) value));
            }
        }
    }

    @Test
    void shardsAreReadThroughTheirIndex() throws Exception {
        Checkpoint checkpoint = Checkpoint.open(SafetensorsTest.golden("sharded"));
        assertThat(checkpoint.files()).hasSize(2);
        assertThat(checkpoint.floats(checkpoint.require("b.bias", Shape.of(5)))[0]).isEqualTo(-0.29922357f);
        assertThat(checkpoint.parameters()).isEqualTo(29);
    }

    @Test
    void missingShardIsNamed() throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"w\":\"one.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("one.safetensors").hasMessageContaining("no such file");
    }

    @Test
    void shardThatLinksToItselfIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("one.safetensors"), Path.of("one.safetensors"));
        Files.writeString(folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"w\":\"one.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("one.safetensors: expected weights, found a broken link");
    }

    @Test
    void missingFolderIsNamed() {
        assertThatThrownBy(() -> Checkpoint.open(folder.resolve("unet"))).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("unet: expected weights in model.safetensors")
                .hasMessageContaining("found no such folder");
    }

    @Test
    void shardWithoutItsTensorIsNamed() throws IOException {
        write(folder.resolve("one.safetensors"), "{}", new byte[0]);
        Files.writeString(folder.resolve("model.safetensors.index.json"),
                "{\"weight_map\":{\"w\":\"one.safetensors\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("one.safetensors")
                .hasMessageContaining("tensor w");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../one.safetensors", "/etc/passwd", "a/b.safetensors", "..", ".", "", "a\\u0000b"})
    void indexMustStayInItsFolder(String file) throws IOException {
        Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"w\":\"" + file + "\"}}");
        assertThatThrownBy(() -> Checkpoint.open(folder)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("a file next to the index");
    }

    @Test
    void folderWithoutWeightsListsItsContent() throws IOException {
        Files.writeString(folder.resolve("notes.txt"), "");
        assertThatThrownBy(() -> Checkpoint.open(folder)).hasMessageContaining("expected weights in model.safetensors")
                .hasMessageContaining("found notes.txt");
    }

    @Test
    void missingTensorAndWrongShapeNameFileTensorExpectedAndFound() throws IOException {
        Checkpoint checkpoint = single("{'w':{'dtype':'F32','shape':[2,2],'data_offsets':[0,16]}}", floats(1, 2, 3, 4));
        assertThatThrownBy(() -> checkpoint.require("v", Shape.of(3))).isInstanceOf(CheckpointException.class)
                .hasMessageContaining(folder.toString()).hasMessageContaining("tensor v: expected [3], found none");
        assertThatThrownBy(() -> checkpoint.require("w", Shape.of(4))).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.safetensors").hasMessageContaining("tensor w: expected [4], found [2, 2]");
    }

    @Test
    void integerWeightsAreRejectedWhereFloatsAreExpected() throws IOException {
        Checkpoint checkpoint = single("{'w':{'dtype':'I32','shape':[2],'data_offsets':[0,8]}}", floats(0, 0));
        assertThatThrownBy(() -> checkpoint.require("w", Shape.of(2)))
                .hasMessageContaining("expected floating-point numbers, found I32");
    }

    @ParameterizedTest
    @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
    void nonFiniteWeightIsFoundAndNamed(float bad) throws IOException {
        float[] values = new float[10_000];
        values[9_001] = bad;
        Checkpoint checkpoint = single(
                "{'good':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},"
                        + "'w':{'dtype':'F32','shape':[100,100],'data_offsets':[4,40004]}}",
                concat(floats(3e38f), floats(values)));
        assertThatThrownBy(checkpoint::requireFinite).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("model.safetensors")
                .hasMessageContaining("tensor w: expected finite weights, found " + bad + " at element 9001");
    }

    @ParameterizedTest
    @ValueSource(strings = {"F16 007c", "BF16 807f", "F64 000000000000f07f", "F16 007e", "F32 000080ff"})
    void nonFiniteWeightsOfEveryTypeAreFound(String typeAndBytes) throws IOException {
        String[] parts = typeAndBytes.split(" ");
        byte[] bytes = java.util.HexFormat.of().parseHex(parts[1]);
        Checkpoint checkpoint = single(
                "{'w':{'dtype':'" + parts[0] + "','shape':[1],'data_offsets':[0," + bytes.length + "]}}", bytes);
        assertThatThrownBy(checkpoint::requireFinite).hasMessageContaining("at element 0");
    }

    @Test
    void largestAndSmallestFiniteWeightsAreAccepted() throws IOException {
        Checkpoint checkpoint = single("{'w':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}}",
                floats(Float.MAX_VALUE, -Float.MAX_VALUE, Float.MIN_VALUE, -0f));
        checkpoint.requireFinite();
        assertThat(checkpoint.floats(checkpoint.require("w", Shape.of(4)))).contains(Float.MAX_VALUE);
    }

    @Test
    void float32StaysInItsFileAndHalfPrecisionIsConverted() throws IOException {
        Checkpoint checkpoint = single(
                "{'h':{'dtype':'F16','shape':[2],'data_offsets':[0,4]},"
                        + "'w':{'dtype':'F32','shape':[2],'data_offsets':[4,12]}}",
                concat(new byte[]{0, 0x3C, 0, (byte) 0xC0}, floats(5, 6)));
        Tensor external = checkpoint.graphTensor(checkpoint.require("w", Shape.of(2)));
        assertThat(external.content()).isInstanceOfSatisfying(Tensor.External.class, content -> {
            assertThat(checkpoint.externalRoot().resolve(content.location()))
                    .isEqualTo(folder.resolve("model.safetensors"));
            assertThat(content.length()).isEqualTo(8);
        });
        assertThat(checkpoint.graphTensor(checkpoint.require("h", Shape.of(2))).content())
                .isEqualTo(Tensor.Inline.of(new float[]{1, -2}));
    }

    @Test
    void largeHalfPrecisionWeightsAreConvertedOnceToAMappedFile() throws Exception {
        Files.copy(SafetensorsTest.golden("all.safetensors"), folder.resolve("model.safetensors"));
        Checkpoint plain = Checkpoint.open(folder);
        Checkpoint widened = Checkpoint.open(folder, 1);
        for (StoredTensor tensor : plain.tensors()) {
            if (tensor.type().isFloat()) {
                StoredTensor wide = widened.require(tensor.name(), tensor.shape());
                assertThat(wide.type()).isEqualTo(StoredType.F32);
                assertThat(widened.floats(wide)).containsExactly(plain.floats(tensor));
                assertThat(widened.graphTensor(wide).content()).isInstanceOf(Tensor.External.class);
            }
        }
        assertThat(widened.files()).isEqualTo(plain.files());
        Path copy = widened.tensors().stream().filter(tensor -> tensor.name().equals("f16")).findFirst().orElseThrow()
                .file();
        assertThat(copy).isNotEqualTo(plain.files().getFirst());
        Object written = Files.getLastModifiedTime(copy);
        Checkpoint.open(folder, 1);
        assertThat(Files.getLastModifiedTime(copy)).as("not written again").isEqualTo(written);
        Files.write(copy, new byte[]{1, 2, 3});
        Checkpoint again = Checkpoint.open(folder, 1);
        StoredTensor half = again.require("f16", plain.tensors().stream().filter(tensor -> tensor.name().equals("f16"))
                .findFirst().orElseThrow().shape());
        assertThat(again.floats(half)).as("a damaged copy is made again").hasSize((int) half.shape().elements());
        List<DerivedFiles.Derived> derived = DerivedFiles.of(folder);
        assertThat(derived).extracting(DerivedFiles.Derived::file).containsExactly(copy);
        assertThat(derived.getFirst().sources()).isEqualTo(plain.files());
        assertThat(DerivedFiles.remove(derived)).isEqualTo(derived.getFirst().bytes()).isPositive();
        assertThat(copy).doesNotExist();
        assertThat(DerivedFiles.of(folder)).isEmpty();
    }

    @Test
    void symbolicLinkIsFollowedToTheRealFile() throws IOException {
        Path blobs = Files.createDirectories(folder.resolve("models--a--b/blobs"));
        Path blob = write(blobs.resolve("0123"), "{\"w\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}",
                floats(1));
        Path snapshot = Files.createDirectories(folder.resolve("models--a--b/snapshots/0"));
        Files.createSymbolicLink(snapshot.resolve("model.safetensors"), Path.of("../../blobs/0123"));
        assertThat(Checkpoint.open(snapshot).files()).containsExactly(blob.toRealPath());
    }

    static double number(JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue() ? 1 : 0;
        }
        return node.isNumber()
                ? node.doubleValue()
                : Double.parseDouble(node.stringValue().replace("inf", "Infinity").replace("nan", "NaN"));
    }

    private static byte[] concat(byte[] a, byte[] b) {
        byte[] both = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }
}
