package fathom.weights;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;

import fathom.graph.Shape;
import fathom.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Files of {@code goldens/keras}, whose tensors count in eighths. */
class KerasFileTest {
    @TempDir
    Path folder;

    private static Path file(String name) {
        return Path.of(System.getProperty("fathom.goldens"), "keras", name);
    }

    private static void assertCounting(Checkpoint checkpoint, String name, int... shape) {
        float[] values = checkpoint.floats(checkpoint.require(name, Shape.of(shape)));
        for (int i = 0; i < values.length; i++) {
            assertThat(values[i]).as(name).isEqualTo(i / 8f);
        }
    }

    /** Requires that a kernel [height, width, in, out] counts from its last axis, regardless of how it is stored. */
    private static void assertKernelCounting(Checkpoint checkpoint, String name, int height, int width, int in,
            int out) {
        float[] values = checkpoint.floats(checkpoint.require(name, Shape.of(out, in, height, width)));
        int at = 0;
        for (int o = 0; o < out; o++) {
            for (int i = 0; i < in; i++) {
                for (int place = 0; place < height * width; place++) {
                    assertThat(values[at++]).as(name).isEqualTo(((place * in + i) * out + o) / 8f);
                }
            }
        }
    }

    @Test
    void wholeModelGivesLayersSettingsAndWeights() throws IOException {
        KerasFile keras = KerasFile.read(file("whole.h5"));
        assertThat(keras.layers()).containsExactly("input_1", "block/conv", "norm", "dense");
        assertThat(keras.settings().orElseThrow().object("config").orElseThrow().text("name")).isEqualTo("net");
        assertThat(keras.tensors()).extracting(StoredTensor::name).containsExactly("block/conv/kernel",
                "block/conv/bias", "norm/gamma", "norm/moving_mean", "norm/moving_variance", "dense/kernel");
        Checkpoint checkpoint = Checkpoint.openFile(file("whole.h5"));
        assertKernelCounting(checkpoint, "block/conv/kernel", 2, 3, 4, 5);
        assertCounting(checkpoint, "block/conv/bias", 5);
        assertCounting(checkpoint, "norm/gamma", 5);
        assertCounting(checkpoint, "norm/moving_mean", 5);
        assertCounting(checkpoint, "norm/moving_variance", 5);
        assertCounting(checkpoint, "dense/kernel", 5, 3);
        assertThat(checkpoint.files()).containsExactly(file("whole.h5").toRealPath());
    }

    @Test
    void contiguousElementsStayInTheFile() throws IOException {
        for (String name : List.of("whole.h5", "packed.hdf5")) {
            Checkpoint checkpoint = Checkpoint.openFile(file(name));
            StoredTensor bias = checkpoint.require(name.equals("whole.h5") ? "block/conv/bias" : "third/bias",
                    name.equals("whole.h5") ? Shape.of(5) : Shape.of(6));
            assertThat(checkpoint.graphTensor(bias).content()).isInstanceOf(Tensor.External.class);
            assertThat(checkpoint.floats(bias)).startsWith(0, 0.125f, 0.25f);
        }
    }

    @Test
    void compressedWeightsAndSplitNamesAreRead() throws IOException {
        KerasFile keras = KerasFile.read(file("packed.hdf5"));
        assertThat(keras.layers()).containsExactly("first", "second", "third");
        assertThat(keras.settings()).isEmpty();
        Checkpoint checkpoint = Checkpoint.openFile(file("packed.hdf5"));
        assertKernelCounting(checkpoint, "first/kernel", 3, 3, 2, 40);
        assertKernelCounting(checkpoint, "second/kernel", 1, 1, 2, 3);
        assertCounting(checkpoint, "third/bias", 6);
    }

    @Test
    void largeWeightsInAnotherOrderAreStoredOnceInAMappedFile() throws IOException {
        Path copied = Files.copy(file("whole.h5"), folder.resolve("whole.h5"));
        Checkpoint checkpoint = Checkpoint.ofKeras(copied, KerasFile.read(copied), 1);
        assertKernelCounting(checkpoint, "block/conv/kernel", 2, 3, 4, 5);
        StoredTensor kernel = checkpoint.require("block/conv/kernel", Shape.of(5, 4, 2, 3));
        assertThat(kernel.copy()).isEmpty();
        assertThat(checkpoint.graphTensor(kernel).content()).isInstanceOf(Tensor.External.class);
        assertThat(checkpoint.files()).containsExactly(copied.toRealPath());
        checkpoint.requireFinite();
        Checkpoint again = Checkpoint.ofKeras(copied, KerasFile.read(copied), 1);
        assertKernelCounting(again, "block/conv/kernel", 2, 3, 4, 5);
        assertCounting(again, "norm/moving_variance", 5);
        assertThat(again.require("block/conv/kernel", Shape.of(5, 4, 2, 3)).file()).isEqualTo(kernel.file());
        assertThat(again.files()).containsExactly(copied.toRealPath());
        Files.write(kernel.file(), new byte[]{1, 2, 3});
        assertKernelCounting(Checkpoint.ofKeras(copied, KerasFile.read(copied), 1), "block/conv/kernel", 2, 3, 4, 5);
        assertThat(DerivedFiles.remove(DerivedFiles.of(folder))).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"integers.h5, embedding/table, 'expected floating-point numbers, found FixedPoint'",
            "missing_dataset.h5, layer conv, 'the dataset conv/kernel:0, which weight_names names, found none'",
            "linked.h5, layer conv, 'the dataset conv/bias:0'", "nested.h5, layer model_1, nested models",
            "third.h5, layer_names, 'found only the groups layers'"})
    void unsupportedFilesAreRejected(String name, String place, String message) {
        assertThatThrownBy(() -> KerasFile.read(file(name))).isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file(name).toString()).hasMessageContainingAll(place, "expected", message);
    }

    @Test
    void missingFileIsRejected() {
        assertThatThrownBy(() -> KerasFile.read(folder.resolve("nyu.h5"))).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("no such file");
    }

    /** Whatever bytes are wrong, the file is read or rejected. */
    @Test
    void damagedBytesAreReadOrRejected() throws IOException {
        Random random = new Random(9);
        int refused = 0;
        for (int i = 0; i < 400; i++) {
            byte[] bytes = Files.readAllBytes(file(i % 2 == 0 ? "whole.h5" : "packed.hdf5"));
            for (int change = 0; change < 3; change++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            Path damaged = Files.write(folder.resolve("damaged.h5"), bytes);
            try {
                assertThat(KerasFile.read(damaged).layers()).isNotEmpty();
            } catch (CheckpointException e) {
                assertThat(e).hasMessageContaining("expected");
                refused++;
            }
        }
        assertThat(refused).isBetween(50, 399);
    }
}
