package fathom.weights;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;

/**
 * What is known about the bytes of a weight file, so that they are not read again: stored in the cache by the path, size
 * and modification time of the file. A text file: the hash in the first line, then {@code finite TYPE FROM TO} for each
 * range. An invalid or damaged record counts as none.
 *
 * @param hash SHA-256 of the file, lower-case hexadecimal; empty if it was not computed
 * @param finite the weights that are known to be finite
 */
record FileRecord(String hash, FloatRanges finite) {
    static final FileRecord NONE = new FileRecord("", FloatRanges.NONE);

    private static final int HASH_LENGTH = 64;
    private static final String FINITE = "finite";

    /** Returns the place of the record of {@code file} as it is now. */
    static Path placeOf(Path file) throws IOException {
        String key = file.toRealPath() + "\n" + Files.size(file) + "\n" + Files.getLastModifiedTime(file) + "\n";
        return CacheFolder.use(CacheKind.HASHES).resolve(WeightsHash.of(key.getBytes(StandardCharsets.UTF_8)));
    }

    /** Reads the record at {@code place}. */
    static FileRecord at(Path place) throws IOException {
        if (!Files.isRegularFile(place)) {
            return NONE;
        }
        List<String> lines = new String(Files.readAllBytes(place), StandardCharsets.ISO_8859_1).lines().toList();
        if (lines.isEmpty() || (!lines.getFirst().isEmpty() && lines.getFirst().length() != HASH_LENGTH)) {
            return NONE;
        }
        List<FloatRanges.Range> ranges = new ArrayList<>();
        for (String line : lines.subList(1, lines.size())) {
            String[] words = line.split(" ", -1);
            if (words.length != 4 || !words[0].equals(FINITE) || StoredType.ofName(words[1]).isEmpty()) {
                return NONE;
            }
            try {
                ranges.add(new FloatRanges.Range(StoredType.ofName(words[1]).get(), Long.parseLong(words[2]),
                        Long.parseLong(words[3])));
            } catch (NumberFormatException damaged) {
                return NONE;
            }
        }
        return new FileRecord(lines.getFirst(), new FloatRanges(ranges));
    }

    /** Returns the record with more weights that are known to be finite. */
    FileRecord withFinite(FloatRanges more) {
        return new FileRecord(hash, finite.and(more));
    }

    /** Stores the record at {@code place}; if the cache folder cannot be written to, the file is read again next time. */
    void keep(Path place) {
        StringBuilder text = new StringBuilder(hash).append('\n');
        finite.ranges().forEach(range -> text.append(FINITE).append(' ').append(range.type()).append(' ')
                .append(range.from()).append(' ').append(range.to()).append('\n'));
        try {
            Path folder = place.resolveSibling("");
            Files.createDirectories(folder);
            Path partial = Files.createTempFile(folder, "hash", ".partial");
            try {
                Files.writeString(partial, text);
                Files.move(partial, place, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(partial);
            }
        } catch (IOException e) {
            System.getLogger(FileRecord.class.getName()).log(System.Logger.Level.DEBUG, "not kept: " + place, e);
        }
    }
}
