package fathom.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes of one file with its name and a position: every read is checked and every complaint names the place. */
public final class Input {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    private final String name;
    private int position;

    public Input(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    /** Reads a whole file. */
    public static Input of(Path path) throws IOException {
        requireAddressable(path);
        return new Input(Files.readAllBytes(path), path.toString()).requireNotEmpty();
    }

    /** Refuses a file that does not fit one array. */
    public static void requireAddressable(Path path) throws IOException {
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new UnsupportedFormatException(path.toString(),
                    "expected at most 2 GB, found " + size + " bytes; split the file");
        }
    }

    public Input requireNotEmpty() throws FormatException {
        if (bytes.length == 0) {
            throw error(0, "expected data, found an empty file (0 bytes); copy or download it again");
        }
        return this;
    }

    public byte[] bytes() {
        return bytes;
    }

    public String name() {
        return name;
    }

    public int length() {
        return bytes.length;
    }

    public int position() {
        return position;
    }

    public int remaining() {
        return bytes.length - position;
    }

    public void seek(int position) {
        this.position = position;
    }

    /** Requires {@code count} more bytes, which are {@code what}. */
    public void require(long count, String what) throws FormatException {
        if (remaining() < count) {
            throw error(bytes.length, "the file is truncated: expected " + count + " bytes of " + what + " from byte "
                    + position + ", found " + remaining() + "; copy or download it again");
        }
    }

    public void skip(int count, String what) throws FormatException {
        require(count, what);
        position += count;
    }

    public int u8(String what) throws FormatException {
        require(1, what);
        return bytes[position++] & 0xFF;
    }

    public int u16(String what) throws FormatException {
        require(2, what);
        int value = (bytes[position] & 0xFF) << 8 | (bytes[position + 1] & 0xFF);
        position += 2;
        return value;
    }

    /** The next four bytes as a big-endian integer, with its sign. */
    public int s32(String what) throws FormatException {
        return u16(what) << 16 | u16(what);
    }

    public FormatException error(long offset, String problem) {
        return new FormatException(name, offset, problem);
    }

    /** Refuses a picture of unusable or unreasonable size before anything is allocated for it. */
    public void requireSize(long width, long height, ImageOptions options) throws IOException {
        if (width < 1 || height < 1) {
            throw error(FormatException.NO_OFFSET,
                    "expected a picture of at least 1x1 pixels, found " + width + "x" + height
                            + "; copy or download it again");
        }
        if (height > options.maxPixels() / width) {
            throw new UnsupportedFormatException(name,
                    "the header declares " + width + "x" + height + " pixels, more than the limit of "
                            + options.maxPixels() + "; if the file is to be trusted, raise the limit");
        }
    }
}
