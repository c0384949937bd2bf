package fathom.weights.torch;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchFileTest {
    private static final ValueLayout.OfFloat FLOAT = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"state_zip.bin", "state_legacy.bin", "checkpoint_zip.pt"})
    void everyTensorOfTorchIsReadAsItWasSaved(String name) {
        JsonNode expected = JsonMapper.shared().readTree(TorchFixtures.golden("expected.json")).path("tensors");
        TorchFile file = TorchFixtures.read(TorchFixtures.golden(name));
        Map<String, TorchValue.Tensor> tensors = file.tensors();
        assertThat(tensors.keySet()).containsExactlyInAnyOrderElementsOf(expected.propertyNames());
        tensors.forEach((key, tensor) -> {
            JsonNode stored = expected.path(key);
            assertThat(tensor.type()).as(key)
                    .isEqualTo(TorchType.valueOf(stored.path("dtype").asString().toUpperCase(Locale.ROOT)));
            assertThat(tensor.shape()).as(key).containsExactly(ints(stored.path("shape")));
            assertThat(tensor.strides()).as(key).containsExactly(longs(stored.path("strides")));
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment bytes = file.bytes(tensor, arena);
                int index = 0;
                for (JsonNode value : stored.path("values")) {
                    assertThat(number(tensor.type(), bytes, index)).as(key + " " + index)
                            .isEqualTo(Double.valueOf(number(value)));
                    index++;
                }
                assertThat(tensor.elements()).isEqualTo(index);
            }
        });
    }

    @Test
    void contiguousTensorsAreUsedInPlace() {
        byte[] content = TorchFixtures.golden("state_zip.bin");
        Map<String, TorchValue.Tensor> tensors = TorchFixtures.read(content).tensors();
        TorchValue.Tensor bias = tensors.get("b.bias");
        assertThat(bias.isMappable()).isTrue();
        assertThat(bias.offset() % 64).isZero();
        assertThat(MemorySegment.ofArray(content).get(FLOAT, bias.offset())).isEqualTo(-0.29922357f);
        assertThat(tensors.get("view.transposed").isMappable()).isFalse();
        assertThat(tensors.get("shared.1").offset()).isEqualTo(tensors.get("shared.2").offset());
    }

    @Test
    void checkpointKeepsItsOtherValues() {
        TorchValue.Dictionary root = TorchFixtures.read(TorchFixtures.golden("checkpoint_zip.pt")).dictionary()
                .orElseThrow();
        assertThat(root.get("epoch")).contains(TorchValue.Whole.of(3));
        assertThat(root.get("lr")).contains(new TorchValue.Real(0.1));
        assertThat(root.get("name")).contains(new TorchValue.Text("x"));
        assertThat(root.get("opt")).contains(new TorchValue.None());
        assertThat(root.get("list")).get().isInstanceOfSatisfying(TorchValue.Items.class, list -> {
            assertThat(list.values()).hasSize(2).first().isEqualTo(TorchValue.Whole.of(1));
            assertThat(list.values().getLast()).isInstanceOfSatisfying(TorchValue.Items.class,
                    tuple -> assertThat(tuple.values()).containsExactly(TorchValue.Whole.of(2),
                            TorchValue.Whole.of(3)));
        });
    }

    @Test
    void shellCommandInAPickleStaysOpaqueAndIsNotRun() throws IOException {
        Path file = Files.write(folder.resolve("evil.bin"), TorchFixtures.golden("bad/evil_pickle_zip.bin"));
        TorchFile read = TorchFile.read(file);
        assertThat(read.tensors()).containsOnlyKeys("x");
        assertThat(read.dictionary().orElseThrow().get("evil")).containsInstanceOf(TorchValue.Opaque.class).get()
                .extracting(value -> ((TorchValue.Opaque) value).name()).isEqualTo("posix.system");
        assertThat(Path.of("pwned")).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource({"os,system", "builtins,eval", "builtins,getattr", "torch,load", "torch._utils,_rebuild_parameter2",
            "collections,OrderedDict.__init__", "numpy.core.multiarray,scalar", "torch,ComplexFloatStorage"})
    void everyOtherNameIsRejected(String module, String name) {
        for (byte[] pickle : List.of(
                new TorchFixtures.Pickle().raw(0x80, 2).global(module, name).raw(')', 'R', '.').done(),
                new TorchFixtures.Pickle().raw(0x80, 4).text(module).text(name).raw(0x93, '.').done())) {
            assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures.zip(Map.of("data.pkl", pickle), false)))
                    .isInstanceOf(TorchFormatException.class).hasMessageContaining(module + "." + name);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0x82, 0x83, 0x84, 'P', 0x97, 0x98, 0xff})
    void instructionsThatCreateObjectsAreRejected(int instruction) {
        byte[] pickle = new TorchFixtures.Pickle()
                .raw(0x80, 2, '(', ')', ')', ')', instruction, 'a', '\n', 'b', '\n', '.').done();
        assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures.zip(Map.of("data.pkl", pickle), false)))
                .isInstanceOf(TorchFormatException.class).hasMessageContaining("instruction");
    }

    @Test
    void bigEndianAndCompressedElementsAreConverted() {
        byte[] pickle = TorchFixtures.tensor(6, 1, new long[]{2, 2}, new long[]{1, 2}).done();
        float[] stored = {9, 1, 2, 3, 4, 5};
        for (boolean deflated : new boolean[]{false, true}) {
            for (ByteOrder order : new ByteOrder[]{ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN}) {
                TorchFile file = TorchFixtures.read(
                        TorchFixtures.zip(Map.of("data.pkl", pickle, "data/0", TorchFixtures.floats(order, stored),
                                "byteorder", (order == ByteOrder.BIG_ENDIAN ? "big" : "little")
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII)),
                                deflated));
                TorchValue.Tensor tensor = file.tensors().get("x");
                assertThat(tensor.isMappable()).isFalse();
                try (Arena arena = Arena.ofConfined()) {
                    assertThat(file.bytes(tensor, arena).toArray(FLOAT)).containsExactly(1, 3, 2, 4);
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"6,0,7,1", "6,6,1,1", "6,0,2,6", "6,0,2,4611686018427387903", "6,0,2147483648,0", "6,0,2147483647,0",
            "6,4611686018427387903,0,1", "7,0,6,1", "-1,0,6,1", "6,-1,6,1", "6,0,-6,1", "4611686018427387903,0,6,1"})
    void tensorOutsideItsStorageIsRejected(long elements, long start, long extent, long stride) {
        byte[] pickle = TorchFixtures.tensor(elements, start, new long[]{extent}, new long[]{stride}).done();
        byte[] content = TorchFixtures.zip(Map.of("data.pkl", pickle, "data/0", new byte[24]), false);
        assertThatThrownBy(() -> TorchFixtures.read(content)).isInstanceOf(TorchFormatException.class);
    }

    @Test
    void zipBombIsRejected() {
        byte[] pickle = TorchFixtures.tensor(6, 0, new long[]{6}, new long[]{1}).done();
        byte[] content = TorchFixtures.zip(Map.of("data.pkl", pickle, "data/0", new byte[24]), true);
        assertThat(TorchFixtures.read(content).tensors()).containsKey("x");
        byte[] bomb = TorchFixtures.zip(Map.of("data.pkl", new byte[65 << 20]), true);
        assertThatThrownBy(() -> TorchFixtures.read(bomb)).isInstanceOf(TorchFormatException.class)
                .hasMessageContaining("expected at most");
    }

    @Test
    void tooManyValuesAreRejected() {
        byte[] many = new byte[Unpickler.MAX_VALUES + 10];
        Arrays.fill(many, (byte) ']');
        assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures.zip(Map.of("data.pkl", many), true)))
                .isInstanceOf(TorchFormatException.class).hasMessageContaining("expected at most");
    }

    @Test
    void listInsideItselfIsRead() {
        byte[] pickle = new TorchFixtures.Pickle().raw(0x80, 2, ']', 'q', 0, 'h', 0, 'a', '.').done();
        TorchValue root = TorchFixtures.read(TorchFixtures.zip(Map.of("data.pkl", pickle), false)).root();
        assertThat(root).isInstanceOfSatisfying(TorchValue.Items.class,
                list -> assertThat(list.values().getFirst()).isSameAs(list));
    }

    @Test
    void programOrArchiveWithoutPickleIsNoCheckpoint() {
        assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures
                .zip(Map.of("data.pkl", new byte[]{'N', '.'}, "constants.pkl", new byte[]{'N', '.'}), false)))
                .hasMessageContaining("TorchScript");
        assertThatThrownBy(() -> TorchFixtures.read(TorchFixtures.zip(Map.of("other", new byte[1]), false)))
                .isInstanceOf(TorchFormatException.class).hasMessageContaining("data.pkl");
        assertThatThrownBy(
                () -> TorchFixtures.read(TorchFixtures.zip(Map.of("data.pkl", new byte[]{'N', '.'}), false)).tensors())
                .isInstanceOf(TorchFormatException.class).hasMessageContaining("state_dict");
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpt_hybrid_bin/pytorch_model.bin", "glpn/pytorch_model.bin", "moge2/model.pt"})
    void checkpointsOfWholeModelsContainTheirTensors(String name) throws IOException {
        Path file = Path.of(System.getProperty("fathom.goldens"), name);
        Map<String, TorchValue.Tensor> tensors = TorchFile.read(file).tensors();
        JsonNode names = JsonMapper.shared().readTree(Files.readAllBytes(file.resolveSibling("tensor_names.json")));
        assertThat(names.size()).isPositive();
        names.properties().forEach(entry -> {
            JsonNode shape = entry.getValue().path(1);
            assertThat(tensors).containsKey(entry.getKey());
            assertThat(tensors.get(entry.getKey()).shape()).as(entry.getKey()).containsExactly(ints(shape));
        });
    }

    private static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::asInt).toArray();
    }

    private static long[] longs(JsonNode list) {
        return list.valueStream().mapToLong(JsonNode::asLong).toArray();
    }

    private static double number(JsonNode value) {
        return switch (value.isString() ? value.asString() : "") {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> value.asDouble();
        };
    }

    private static double number(TorchType type, MemorySegment bytes, int index) {
        byte[] element = bytes.asSlice((long) index * type.bytes(), type.bytes()).toArray(ValueLayout.JAVA_BYTE);
        java.nio.ByteBuffer one = java.nio.ByteBuffer.wrap(element).order(ByteOrder.LITTLE_ENDIAN);
        return switch (type) {
            case FLOAT64 -> one.getDouble();
            case FLOAT32 -> one.getFloat();
            case FLOAT16 -> Float.float16ToFloat(one.getShort());
            case BFLOAT16 -> Float.intBitsToFloat(one.getShort() << 16);
            case INT64 -> one.getLong();
            case INT32 -> one.getInt();
            case INT16 -> one.getShort();
            case INT8 -> one.get();
            case UINT8, BOOL -> one.get() & 0xff;
        };
    }
}
