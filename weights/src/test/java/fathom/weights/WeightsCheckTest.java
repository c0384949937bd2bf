package fathom.weights;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;

import fathom.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static fathom.weights.SafetensorsFiles.floats;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class WeightsCheckTest {
    /** The size of the blocks of a pass; tensors of these tests are larger. */
    private static final int BLOCK = 1 << 17;

    @TempDir
    Path folder;

    private Path weights() {
        return folder.resolve("model.safetensors");
    }

    /** Writes a tensor of one axis, after {@code before} bytes of another one, so that its alignment varies. */
    private void write(String type, int before, byte[] data, int size) throws IOException {
        String header = "{'a':{'dtype':'U8','shape':[B],'data_offsets':[0,B]},'w':{'dtype':'T','shape':[N],"
                + "'data_offsets':[B,E]}}";
        byte[] all = new byte[before + data.length];
        System.arraycopy(data, 0, all, before, data.length);
        SafetensorsFiles.write(weights(),
                header.replace('\'', '"').replace("[B]", "[" + before + "]").replace("B", "" + before)
                        .replace("\"T\"", "\"" + type + "\"").replace("[N]", "[" + data.length / size + "]")
                        .replace("E]", before + data.length + "]"),
                all);
    }

    private static String check(Checkpoint checkpoint) {
        try (WeightsCheck check = checkpoint.startCheck()) {
            return check.hash();
        }
    }

    /** Overwrites bytes in the file, whose size and modification time stay, so that its record stays valid. */
    private void changeUnnoticed(int at, byte... bytes) throws IOException {
        FileTime time = Files.getLastModifiedTime(weights());
        byte[] content = Files.readAllBytes(weights());
        System.arraycopy(bytes, 0, content, content.length - at, bytes.length);
        Files.write(weights(), content);
        Files.setLastModifiedTime(weights(), time);
    }

    @Test
    void hashIsThatOfTheFiles() throws IOException {
        Checkpoint shards = Checkpoint.open(SafetensorsTest.golden("sharded"));
        try (WeightsCheck check = shards.startCheck()) {
            assertThat(check.hashes()).hasSize(2);
            assertThat(check.hash()).isEqualTo(WeightsHash.of(shards.files()));
        }
        write("F32", 3, floats(new float[BLOCK]), Float.BYTES);
        assertThat(check(Checkpoint.open(folder))).isEqualTo(WeightsHash.of(Files.readAllBytes(weights())));
    }

    /** A number that is not finite in each position around the border of two blocks, of all types and alignments. */
    @ParameterizedTest
    @CsvSource({"F32, 000080ff", "F32, 0100807f", "F16, 007c", "F16, 01fe", "BF16, 80ff", "BF16, c07f",
            "F64, 000000000000f07f", "F64, 000000000000f8ff", "F64, 000000f0ffffef47"})
    void numberThatIsNotFiniteIsFoundAroundTheEndOfABlock(String type, String hex) throws IOException {
        byte[] number = HexFormat.of().parseHex(hex);
        int size = number.length;
        FloatRanges ranges;
        for (int shift = 0; shift < size; shift++) {
            byte[] data = new byte[3 * BLOCK / size * size];
            write(type, 8 + shift, data, size);
            List<StoredTensor> tensors = Safetensors.read(weights());
            ranges = FloatRanges.of(tensors);
            long start = tensors.getLast().offset();
            assertThat(WeightsPass.read(weights(), ranges, () -> false).finite()).as("zeros").isTrue();
            byte[] file = Files.readAllBytes(weights());
            int around = (int) ((BLOCK - start) / size);
            for (int element : new int[]{0, around - 1, around, around + 1, data.length / size - 1}) {
                byte[] broken = file.clone();
                System.arraycopy(number, 0, broken, (int) start + element * size, size);
                Files.write(weights(), broken);
                WeightsPass.Result pass = WeightsPass.read(weights(), ranges, () -> false);
                assertThat(pass.finite()).as("element %d, shift %d", element, shift).isFalse();
                assertThat(pass.hash()).isEqualTo(WeightsHash.of(broken));
                Checkpoint checkpoint = Checkpoint.open(folder, Long.MAX_VALUE);
                checkpoint.find("w");
                assertThatThrownBy(() -> check(checkpoint)).isInstanceOf(CheckpointException.class)
                        .hasMessageContaining("model.safetensors: tensor w: expected finite weights, found ")
                        .hasMessageContaining(" at element " + element + " of [" + data.length / size + "]");
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"F32, ffff7f7f", "F32, ffff7fff", "F16, ff7b", "F16, fffb", "BF16, 7f7f", "BF16, 7fff",
            "F64, 000000e0ffffef47"})
    void largestFiniteNumbersAreAccepted(String type, String hex) throws IOException {
        byte[] number = HexFormat.of().parseHex(hex);
        int size = StoredType.ofName(type).orElseThrow().bytes();
        byte[] data = new byte[7 * size];
        for (int i = 0; i < data.length; i += number.length) {
            System.arraycopy(number, 0, data, i, number.length);
        }
        write(type, 1, data, size);
        assertThat(check(Checkpoint.open(folder, Long.MAX_VALUE))).hasSize(64);
    }

    @Test
    void onlyRequestedTensorsMustBeFinite() throws IOException {
        SafetensorsFiles.write(weights(), "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}", floats(1, Float.NaN));
        Checkpoint first = Checkpoint.open(folder);
        first.find("a");
        assertThat(check(first)).hasSize(64);
        Checkpoint second = Checkpoint.open(folder);
        second.find("b");
        assertThatThrownBy(() -> check(second)).hasMessageContaining("tensor b: expected finite weights, found NaN");
        assertThatThrownBy(() -> check(Checkpoint.open(folder))).hasMessageContaining("tensor b");
    }

    @Test
    void checkedFileIsNotReadAgain() throws IOException {
        write("F32", 1, floats(new float[BLOCK]), Float.BYTES);
        String hash = check(Checkpoint.open(folder));
        changeUnnoticed(4, floats(Float.NaN));
        assertThat(check(Checkpoint.open(folder))).as("neither hashed nor checked").isEqualTo(hash);
        Files.setLastModifiedTime(weights(), FileTime.fromMillis(1_000_000));
        assertThatThrownBy(() -> check(Checkpoint.open(folder))).hasMessageContaining("found NaN");
    }

    /** Earlier versions stored the hash only. */
    @Test
    void knownHashIsKeptAndTheWeightsAreChecked() throws IOException {
        write("F32", 1, floats(new float[9]), Float.BYTES);
        String hash = WeightsHash.of(List.of(weights()));
        Path place = FileRecord.placeOf(weights());
        Files.writeString(place, hash);
        changeUnnoticed(8, floats(Float.NaN));
        assertThatThrownBy(() -> check(Checkpoint.open(folder))).hasMessageContaining("found NaN at element 7 of [9]");
        changeUnnoticed(8, floats(1));
        assertThat(check(Checkpoint.open(folder))).isEqualTo(hash);
        assertThat(Files.readAllLines(place)).hasSize(2).first().isEqualTo(hash);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc\n", "HASH\nfinite F32 0\n", "HASH\nfinite F31 0 4\n", "HASH\nfinite F32 0 x\n",
            "HASH\nfine F32 0 4\n", "HASH\nfinite F32 0 12\n"})
    void damagedRecordIsNotTrusted(String record) throws IOException {
        write("F32", 1, floats(1, 2, 3, Float.NaN), Float.BYTES);
        String hash = WeightsHash.of(Files.readAllBytes(weights()));
        Path place = FileRecord.placeOf(weights());
        Files.createDirectories(place.resolveSibling(""));
        Files.writeString(place, record.replace("HASH", hash));
        assertThatThrownBy(() -> check(Checkpoint.open(folder))).hasMessageContaining("found NaN");
    }

    @Test
    void halfPrecisionIsCheckedWhileItIsConverted() throws IOException {
        write("F16", 1, new byte[64], 2);
        Checkpoint checkpoint = Checkpoint.open(folder, 1);
        StoredTensor wide = checkpoint.require("w", Shape.of(32));
        assertThat(FileRecord.at(FileRecord.placeOf(wide.file())).finite().contain(FloatRanges.of(List.of(wide))))
                .isTrue();
        assertThat(check(checkpoint)).isEqualTo(WeightsHash.of(Files.readAllBytes(weights())));
        write("F16", 2, new byte[]{0, 0, 0, 0x7C}, 2);
        Checkpoint infinite = Checkpoint.open(folder, 1);
        infinite.require("w", Shape.of(2));
        assertThatThrownBy(() -> check(infinite)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor w: expected finite weights, found Infinity at element 1 of [2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state_zip.bin", "state_legacy.bin"})
    void weightsOfTorchAreChecked(String golden) throws Exception {
        Path file = folder.resolve("weights.pt");
        Files.copy(SafetensorsTest.golden(golden), file);
        assertThatThrownBy(() -> check(Checkpoint.openFile(file))).hasMessageContaining("Infinity at element 3");
        Checkpoint checkpoint = Checkpoint.openFile(file);
        StoredTensor tensor = inFile(checkpoint, "a.weight");
        assertThat(check(checkpoint)).isEqualTo(WeightsHash.of(Files.readAllBytes(file)));
        assertThat(FileRecord.at(FileRecord.placeOf(file)).finite()).isEqualTo(FloatRanges.of(List.of(tensor)));
        byte[] content = Files.readAllBytes(file);
        Arrays.fill(content, (int) tensor.offset(), (int) tensor.offset() + 4, (byte) 0xFF);
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
        Checkpoint broken = Checkpoint.openFile(file);
        inFile(broken, "a.weight");
        assertThatThrownBy(() -> check(broken)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor a.weight: expected finite weights, found NaN at element 0");
    }

    /** Requests a tensor whose elements are mapped. */
    private static StoredTensor inFile(Checkpoint checkpoint, String name) {
        StoredTensor tensor = checkpoint.find(name).orElseThrow();
        assertThat(tensor.copy()).isEmpty();
        return tensor;
    }

    /** Views of one storage overlap; tensors of two types may. */
    @Test
    void rangesAreMergedByTypeAndAlignment() {
        StoredTensor whole = new StoredTensor("a", StoredType.F32, Shape.of(4), weights(), 8);
        StoredTensor part = new StoredTensor("b", StoredType.F32, Shape.of(2), weights(), 16);
        StoredTensor next = new StoredTensor("c", StoredType.F32, Shape.of(2), weights(), 24);
        StoredTensor shifted = new StoredTensor("d", StoredType.F32, Shape.of(2), weights(), 18);
        StoredTensor half = new StoredTensor("e", StoredType.F16, Shape.of(2), weights(), 8);
        StoredTensor integer = new StoredTensor("f", StoredType.I32, Shape.of(2), weights(), 8);
        StoredTensor empty = new StoredTensor("g", StoredType.F32, Shape.of(0), weights(), 100);
        FloatRanges ranges = FloatRanges.of(List.of(next, shifted, part, integer, whole, half, empty));
        assertThat(ranges.ranges()).containsExactly(new FloatRanges.Range(StoredType.F32, 8, 32),
                new FloatRanges.Range(StoredType.F32, 18, 26), new FloatRanges.Range(StoredType.F16, 8, 12));
        assertThat(ranges.contain(FloatRanges.of(List.of(part, half)))).isTrue();
        assertThat(ranges.contain(FloatRanges.NONE)).isTrue();
        assertThat(FloatRanges.of(List.of(whole, next)).contain(FloatRanges.of(List.of(shifted)))).isFalse();
        assertThat(FloatRanges.of(List.of(whole)).contain(FloatRanges.of(List.of(next)))).isFalse();
        assertThat(FloatRanges.of(List.of(whole)).and(FloatRanges.of(List.of(next))))
                .isEqualTo(FloatRanges.of(List.of(whole, part, next)));
    }

    @Test
    void fileThatCannotBeReadIsAFailureOfTheCheckpoint() throws IOException {
        write("F32", 1, floats(1, 2), Float.BYTES);
        Checkpoint checkpoint = Checkpoint.open(folder);
        Files.delete(weights());
        try (WeightsCheck check = checkpoint.startCheck()) {
            assertThatThrownBy(check::await).isInstanceOf(UncheckedIOException.class)
                    .hasMessage("reading the weights of " + folder).hasCauseInstanceOf(NoSuchFileException.class);
        }
    }

    @Test
    void fileThatWasTruncatedAfterItWasOpenedIsNotFinite() throws IOException {
        write("F32", 1, floats(1, 2), Float.BYTES);
        FloatRanges ranges = FloatRanges.of(Safetensors.read(weights()));
        Files.write(weights(), Arrays.copyOf(Files.readAllBytes(weights()), 60));
        assertThatThrownBy(() -> WeightsPass.read(weights(), ranges, () -> false)).isInstanceOf(EOFException.class)
                .hasMessageContaining("bytes, found 60");
    }

    @Test
    void closedCheckEndsItsThreadAndHasNoResult() throws IOException {
        write("F32", 1, floats(new float[64 * BLOCK]), Float.BYTES);
        Checkpoint checkpoint = Checkpoint.open(folder);
        WeightsCheck check = checkpoint.startCheck();
        check.close();
        check.close();
        assertThat(Thread.getAllStackTraces().keySet()).as("threads in the check")
                .noneMatch(thread -> thread.getName().equals("weights-check") && List.of(thread.getStackTrace())
                        .stream().anyMatch(frame -> frame.getClassName().equals(WeightsPass.class.getName())));
        assertThatThrownBy(() -> WeightsPass.read(weights(), FloatRanges.NONE, () -> true))
                .isInstanceOf(CancellationException.class);
    }

    @Test
    void waitingThreadKeepsItsInterruption() throws IOException {
        write("F32", 1, floats(1, 2), Float.BYTES);
        Checkpoint checkpoint = Checkpoint.open(folder);
        Thread.currentThread().interrupt();
        String hash = check(checkpoint);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(hash).isEqualTo(WeightsHash.of(Files.readAllBytes(weights())));
    }

    @Test
    void tensorsInMemoryAreChecked() throws IOException {
        write("F32", 1, floats(1, 2), Float.BYTES);
        StoredTensor copied = new StoredTensor("c", StoredType.F32, Shape.of(2), weights(), 0,
                Optional.of(MemorySegment.ofArray(floats(1, Float.NaN))));
        Checkpoint checkpoint = Checkpoint.open(folder).withTensors(Map.of("c", copied));
        checkpoint.find("c");
        assertThatThrownBy(() -> check(checkpoint))
                .hasMessageContaining("tensor c: expected finite weights, found NaN");
    }
}
