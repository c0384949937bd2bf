package fathom.inference;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

import fathom.models.UpstreamCheckpoint;
import fathom.raster.RgbImage;
import fathom.weights.Checkpoint;
import fathom.weights.CheckpointException;
import fathom.weights.Settings;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A valid checkpoint with one error at a time. The message names the file, the place, and what was expected and found. */
class BrokenCheckpointTest {
    @TempDir
    Path folder;

    private Path weights;

    @BeforeEach
    void copySoundCheckpoint() throws IOException {
        for (String name : new String[]{"config.json", "preprocessor_config.json", "model.safetensors"}) {
            Files.copy(GoldenFiles.path("dpt_vit/" + name), folder.resolve(name));
        }
        weights = folder.resolve("model.safetensors");
    }

    private ThrowingCallable opening() {
        return () -> Estimators.open(folder.toString(), EstimatorOptions.defaults().withThreads(1)).close();
    }

    private void edit(String file, UnaryOperator<String> change) throws IOException {
        Path path = folder.resolve(file);
        String before = Files.readString(path);
        String after = change.apply(before);
        assertThat(after).as("the edit changes something").isNotEqualTo(before);
        Files.writeString(path, after);
    }

    /** Changes the header of the weights but not the bytes of the tensors. */
    private void editHeader(UnaryOperator<String> change) throws IOException {
        byte[] bytes = Files.readAllBytes(weights);
        int length = (int) ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
        String before = new String(bytes, 8, length, StandardCharsets.UTF_8);
        String after = change.apply(before);
        assertThat(after).as("the edit changes something").isNotEqualTo(before);
        byte[] header = after.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + header.length + bytes.length - 8 - length)
                .order(ByteOrder.LITTLE_ENDIAN).putLong(header.length).put(header)
                .put(bytes, 8 + length, bytes.length - 8 - length);
        Files.write(weights, file.array());
    }

    @Test
    void soundCheckpointOpens() throws Throwable {
        opening().call();
    }

    @ParameterizedTest
    @CsvSource({"0", "7", "8", "500", "20000", "1000000", "1273987"})
    void truncatedWeights(int length) throws IOException {
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), length));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class).hasMessageContaining("model.safetensors")
                .hasMessageContaining("expected").hasMessageContaining("found");
    }

    @Test
    void tensorUnderAnotherNameIsMissing() throws IOException {
        editHeader(header -> header.replace("\"neck.convs.2.weight\"", "\"neck.convs.9.weight\""));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("tensor neck.convs.2.weight: expected [24, 32, 3, 3], found none");
    }

    @Test
    void wrongShape() throws IOException {
        editHeader(header -> header.replaceFirst("\"neck.convs.2.weight\":\\{\"dtype\":\"F32\",\"shape\":\\[24,32,3,3]",
                "\"neck.convs.2.weight\":{\"dtype\":\"F32\",\"shape\":[32,24,3,3]"));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class).hasMessageContaining("model.safetensors")
                .hasMessageContaining("tensor neck.convs.2.weight: expected [24, 32, 3, 3], found [32, 24, 3, 3]");
    }

    @Test
    void headerOfAHundredMegabytes() throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.writeLong(Long.reverseBytes(100_000_000));
            file.setLength(100_000_016);
        }
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class).hasMessageContaining("found 100000000");
    }

    @ParameterizedTest
    @CsvSource({"7FC00000, NaN", "7F800000, Infinity", "FF800000, -Infinity"})
    void weightThatIsNotFinite(String bits, String found) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(weights.toFile(), "rw")) {
            file.seek(file.length() - 4);
            file.writeInt(Integer.reverseBytes(Integer.parseUnsignedInt(bits, 16)));
        }
        RgbImage picture = RgbImage.allocate(96, 96);
        for (int use = 1; use <= 2; use++) {
            assertRefused(estimator -> estimator.estimate(picture), found);
            assertRefused(DepthEstimator::description, found);
        }
        EstimatorOptions eightBits = EstimatorOptions.defaults().withThreads(1)
                .withPrecision(new Precision.Int8("test", () -> List.of(picture)));
        assertThatThrownBy(() -> Estimators.open(folder.toString(), eightBits)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected finite weights, found " + found);
    }

    private void assertRefused(Consumer<DepthEstimator> use, String found) {
        try (DepthEstimator estimator = Estimators.open(folder.toString(),
                EstimatorOptions.defaults().withThreads(1))) {
            assertThatThrownBy(() -> use.accept(estimator)).isInstanceOf(CheckpointException.class)
                    .hasMessageContaining("model.safetensors").hasMessageContaining("tensor ")
                    .hasMessageContaining("expected finite weights, found " + found);
        }
    }

    /** The session cannot be opened without the file; the failure of the model is reported, not that of the picture. */
    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "a mapped file cannot be deleted")
    void weightsThatCannotBeReadWhileTheModelRuns() throws IOException {
        Settings config = Settings.read(folder.resolve("config.json"));
        UpstreamCheckpoint parts = new UpstreamCheckpoint(config,
                Settings.read(folder.resolve("preprocessor_config.json")), Checkpoint.open(folder));
        Files.delete(weights);
        EstimatorOptions options = EstimatorOptions.defaults().withThreads(1);
        try (CheckpointEstimator estimator = new CheckpointEstimator(parts, options, Engines.on(options.device()))) {
            RgbImage picture = RgbImage.allocate(96, 96);
            assertThatThrownBy(() -> estimator.estimate(picture)).isInstanceOf(CheckpointException.class)
                    .hasMessageContaining(folder + ": expected readable weights, found ")
                    .hasMessageContaining("NoSuchFileException").hasMessageContaining("model.safetensors");
            assertThatThrownBy(estimator::description).isInstanceOf(UncheckedIOException.class)
                    .hasMessageContaining("reading the weights of " + folder);
        }
    }

    @Test
    void closedEstimatorDoesNotRun() {
        DepthEstimator estimator = Estimators.open(folder.toString(), EstimatorOptions.defaults().withThreads(1));
        PreparedInput input = estimator.prepare(RgbImage.allocate(96, 96));
        estimator.close();
        assertThatThrownBy(() -> estimator.run(input)).isInstanceOf(IllegalStateException.class)
                .hasMessage("the estimator is closed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"model_type\": \"dpt\"         | \"model_type\": \"dqt\"      | model_type: expected one of",
            "\"model_type\": \"dpt\",        | ``                           | expected the field model_type",
            "\"hidden_size\": 48             | \"hidden_size\": 50          | num_attention_heads: expected a divisor of hidden_size 50",
            "\"hidden_size\": 48             | \"hidden_size\": 52          | expected [52,",
            "\"hidden_size\": 48             | \"hidden_size\": \"48\"      | hidden_size: expected an integer",
            "\"num_hidden_layers\": 6        | \"num_hidden_layers\": 5     | backbone_out_indices: expected 4 different layers of 5",
            "\"num_hidden_layers\": 6        | \"num_hidden_layers\": 7     | tensor dpt.encoder.layer.6.",
            "\"image_size\": 96              | \"image_size\": 100          | image_size: expected a multiple of patch_size 16",
            "\"image_size\": 96              | \"image_size\": 112          | position_embeddings: expected [1, 50, 48], found [1, 37, 48]",
            "\"readout_type\": \"project\"   | \"readout_type\": \"keep\"   | readout_type: expected ignore, add or project",
            "\"head_in_index\": -1           | \"head_in_index\": 4         | head_in_index",
            "\"hidden_act\": \"gelu\"        | \"hidden_act\": \"swish\"    | hidden_act: expected gelu, found swish",
            "\"fusion_hidden_size\": 24      | \"fusion_hidden_size\": 0    | fusion_hidden_size: expected an integer of at least 1, found 0"})
    void settingsThatAreWrongOrContradict(String from, String to, String message) throws IOException {
        edit("config.json", text -> text.replace(from.strip(), to.strip()));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class).hasMessageContaining(folder.toString())
                .hasMessageContaining(message.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "\"size\": 96     | \"size\": 0              | size: expected an integer of at least 1 and at most 4096, found 0",
            "\"size\": 96     | \"size\": {\"height\": 9} | size: expected the field size.width",
            "\"resample\": 2  | \"resample\": 9          | resample: expected a number of Pillow's kernels",
            "\"image_std\": [ | \"image_std\": [1,       | image_std: expected three numbers"})
    void preprocessorThatIsWrong(String from, String to, String message) throws IOException {
        edit("preprocessor_config.json", text -> text.replace(from.strip(), to.strip()));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("preprocessor_config.json")
                .hasMessageContaining(message.strip().replace("size: expected the field", "expected the field"));
    }

    @Test
    void missingFilesAreNamed() throws IOException {
        Files.delete(folder.resolve("preprocessor_config.json"));
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("preprocessor_config.json").hasMessageContaining("no such file");
        Files.delete(weights);
        assertThatThrownBy(opening()).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("expected weights in model.safetensors");
    }

    @Test
    void weightsBehindASymbolicLinkRun() throws Throwable {
        Path blobs = Files.createDirectory(folder.resolve("blobs"));
        Files.move(weights, blobs.resolve("0123abcd"));
        Files.createSymbolicLink(weights, Path.of("blobs", "0123abcd"));
        opening().call();
    }
}
