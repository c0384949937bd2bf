package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;

/**
 * SHA-256 of weight files. Reading gigabytes takes seconds, so the hash of a file is cached by its path, size and
 * modification time.
 */
public final class WeightsHash {
    private static final int BLOCK = 1 << 20;

    private WeightsHash() {}

    /**
     * Returns the hash of the bytes of files one after the other.
     *
     * @param files the files
     * @return lower-case hexadecimal; of one file the usual SHA-256
     * @throws IOException if a file cannot be read
     */
    public static String of(List<Path> files) throws IOException {
        if (files.size() == 1) {
            return ofFile(files.getFirst());
        }
        MessageDigest digest = sha256();
        for (Path file : files) {
            digest.update(ofFile(file).getBytes(StandardCharsets.US_ASCII));
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * Returns the hash of bytes.
     *
     * @param bytes the bytes
     * @return lower-case hexadecimal
     */
    public static String of(byte[] bytes) {
        return HexFormat.of().formatHex(sha256().digest(bytes));
    }

    private static String ofFile(Path file) throws IOException {
        String key = file.toRealPath() + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file) + "\n";
        Path kept = CacheFolder.use(CacheKind.HASHES).resolve(of(key.getBytes(StandardCharsets.UTF_8)));
        if (Files.isRegularFile(kept)) {
            String hash = Files.readString(kept);
            if (hash.length() == 64) {
                return hash;
            }
        }
        String hash = digest(file);
        keep(kept, hash);
        return hash;
    }

    private static String digest(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer block = ByteBuffer.allocate(BLOCK);
            while (channel.read(block) >= 0) {
                digest.update(block.flip());
                block.clear();
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Caches a hash; if the cache folder cannot be written to, it is computed again next time. */
    private static void keep(Path kept, String hash) {
        try {
            Path folder = kept.resolveSibling("");
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "hash", ".partial");
            Files.writeString(partial, hash);
            Files.move(partial, kept, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.getLogger(WeightsHash.class.getName()).log(System.Logger.Level.DEBUG, "not kept: " + kept, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
