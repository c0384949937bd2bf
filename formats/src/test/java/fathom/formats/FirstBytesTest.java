package fathom.formats;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class FirstBytesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "'version https://git-lfs.github.com/spec/v1~oid sha256:00~size 1234567~' | Git LFS pointer to a file of 1,234,567 bytes",
            "'# xet version 0~filesize = 99~hash = ''a''~' | Xet pointer to a file of 99 bytes",
            "'  <!DOCTYPE html><html>' | a web page",
            "'<?xml version=''1.0''?><Error><Code>AccessDenied' | an XML document",
            "'{\"error\":\"Repository not found\"}' | JSON text",
            "Entry not found | 'text, such as the error of a server: \"Entry not found\"'"})
    void textInPlaceOfAFileIsNamed(String text, String what) {
        byte[] bytes = text.replace('~', '\n').getBytes(StandardCharsets.UTF_8);
        assertThat(FirstBytes.unexpected(bytes, bytes.length, FirstBytes.Kind.SAFETENSORS)).get().asString()
                .contains(what);
    }

    @ParameterizedTest
    @CsvSource({"1f8b0800, gzip", "fd377a585a00, xz", "504b0304aabb, a zip archive", "894844460d0a1a0a, an HDF5 file",
            "0200000000000000 7b7d, a safetensors file", "00000000000000000000, zero bytes only",
            "8002636f, a Python pickle", "89504e470d0a1a0a, a PNG picture", "47475546, GGUF"})
    void otherFormatsAreNamed(String hex, String what) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));
        assertThat(FirstBytes.unexpected(bytes, bytes.length)).get().asString().contains(what);
    }

    @Test
    void acceptedAndUnknownContentIsNotNamed() {
        byte[] zip = {'P', 'K', 3, 4};
        assertThat(FirstBytes.unexpected(zip, 4, FirstBytes.Kind.ZIP, FirstBytes.Kind.PICKLE)).isEmpty();
        assertThat(FirstBytes.unexpected(new byte[]{8, 9, 18, 3}, 4)).isEmpty();
        assertThat(FirstBytes.unexpected(new byte[0], 0)).get().asString().startsWith("an empty file");
    }
}
