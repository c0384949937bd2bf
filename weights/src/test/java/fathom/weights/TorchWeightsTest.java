package fathom.weights;

import java.nio.file.Files;
import java.nio.file.Path;

import fathom.graph.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TorchWeightsTest {
    @TempDir
    Path folder;

    private Checkpoint open(String golden, String name) throws Exception {
        Files.copy(SafetensorsTest.golden(golden), folder.resolve(name));
        return Checkpoint.open(folder);
    }

    @ParameterizedTest
    @CsvSource({"state_zip.bin, pytorch_model.bin", "state_legacy.bin, pytorch_model.bin",
            "state_zip.bin, diffusion_pytorch_model.bin", "checkpoint_zip.pt, model.pt"})
    void everyTensorIsReadToTheBit(String golden, String name) throws Exception {
        Checkpoint checkpoint = open(golden, name);
        JsonNode expected = JsonMapper.shared().readTree(Files.readAllBytes(SafetensorsTest.golden("expected.json")))
                .get("tensors");
        assertThat(checkpoint.tensors()).hasSize(expected.size());
        for (StoredTensor tensor : checkpoint.tensors()) {
            JsonNode entry = expected.get(tensor.name());
            assertThat(tensor.shape().toLongs()).as(tensor.name())
                    .isEqualTo(JsonMapper.shared().convertValue(entry.get("shape"), long[].class));
            float[] floats = checkpoint.floats(tensor);
            for (int i = 0; i < floats.length; i++) {
                assertThat(floats[i]).as("%s %d", tensor.name(), i)
                        .isEqualTo(Float.valueOf((float) CheckpointTest.number(entry.get("values").get(i))));
            }
        }
    }

    @Test
    void fullPrecisionCountsBeforeHalf() throws Exception {
        Files.writeString(folder.resolve("diffusion_pytorch_model.fp16.safetensors"), "another precision");
        Checkpoint checkpoint = open("state_zip.bin", "diffusion_pytorch_model.bin");
        assertThat(checkpoint.files()).extracting(file -> file.getFileName().toString())
                .containsExactly("diffusion_pytorch_model.bin");
    }

    @Test
    void shardsOfADiffusionModelAreReadThroughTheirIndex() throws Exception {
        Files.copy(SafetensorsTest.golden("state_zip.bin"), folder.resolve("one.bin"));
        Files.writeString(folder.resolve("diffusion_pytorch_model.bin.index.json"),
                "{\"weight_map\":{\"a.weight\":\"one.bin\"}}");
        assertThat(Checkpoint.open(folder).tensors()).extracting(StoredTensor::name).containsExactly("a.weight");
    }

    @Test
    void tensorsInOrderStayInTheFileAndTransposedOnesAreCopied() throws Exception {
        Checkpoint checkpoint = open("state_zip.bin", "pytorch_model.bin");
        assertThat(checkpoint.tensors()).filteredOn(tensor -> tensor.copy().isPresent()).extracting(StoredTensor::name)
                .contains("view.transposed").doesNotContain("a.weight", "b.bias", "param");
        for (StoredTensor tensor : checkpoint.tensors()) {
            if (tensor.type() == StoredType.F32) {
                assertThat(checkpoint.graphTensor(tensor).content())
                        .isInstanceOf(tensor.copy().isPresent() ? Tensor.Inline.class : Tensor.External.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "truncated_zip.bin")
    void invalidFilesAreRejectedAsCheckpoints(String golden) {
        assertThatThrownBy(() -> open("bad/" + golden, "pytorch_model.bin")).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("pytorch_model.bin: ");
    }

    @Test
    void objectsThatAreNoTensorsAreLeftOutAndNotCreated() throws Exception {
        Checkpoint checkpoint = open("bad/evil_pickle_zip.bin", "pytorch_model.bin");
        assertThat(checkpoint.tensors()).extracting(StoredTensor::name).containsExactly("x");
        assertThat(Path.of("pwned")).doesNotExist();
    }
}
