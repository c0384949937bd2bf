package fathom.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class WeightsHashTest {
    @TempDir
    Path folder;

    @Test
    void hashOfOneFileIsItsSha256() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "abc");
        String abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assertThat(WeightsHash.of(List.of(file))).isEqualTo(abc);
        assertThat(WeightsHash.of(List.of(file))).as("from the cache").isEqualTo(abc);
        assertThat(WeightsHash.of("abc".getBytes(StandardCharsets.UTF_8))).isEqualTo(abc);
    }

    @Test
    void changedFileHasAnotherHash() throws IOException {
        Path file = Files.writeString(folder.resolve("weights"), "abc");
        String before = WeightsHash.of(List.of(file));
        Files.writeString(file, "abcd");
        assertThat(WeightsHash.of(List.of(file))).isNotEqualTo(before);
    }

    @Test
    void shardsAreHashedInTheirOrder() throws IOException {
        Path one = Files.writeString(folder.resolve("1"), "a");
        Path two = Files.writeString(folder.resolve("2"), "b");
        assertThat(WeightsHash.of(List.of(one, two))).hasSize(64).isNotEqualTo(WeightsHash.of(List.of(two, one)));
    }
}
