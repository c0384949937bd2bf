package fathom.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The contract of every format that is read and written; one subclass per variant. */
public abstract class CodecContract {
    @TempDir
    Path folder;

    /** The format. */
    protected abstract Format format();

    /** Writes a small example. */
    protected abstract void write(Path path) throws IOException;

    /** Reads a file of the format and returns a value that is equal for equal contents. */
    protected abstract Object read(Path path) throws IOException;

    /** Requires the result of {@link #read} for the example; a weaker condition for lossy formats. */
    protected abstract void requireExample(Object content);

    /** Returns the number of bytes at the end without which the content is still complete. */
    protected int dispensableBytes() {
        return 0;
    }

    Path example() throws IOException {
        Path path = folder.resolve("example." + format().extensions().getFirst());
        write(path);
        return path;
    }

    private Path damaged(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("damaged"), bytes);
    }

    @Test
    void whatIsWrittenIsReadBack() throws IOException {
        requireExample(read(example()));
    }

    @Test
    void contentIsIdentifiedWithoutTheName() throws IOException {
        Path renamed = Files.move(example(), folder.resolve("renamed.txt"));
        assertThat(Formats.identify(Files.readAllBytes(renamed))).contains(format());
        requireExample(read(renamed));
    }

    @Test
    void aFileTruncatedAtAnyByteIsRejectedAsDamaged() throws IOException {
        byte[] whole = Files.readAllBytes(example());
        for (int length = 0; length < whole.length - dispensableBytes(); length++) {
            Path truncated = damaged(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(truncated)).as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(FormatException.class).hasMessageContaining("damaged")
                    .satisfies(e -> assertThat(((FormatException) e).offset())
                            .isLessThanOrEqualTo(truncated.toFile().length()));
        }
    }

    @Test
    void changedByteIsReadOrRejectedCleanly() throws IOException {
        byte[] whole = Files.readAllBytes(example());
        Random random = new Random(3);
        for (int at = 0; at < whole.length; at++) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 + random.nextInt(255));
            Path path = damaged(changed);
            assertThatCode(() -> readOrRefuse(path)).as("byte %d", at).doesNotThrowAnyException();
        }
    }

    private void readOrRefuse(Path path) throws IOException {
        try {
            read(path);
        } catch (UnreadableFileException e) {
            assertThat(e.source()).contains(path.toString());
        }
    }

    @Test
    void anEmptyFileSaysSo() throws IOException {
        Path empty = damaged(new byte[0]);
        assertThatThrownBy(() -> read(empty)).isInstanceOf(FormatException.class).hasMessageContaining("empty");
    }

    @Test
    void otherFormatsAreNamed() throws IOException {
        Path gif = damaged(Arrays.copyOf(new byte[]{'G', 'I', 'F', '8', '9', 'a'}, 40));
        assertThatThrownBy(() -> read(gif)).isInstanceOf(UnreadableFileException.class).hasMessageContaining("GIF");
    }

    @Test
    void missingFileIsReportedAsMissing() {
        assertThatThrownBy(() -> read(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void writingReplacesAFileAndLeavesNothingElse() throws IOException {
        Path path = folder.resolve("example." + format().extensions().getFirst());
        Files.writeString(path, "what was here before");
        write(path);
        requireExample(read(path));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(path);
        }
    }

    @Test
    void writingIntoAMissingFolderFailsAndLeavesNothing() {
        assertThatThrownBy(() -> write(folder.resolve("none").resolve("file"))).isInstanceOf(IOException.class);
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theUsualNamesBelongToTheFormat() {
        for (String extension : format().extensions()) {
            assertThat(Formats.ofFileName("Some.Picture." + extension.toUpperCase(Locale.ROOT))).contains(format());
        }
    }
}
