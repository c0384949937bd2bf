package fathom.engine.onnxruntime;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

import ai.onnxruntime.OrtEnvironment;
import fathom.cache.NativeFiles;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class NativeLibraryTest {
    /** After an update of the runtime, write the new lengths and hashes to the list. */
    @Test
    void listedHashesAreThoseOfTheRuntimesJar() throws IOException {
        assumeTrue(
                OrtEnvironment.class
                        .getResource("/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so") == null,
                "SKIPPED: the list is for the runtime for processors");
        List<String> lines;
        try (InputStream list = Objects.requireNonNull(NativeLibrary.class.getResourceAsStream(NativeLibrary.HASHES))) {
            lines = new String(list.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
        }
        assertThat(lines).hasSizeGreaterThan(5);
        for (String line : lines) {
            String[] words = line.split(" ");
            URL resource = Objects.requireNonNull(
                    OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + words[1]),
                    "the jar has no " + words[1]);
            URLConnection connection = resource.openConnection();
            NativeFiles.Packed packed = NativeFiles.Packed.of(resource::openStream);
            assertThat(packed.bytes() + " " + words[1] + " " + packed.sha256()).isEqualTo(line);
            assertThat(connection.getContentLengthLong()).isEqualTo(packed.bytes());
        }
    }
}
