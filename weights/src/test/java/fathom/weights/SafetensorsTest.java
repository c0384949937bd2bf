package fathom.weights;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import fathom.graph.Shape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static fathom.weights.SafetensorsFiles.bytes;
import static fathom.weights.SafetensorsFiles.floats;
import static fathom.weights.SafetensorsFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SafetensorsTest {
    private static final byte[] SIXTEEN = floats(1, 2, 3, 4);

    @TempDir
    Path folder;

    static Path golden(String name) {
        return Path.of(System.getProperty("fathom.goldens"), "formats", name);
    }

    private String header(String entries) {
        return "{" + entries.replace('\'', '"') + "}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"header_too_long", "negative_shape", "not_json", "offset_past_end", "shape_size_mismatch",
            "short", "truncated"})
    void invalidGoldensAreRejectedByName(String name) throws Exception {
        Path file = golden("bad/" + name + ".safetensors");
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining("expected").hasMessageContaining("found");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
            "'x':{'dtype':'F32','shape':[4],'data_offsets':[0,1000]} | tensor x: data_offsets: expected [begin, end] within 0 to 16",
            "'x':{'dtype':'F32','shape':[4],'data_offsets':[12,-4]} | x: data_offsets: expected integers from 0",
            "'x':{'dtype':'F32','shape':[4],'data_offsets':[16,0]} | tensor x: data_offsets",
            "'x':{'dtype':'F32','shape':[5],'data_offsets':[0,16]} | tensor x: expected 20 bytes for F32 [5], found 16",
            "'x':{'dtype':'F32','shape':[-4],'data_offsets':[0,16]} | x: shape: expected integers from 0",
            "'x':{'dtype':'F32','shape':[2.5],'data_offsets':[0,16]} | x: shape: expected a list of integers, found 2.5",
            "'x':{'dtype':'F32','shape':4,'data_offsets':[0,16]} | x: shape: expected a list of integers",
            "'x':{'dtype':'F8_E4M3','shape':[16],'data_offsets':[0,16]} | tensor x: dtype: expected one of",
            "'x':{'shape':[4],'data_offsets':[0,16]} | without dtype",
            "'x':{'dtype':'F32','data_offsets':[0,16]} | without shape",
            "'x':{'dtype':'F32','shape':[4]} | without data_offsets", "'x':[4] | x: expected a JSON object",
            "'x':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'x':{'dtype':'F32','shape':[4],'data_offsets':[0,16]} | header: expected sound JSON",
            "'x':{'dtype':'F32','shape':[3],'data_offsets':[0,12]},'y':{'dtype':'F32','shape':[2],'data_offsets':[8,16]} | tensor y: expected to start at byte",
            "'x':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'y':{'dtype':'F32','shape':[2],'data_offsets':[8,16]} | belong to no tensor",
            "'x':{'dtype':'F32','shape':[3],'data_offsets':[0,12]} | bytes, the end of x",
            "'x':{'dtype':'F64','shape':[2147483647,2147483647,2147483647],'data_offsets':[0,16]} | tensor x",
            "'x':{'dtype':'F32','shape':[99999999999999999999],'data_offsets':[0,16]} | header"})
    void invalidHeadersAreRejectedWithExpectedAndFound(String entries, String message) throws IOException {
        Path file = write(folder.resolve("m.safetensors"), header(entries), SIXTEEN);
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(CheckpointException.class)
                .hasMessageStartingWith(file.toString()).hasMessageContaining(message);
    }

    @Test
    void overlapSaysThatTensorsOverlap() throws IOException {
        Path file = write(folder.resolve("m.safetensors"), header(
                "'a':{'dtype':'F32','shape':[4],'data_offsets':[0,16]},'b':{'dtype':'F32','shape':[4],'data_offsets':[0,16]}"),
                SIXTEEN);
        assertThatThrownBy(() -> Safetensors.read(file)).hasMessageContaining("the two overlap");
    }

    @Test
    void tooLargeHeaderIsRejectedWithoutReadingIt() throws IOException {
        Path file = folder.resolve("m.safetensors");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write(bytes("", new byte[0]));
            sparse.seek(0);
            sparse.writeLong(Long.reverseBytes(100_000_000L));
            sparse.setLength(100_000_100L);
        }
        assertThatThrownBy(() -> Safetensors.read(file)).isInstanceOf(CheckpointException.class)
                .hasMessageContaining("header length at byte 0: expected 2 to 99999999 bytes, found 100000000");
    }

    @Test
    void fileTruncatedAtAnyByteIsRefused() throws Exception {
        byte[] whole = Files.readAllBytes(golden("all.safetensors"));
        Path file = folder.resolve("m.safetensors");
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            int cut = length;
            assertThatThrownBy(() -> Safetensors.read(file)).as("cut at %d", cut)
                    .isInstanceOf(CheckpointException.class);
        }
    }

    @Test
    void anyWrongByteOfTheHeaderCausesTheExpectedException() throws Exception {
        byte[] whole = Files.readAllBytes(golden("all.safetensors"));
        Path file = folder.resolve("m.safetensors");
        int header = (int) whole[0] + 256 * whole[1];
        for (int at = 0; at < 8 + header; at += 3) {
            byte[] broken = whole.clone();
            broken[at] ^= 0x15;
            Files.write(file, broken);
            assertThatCode(() -> {
                try {
                    Safetensors.read(file);
                } catch (CheckpointException refused) {
                    assertThat(refused).hasMessageContaining("m.safetensors");
                }
            }).as("byte %d", at).doesNotThrowAnyException();
        }
    }

    @Test
    void emptyTensorsScalarsAndMetadataAreRead() throws IOException {
        Path file = write(folder.resolve("m.safetensors"),
                header("'__metadata__':{'format':'pt'},'e':{'dtype':'F32','shape':[0,3],'data_offsets':[0,0]},"
                        + "'s':{'dtype':'F32','shape':[],'data_offsets':[0,4]},"
                        + "'v':{'data_offsets':[4,16],'shape':[3],'dtype':'F32','more':[{}]}"),
                SIXTEEN);
        List<StoredTensor> tensors = Safetensors.read(file);
        assertThat(tensors).extracting(StoredTensor::name).containsExactly("e", "s", "v");
        assertThat(tensors.get(1).shape()).isEqualTo(Shape.of());
        assertThat(tensors.get(2).offset()).isEqualTo(Files.size(file) - 12);
    }
}
