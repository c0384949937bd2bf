package fathom.formats;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Writes a file completely or not at all: into a temporary file in the same folder, which then replaces the target.
 *
 * <p>The name of the temporary file is short, so every name that the file system accepts can be written. A killed process
 * leaves at most a {@code .*.part} file. After a power failure the last writes may be lost.
 */
public final class AtomicFile {
    private static final int BUFFER = 1 << 16;

    private AtomicFile() {}

    /** Code that writes bytes. */
    @FunctionalInterface
    public interface Content {
        /**
         * Writes everything to {@code out}, which the caller closes.
         *
         * @param out the destination
         * @throws IOException if writing fails
         */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code path}. An existing file is replaced only after everything has been written.
     *
     * @param path the file
     * @param content writes the bytes
     * @throws IOException if writing fails; the message names {@code path}
     */
    public static void write(Path path, Content content) throws IOException {
        Path target = path.toAbsolutePath();
        if (target.getFileName() == null) {
            throw new IOException(path + ": expected the path of a file, found a root folder");
        }
        Path part = target
                .resolveSibling("." + Long.toString(ThreadLocalRandom.current().nextLong() >>> 1, 36) + ".part");
        OutputStream file = create(part, target);
        try {
            try (OutputStream out = new BufferedOutputStream(file, BUFFER)) {
                content.writeTo(out);
            }
            move(part, target);
        } catch (FileSystemException | UnreadableFileException e) {
            throw e; // the message names the file already
        } catch (IOException e) {
            throw new IOException(target + " could not be written: " + e.getMessage(), e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    /** Opens the temporary file; an exception names the target file. */
    private static OutputStream create(Path part, Path target) throws IOException {
        try {
            return Files.newOutputStream(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (NoSuchFileException e) {
            throw named(new NoSuchFileException(target.toString(), null, "its folder does not exist; create it first"),
                    e);
        } catch (AccessDeniedException e) {
            throw named(new AccessDeniedException(target.toString(), null, "its folder is not writable"), e);
        } catch (FileSystemException e) {
            throw named(new FileSystemException(target.toString(), null, e.getReason()), e);
        }
    }

    private static FileSystemException named(FileSystemException named, FileSystemException cause) {
        named.initCause(cause);
        return named;
    }

    private static void move(Path part, Path target) throws IOException {
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (FileSystemException e) {
            String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
            throw named(new RejectedNameException(target.toString(), reason), e);
        }
    }
}
