package fathom.cache;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/**
 * Native libraries that are unpacked from a jar into the cache folder. A library is executed, so it is loaded only if its
 * bytes are those of the jar, and only from a folder that no other user can write to. Several processes can unpack at the
 * same time: each writes a separate file and renames it, which does not change a library that another process uses.
 */
public final class NativeFiles {
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Set<PosixFilePermission> OTHERS_WRITE = Set.of(PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_WRITE);
    private static final int BUFFER_BYTES = 1 << 18;

    private NativeFiles() {}

    /** Opens a packed library. */
    @FunctionalInterface
    public interface Source {
        /**
         * Opens the library.
         *
         * @return its bytes
         * @throws IOException if it cannot be read
         */
        InputStream open() throws IOException;
    }

    /**
     * A library in a jar.
     *
     * @param bytes its length
     * @param sha256 its SHA-256, lower-case hexadecimal
     * @param source opens it
     */
    public record Packed(long bytes, String sha256, Source source) {
        /**
         * Reads a library to learn its length and hash.
         *
         * @param source opens it
         * @return the library
         * @throws IOException if it cannot be read
         */
        public static Packed of(Source source) throws IOException {
            try (InputStream stream = source.open()) {
                MessageDigest digest = sha256Digest();
                long bytes = update(digest, stream);
                return new Packed(bytes, HexFormat.of().formatHex(digest.digest()), source);
            }
        }
    }

    /**
     * Makes {@code file} the library {@code packed}: a missing or different file is written again.
     *
     * @param packed the library
     * @param file the file, in a folder of the cache
     * @return whether the file may be loaded; false if other users can write to its folder
     * @throws IOException if the file differs and cannot be written
     */
    public static boolean unpack(Packed packed, Path file) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent(), "folder of the library");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder);
        }
        if (!isPrivate(folder)) {
            return false;
        }
        if (isUnpacked(packed, file)) {
            return true;
        }
        Path partial = Files.createTempFile(folder, "library", ".partial");
        try {
            try (InputStream stream = packed.source.open(); OutputStream out = Files.newOutputStream(partial)) {
                stream.transferTo(out);
            }
            if (!isUnpacked(packed, partial)) {
                throw new IOException(file + ": expected the library of SHA-256 " + packed.sha256
                        + " in the jar, found another one; install the program again");
            }
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(partial);
        }
        return true;
    }

    private static boolean isUnpacked(Packed packed, Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != packed.bytes) {
            return false;
        }
        try (InputStream stream = Files.newInputStream(file)) {
            MessageDigest digest = sha256Digest();
            update(digest, stream);
            return HexFormat.of().formatHex(digest.digest()).equals(packed.sha256);
        }
    }

    /**
     * Makes {@code folder} accessible to its owner only, and returns whether no other user can replace its files. Only the
     * owner can change permissions, so a folder of another user is not accepted unless no other user can write to it.
     */
    private static boolean isPrivate(Path folder) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(folder, PosixFileAttributeView.class);
        if (view == null) {
            return true;
        }
        if (!view.readAttributes().permissions().equals(OWNER_ONLY)) {
            try {
                view.setPermissions(OWNER_ONLY);
            } catch (IOException e) {
                return isWrittenByOwnerOnly(folder);
            }
        }
        Path above = folder.getParent();
        return above == null || !Files.getPosixFilePermissions(above).contains(PosixFilePermission.OTHERS_WRITE);
    }

    private static boolean isWrittenByOwnerOnly(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        return OTHERS_WRITE.stream().noneMatch(permissions::contains);
    }

    private static long update(MessageDigest digest, InputStream stream) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
            digest.update(buffer, 0, read);
            bytes += read;
        }
        return bytes;
    }

    private static MessageDigest sha256Digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
