package fathom.formats;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The bytes of one file, with a name and a position. Every read is checked, and every exception names the position. */
public final class Input {
    private static final int MAX_BYTES = Integer.MAX_VALUE - 8;

    private final byte[] bytes;
    private final String name;
    private int position;

    /**
     * Creates an input at position 0.
     *
     * @param bytes the content, not copied
     * @param name the path or name for messages
     */
    public Input(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
    }

    /**
     * Reads a whole file.
     *
     * @param path the file
     * @return its content, at position 0
     * @throws IOException if the file cannot be read, is damaged or not supported
     */
    public static Input of(Path path) throws IOException {
        requireAddressable(path);
        return new Input(Files.readAllBytes(path), path.toString()).requireNotEmpty();
    }

    /**
     * Rejects a file that does not fit into one array.
     *
     * @param path the file
     * @throws FormatException if the file is too large
     * @throws IOException if the size cannot be determined
     */
    public static void requireAddressable(Path path) throws IOException {
        long size = Files.size(path);
        if (size > MAX_BYTES) {
            throw new UnsupportedFormatException(path.toString(),
                    "expected at most 2 GB, found " + size + " bytes; split the file");
        }
        HeapSpace.requireBytes(path.toString(), size + " bytes", size);
    }

    /**
     * {@return this input}
     *
     * @throws FormatException if there are no bytes
     */
    public Input requireNotEmpty() throws FormatException {
        if (bytes.length == 0) {
            throw error(0, "expected data, found an empty file (0 bytes); copy or download it again");
        }
        return this;
    }

    /** {@return all bytes, not copied} */
    public byte[] bytes() {
        return bytes;
    }

    /** {@return the path or name for messages} */
    public String name() {
        return name;
    }

    /** {@return the number of bytes} */
    public int length() {
        return bytes.length;
    }

    /** {@return the index of the next byte to read} */
    public int position() {
        return position;
    }

    /** {@return the number of bytes from the position to the end} */
    public int remaining() {
        return bytes.length - position;
    }

    /**
     * Sets the position.
     *
     * @param position index of the next byte to read
     */
    public void seek(int position) {
        this.position = position;
    }

    /**
     * Requires {@code count} more bytes.
     *
     * @param count number of bytes
     * @param what names the bytes in the message
     * @throws FormatException if there are fewer
     */
    public void require(long count, String what) throws FormatException {
        if (remaining() < count) {
            throw error(bytes.length, "the file is truncated: expected " + count + " bytes of " + what + " from byte "
                    + position + ", found " + remaining() + "; copy or download it again");
        }
    }

    /**
     * Skips bytes.
     *
     * @param count number of bytes
     * @param what names the bytes in the message
     * @throws FormatException if there are fewer bytes
     */
    public void skip(int count, String what) throws FormatException {
        require(count, what);
        position += count;
    }

    /**
     * Reads the next byte.
     *
     * @param what names the bytes in the message
     * @return 0 to 255
     * @throws FormatException if there are fewer bytes
     */
    public int u8(String what) throws FormatException {
        require(1, what);
        return bytes[position++] & 0xFF;
    }

    /**
     * Reads the next two bytes as a big-endian unsigned integer.
     *
     * @param what names the bytes in the message
     * @return 0 to 65535
     * @throws FormatException if there are fewer bytes
     */
    public int u16(String what) throws FormatException {
        require(2, what);
        int value = (bytes[position] & 0xFF) << 8 | (bytes[position + 1] & 0xFF);
        position += 2;
        return value;
    }

    /**
     * Reads the next four bytes as a big-endian signed integer.
     *
     * @param what names the bytes in the message
     * @return the integer
     * @throws FormatException if there are fewer bytes
     */
    public int s32(String what) throws FormatException {
        return u16(what) << 16 | u16(what);
    }

    /**
     * {@return an exception that names this input}
     *
     * @param offset position in bytes where the problem was found, or {@link FormatException#NO_OFFSET}
     * @param problem what was expected, what was found, and the fix
     */
    public FormatException error(long offset, String problem) {
        return new FormatException(name, offset, problem);
    }

    /**
     * Rejects an image with an invalid or too large size before memory is allocated for it.
     *
     * @param width columns that the header declares
     * @param height rows that the header declares
     * @param options the limits
     * @throws FormatException if a side is below 1
     * @throws UnsupportedFormatException if there are more pixels than {@code options} allow
     * @throws IOException never otherwise
     */
    public void requireSize(long width, long height, ImageOptions options) throws IOException {
        if (width < 1 || height < 1) {
            throw error(FormatException.NO_OFFSET, "expected a picture of at least 1x1 pixels, found " + width + "x"
                    + height + "; copy or download it again");
        }
        if (height > options.maxPixels() / width) {
            throw new UnsupportedFormatException(name,
                    "the header declares " + width + "x" + height + " pixels, more than the limit of "
                            + options.maxPixels() + "; make it smaller with a program for pictures");
        }
    }
}
