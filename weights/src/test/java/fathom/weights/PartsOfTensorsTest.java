package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.graph.Shape;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PartsOfTensorsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "diffusion_pytorch_model.safetensors", "model.fp16.safetensors",
            "diffusion_pytorch_model.fp16.safetensors"})
    void partOfATensorIsRead(String name) throws IOException {
        byte[] header = "{\"a\":{\"dtype\":\"F16\",\"shape\":[2,2],\"data_offsets\":[0,8]}}"
                .getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        bytes.putLong(header.length).put(header);
        for (float value : new float[]{1, -2, 0.5f, 65504}) {
            bytes.putShort(Float.floatToFloat16(value));
        }
        Files.write(folder.resolve(name), bytes.array());
        Checkpoint checkpoint = Checkpoint.open(folder);
        StoredTensor a = checkpoint.require("a", Shape.of(2, 2));
        assertThat(checkpoint.floats(a, 1, 2)).containsExactly(-2, 0.5f);
        assertThatThrownBy(() -> checkpoint.floats(a, 3, 2)).hasMessageContaining("expected within 4, found 2 from 3");
    }
}
