package fathom.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * SHA-256 of weight files. Reading gigabytes takes seconds, so the hash of a file is cached by its path, size and
 * modification time.
 */
public final class WeightsHash {
    private WeightsHash() {}

    /**
     * Returns the hash of the bytes of files one after the other.
     *
     * @param files the files
     * @return lower-case hexadecimal; of one file the usual SHA-256
     * @throws IOException if a file cannot be read
     */
    public static String of(List<Path> files) throws IOException {
        List<String> hashes = new ArrayList<>();
        for (Path file : files) {
            hashes.add(ofFile(file));
        }
        return combined(hashes);
    }

    /**
     * Returns the hash of several files as {@link #of(List)} does.
     *
     * @param hashes the hash of each file
     * @return lower-case hexadecimal
     */
    public static String combined(List<String> hashes) {
        return hashes.size() == 1 ? hashes.getFirst() : of(String.join("", hashes).getBytes(StandardCharsets.US_ASCII));
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
        Path place = FileRecord.placeOf(file);
        FileRecord known = FileRecord.at(place);
        if (!known.hash().isEmpty()) {
            return known.hash();
        }
        String hash = WeightsPass.read(file, FloatRanges.NONE, () -> false).hash();
        new FileRecord(hash, known.finite()).keep(place);
        return hash;
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
