package fathom.formats;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;

/**
 * Recognises a file by its first bytes if it is not what its name says: a pointer of Git LFS or Xet instead of the
 * content, a saved web page, the error of a server, an archive, or a file of another format.
 */
public final class FirstBytes {
    /** Number of bytes that are enough to recognise a file. */
    public static final int LENGTH = 1024;

    /** A format of files, as one of the things that a file can be. */
    public enum Kind {
        /** Weights in the safetensors format. */
        SAFETENSORS("a safetensors file; rename it to end in .safetensors"),
        /** A zip archive, among them the files of {@code torch.save} and NPZ. */
        ZIP("a zip archive; unpack it first"),
        /** A Python pickle, among them the files that PyTorch wrote before version 1.6. */
        PICKLE("a Python pickle; rename it to end in .pth if it contains weights"),
        /** HDF5, among it the files of Keras. */
        HDF5("an HDF5 file; rename it to end in .h5 if it contains weights of Keras"),
        /** A NumPy array. */
        NPY("a NumPy array (.npy)"),
        /** A PNG picture. */
        PNG("a PNG picture"),
        /** A JPEG picture. */
        JPEG("a JPEG picture"),
        /** JSON text. */
        JSON("JSON text"),
        /** Zero bytes at the start, among them HDF5 files with a user block. */
        ZEROS("zero bytes only, as after an interrupted download; download it again"),
        /** Anything else that has a name. */
        OTHER("");

        private final String title;

        Kind(String title) {
            this.title = title;
        }
    }

    /**
     * The content of a file.
     *
     * @param kind its kind
     * @param text what it is, and what to do
     */
    private record Found(Kind kind, String text) {
        static Found of(Kind kind) {
            return new Found(kind, kind.title);
        }

        static Found other(String text) {
            return new Found(Kind.OTHER, text);
        }
    }

    private static final Pattern SIZE = Pattern.compile("(?m)^(?:size |filesize *= *)(\\d{1,18})$");
    private static final int TAR_MAGIC = 257;
    private static final int MAX_QUOTE = 100;

    private FirstBytes() {}

    /**
     * Returns what a file is if it is not of an accepted kind.
     *
     * @param file the file
     * @param accepted the kinds that the reader accepts
     * @return what it is and what to do, as the end of a sentence; empty if the content is of an accepted kind or
     * unknown
     * @throws IOException if the file cannot be read
     */
    public static Optional<String> unexpected(Path file, Kind... accepted) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return unexpected(in.readNBytes(LENGTH), Files.size(file), accepted);
        }
    }

    /**
     * Returns what a file is if it is not of an accepted kind.
     *
     * @param head its first bytes, {@value #LENGTH} or all of them
     * @param size its length
     * @param accepted the kinds that the reader accepts
     * @return what it is and what to do, as the end of a sentence; empty if the content is of an accepted kind or
     * unknown
     */
    public static Optional<String> unexpected(byte[] head, long size, Kind... accepted) {
        Found found = identify(head, size);
        if (found == null) {
            return Optional.empty();
        }
        for (Kind kind : accepted) {
            if (kind == found.kind) {
                return Optional.empty();
            }
        }
        return Optional.of(found.text);
    }

    private static @Nullable Found identify(byte[] head, long size) {
        if (size == 0) {
            return Found.other("an empty file; copy or download it again");
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("version https://git-lfs.github.com/") || text.startsWith("version https://hawser.")) {
            return Found.other("a Git LFS pointer" + sizeOf(text)
                    + ", whose content is not fetched yet; fetch it with `git lfs pull`, or download the file itself");
        }
        if (text.startsWith("# xet version")) {
            return Found.other("a Xet pointer" + sizeOf(text)
                    + ", whose content is not fetched yet; fetch it with `git xet checkout`, or download the file itself");
        }
        Found binary = binary(head, text, size);
        return binary != null ? binary : textual(text);
    }

    private static String sizeOf(String pointer) {
        Matcher size = SIZE.matcher(pointer.replace("\r", ""));
        return size.find() ? String.format(Locale.ROOT, " to a file of %,d bytes", Long.parseLong(size.group(1))) : "";
    }

    private static @Nullable Found binary(byte[] head, String text, long size) {
        if (isSafetensors(head, size)) {
            return Found.of(Kind.SAFETENSORS);
        }
        if (text.startsWith("\u0089HDF\r\n\u001a\n")) {
            return Found.of(Kind.HDF5);
        }
        if (text.startsWith("\u0093NUMPY")) {
            return Found.of(Kind.NPY);
        }
        if (text.startsWith("\u0089PNG\r\n")) {
            return Found.of(Kind.PNG);
        }
        if (text.startsWith("\u00ff\u00d8\u00ff")) {
            return Found.of(Kind.JPEG);
        }
        if (text.startsWith("PK\u0003\u0004") || text.startsWith("PK\u0005\u0006")) {
            return Found.of(Kind.ZIP);
        }
        if (text.startsWith("\u001f\u008b")) {
            return Found.other("a file compressed with gzip; unpack it first, with `gunzip` or `tar -xzf`");
        }
        if (text.startsWith("\u00fd7zXZ\0") || text.startsWith("BZh") || text.startsWith("(\u00b5/\u00fd")) {
            return Found.other("a compressed file (xz, bzip2 or zstd); unpack it first");
        }
        if (text.startsWith("7z\u00bc\u00af'\u001c") || text.startsWith("Rar!\u001a")) {
            return Found.other("an archive (7z or rar); unpack it first");
        }
        if (text.startsWith("ustar", TAR_MAGIC)) {
            return Found.other("a tar archive; unpack it first, with `tar -xf`");
        }
        if (text.startsWith("GGUF")) {
            return Found.other("weights in the GGUF format, which are not read; download the safetensors file");
        }
        if (text.startsWith("TFL3", 4)) {
            return Found.other("a TensorFlow Lite model, which is not read; download the ONNX or PyTorch file");
        }
        if (text.startsWith("%PDF")) {
            return Found.other("a PDF document; download the file itself");
        }
        if (head.length > 1 && (head[0] & 0xff) == 0x80 && head[1] >= 2 && head[1] <= 5) {
            return Found.of(Kind.PICKLE);
        }
        for (byte b : head) {
            if (b != 0) {
                return null;
            }
        }
        return Found.of(Kind.ZEROS);
    }

    private static boolean isSafetensors(byte[] head, long size) {
        long length = 0;
        for (int i = Long.BYTES - 1; i >= 0 && head.length > Long.BYTES; i--) {
            length = (length << 8) | (head[i] & 0xff);
        }
        return length >= 2 && length < size && head[Long.BYTES] == '{';
    }

    private static @Nullable Found textual(String text) {
        String start = (text.startsWith("\u00ef\u00bb\u00bf") ? text.substring(3) : text).stripLeading();
        String lower = start.toLowerCase(Locale.ROOT);
        if (lower.startsWith("<!doctype html") || lower.startsWith("<html") || lower.startsWith("<head")
                || ((lower.startsWith("<!--") || lower.startsWith("<?xml")) && lower.contains("<html"))) {
            return Found.other("a web page (HTML), not the file; download the file itself, not the page that shows it");
        }
        if (lower.startsWith("<?xml") || lower.startsWith("<error>")) {
            return Found
                    .other("an XML document, such as the error of a server: " + quoted(start) + "; download it again");
        }
        boolean plain = text.chars().allMatch(c -> (c >= ' ' && c < 0x7f) || c == '\n' || c == '\r' || c == '\t');
        if (start.startsWith("{") || start.startsWith("[")) {
            return plain || start.startsWith("{\"")
                    ? new Found(Kind.JSON,
                            "JSON text, such as the error of a server: " + quoted(start) + "; download the file itself")
                    : null;
        }
        return plain && text.length() >= 4
                ? Found.other("text, such as the error of a server: " + quoted(start) + "; download the file itself")
                : null;
    }

    private static String quoted(String text) {
        String line = text.replaceAll("[^\\x20-\\x7e]+", " ").strip();
        return "\"" + (line.length() > MAX_QUOTE ? line.substring(0, MAX_QUOTE) + "…" : line) + "\"";
    }
}
