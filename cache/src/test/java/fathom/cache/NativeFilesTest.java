package fathom.cache;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

class NativeFilesTest {
    private static final byte[] LIBRARY = new byte[300_000];

    @TempDir
    Path cache;

    private Path file;
    private NativeFiles.Packed packed;

    @BeforeEach
    void unpackOnce() throws IOException {
        Arrays.fill(LIBRARY, (byte) 7);
        packed = NativeFiles.Packed.of(() -> new ByteArrayInputStream(LIBRARY));
        file = cache.resolve("kind/version/library.so");
        assertThat(NativeFiles.unpack(packed, file)).isTrue();
    }

    @Test
    void missingLibraryIsWrittenForItsOwnerOnly() throws IOException {
        assertThat(packed.bytes()).isEqualTo(LIBRARY.length);
        assertThat(file).hasBinaryContent(LIBRARY);
        assertThat(Files.list(file.getParent())).containsExactly(file);
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"), "SKIPPED: no permissions");
        assertThat(Files.getPosixFilePermissions(file.getParent()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void equalLibraryIsNotWrittenAgain() throws IOException {
        Object key = Files.getLastModifiedTime(file);
        NativeFiles.Packed unread = new NativeFiles.Packed(packed.bytes(), packed.sha256(), () -> {
            throw new IOException("read again");
        });
        assertThat(NativeFiles.unpack(unread, file)).isTrue();
        assertThat(Files.getLastModifiedTime(file)).isEqualTo(key);
    }

    @Test
    void shortOrDifferentLibraryIsReplaced() throws IOException {
        byte[] other = LIBRARY.clone();
        other[200_000]++;
        for (byte[] found : List.of(Arrays.copyOf(LIBRARY, 100_000), other, new byte[0])) {
            Files.write(file, found);
            assertThat(NativeFiles.unpack(packed, file)).isTrue();
            assertThat(file).hasBinaryContent(LIBRARY);
        }
    }

    @Test
    void linkIsReplacedByAFileAndItsTargetStays() throws IOException {
        Path elsewhere = Files.write(cache.resolve("elsewhere"), LIBRARY);
        Files.delete(file);
        Files.createSymbolicLink(file, elsewhere);
        assertThat(NativeFiles.unpack(packed, file)).isTrue();
        assertThat(Files.isSymbolicLink(file)).isFalse();
        assertThat(elsewhere).exists();
    }

    @Test
    void libraryOfTheJarThatHasAnotherHashIsRefused() {
        NativeFiles.Packed wrong = new NativeFiles.Packed(packed.bytes(), packed.sha256().replace('0', '1'),
                packed.source());
        assertThatThrownBy(() -> NativeFiles.unpack(wrong, file)).isInstanceOf(IOException.class)
                .hasMessageContaining("expected the library of SHA-256 " + wrong.sha256());
        assertThat(file).hasBinaryContent(LIBRARY);
    }

    @Test
    void folderBelowOneThatEveryoneCanWriteToIsNotUsed() throws IOException {
        assumeTrue(file.getFileSystem().supportedFileAttributeViews().contains("posix"), "SKIPPED: no permissions");
        Files.setPosixFilePermissions(file.getParent().getParent(), PosixFilePermissions.fromString("rwxrwxrwx"));
        assertThat(NativeFiles.unpack(packed, file)).isFalse();
    }

    @Test
    void libraryIsWholeWhileSeveralUnpackIt() throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> results = new ArrayList<>();
            Files.write(file, new byte[10]);
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> NativeFiles.unpack(packed, file)));
            }
            for (Future<Boolean> result : results) {
                assertThat(result.get()).isTrue();
            }
        }
        assertThat(file).hasBinaryContent(LIBRARY);
        assertThat(Files.list(file.getParent())).containsExactly(file);
    }
}
