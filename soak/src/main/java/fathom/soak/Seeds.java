package fathom.soak;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Valid files that mutants are made from: the small ones of the folders {@code goldens} and {@code cases}, and a few texts. */
final class Seeds {
    private static final int MAX_BYTES = 40_000;
    private static final int MAX_FILES = 60;

    private Seeds() {}

    /** Returns the small files whose names end with one of {@code endings}, in the order of their paths. */
    static List<byte[]> files(Path project, String... endings) throws IOException {
        return files(project, MAX_BYTES, endings);
    }

    /** Returns the files of at most {@code maxBytes} whose names end with one of {@code endings}. */
    static List<byte[]> files(Path project, int maxBytes, String... endings) throws IOException {
        Map<Integer, byte[]> found = new LinkedHashMap<>();
        for (String folder : List.of("goldens", "cases")) {
            try (Stream<Path> files = Files.walk(project.resolve(folder))) {
                for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                    if (endsWith(file.toString(), endings) && Files.size(file) <= maxBytes) {
                        byte[] bytes = Files.readAllBytes(file);
                        found.putIfAbsent(java.util.Arrays.hashCode(bytes), bytes);
                    }
                }
            }
        }
        return spread(new ArrayList<>(found.values()));
    }

    /** Returns the pictures of {@code goldens/pictures/pictures.zip} whose names end with one of {@code endings}. */
    static List<byte[]> pictures(Path project, String... endings) throws IOException {
        List<byte[]> found = new ArrayList<>();
        try (ZipInputStream zip = new ZipInputStream(
                Files.newInputStream(project.resolve("goldens/pictures/pictures.zip")))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                byte[] bytes = zip.readAllBytes();
                if (endsWith(entry.getName(), endings) && bytes.length <= MAX_BYTES) {
                    found.add(bytes);
                }
            }
        }
        return spread(found);
    }

    private static boolean endsWith(String name, String... endings) {
        return Stream.of(endings).anyMatch(name::endsWith);
    }

    /** Returns at most {@value #MAX_FILES} evenly spaced files. */
    private static List<byte[]> spread(List<byte[]> files) {
        int count = Math.min(MAX_FILES, files.size());
        List<byte[]> chosen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            chosen.add(files.get((int) ((long) i * files.size() / count)));
        }
        return chosen;
    }

    /** Returns files with these texts, each followed by {@code padding} bytes. */
    static List<byte[]> texts(int padding, String... texts) {
        List<byte[]> files = new ArrayList<>();
        for (String text : texts) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
            for (int i = 0; i < padding; i++) {
                out.write(i * 37);
            }
            files.add(out.toByteArray());
        }
        return files;
    }

    /** Returns a JPEG file with {@code segment}, which starts with its marker, after the start of the file. */
    static byte[] withSegment(byte[] jpeg, int marker, byte[] payload) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.write(0xFF);
        out.write(marker);
        out.write((payload.length + 2) >> 8);
        out.write(payload.length + 2);
        out.writeBytes(payload);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }
}
