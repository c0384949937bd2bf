package fathom.datasets.readers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.raster.Intrinsics;

/** A reader of cameras in small text files: nine numbers in three lines or in one, or four numbers. */
final class CameraFile {
    private static final int MAX_BYTES = 1 << 16;

    private CameraFile() {}

    /**
     * Reads the camera in {@code file}: a matrix {@code fx 0 cx 0 fy cy 0 0 1}, or {@code fx fy cx cy}, separated by
     * white space, commas or semicolons, in any number of lines.
     *
     * @throws IOException if the file cannot be read or contains something else; the message names the file
     */
    static Intrinsics read(Path file) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES);
        }
        String text = new String(bytes, StandardCharsets.ISO_8859_1).strip();
        String[] words = text.isEmpty() ? new String[0] : text.split("[\\s,;]+");
        if (words.length != 9 && words.length != 4) {
            throw wrong(file, words.length + " words");
        }
        double[] k = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            try {
                k[i] = Double.parseDouble(words[i]);
            } catch (NumberFormatException e) {
                throw wrong(file, "\"" + words[i] + "\" as number " + (i + 1));
            }
        }
        boolean matrix = words.length == 9;
        if (matrix && (k[1] != 0 || k[3] != 0 || k[6] != 0 || k[7] != 0 || k[8] != 1)) {
            throw wrong(file, text.replaceAll("\\s+", " "));
        }
        try {
            return matrix ? new Intrinsics(k[0], k[4], k[2], k[5]) : new Intrinsics(k[0], k[1], k[2], k[3]);
        } catch (IllegalArgumentException e) {
            throw new IOException(file + ": " + e.getMessage(), e);
        }
    }

    private static IOException wrong(Path file, String found) {
        String shown = found.length() > 120 ? found.substring(0, 120) + "…" : found;
        return new IOException(
                file + ": expected the camera as fx 0 cx 0 fy cy 0 0 1, or as fx fy cx cy, found " + shown);
    }
}
