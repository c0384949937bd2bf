package fathom.formats.png;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

import fathom.formats.ImageOptions;
import fathom.formats.ImageSize;
import fathom.formats.Input;
import fathom.formats.OrientationRecords;

/** Reads the size and the orientation of a PNG without its compressed rows. */
final class PngProbe {
    private static final int HEAD = 8;
    private static final int CHECKSUM = 4;
    /** The largest chunk that is searched for an orientation. */
    private static final int MAX_RECORD = 1 << 24;

    private PngProbe() {}

    /** Returns the size in a file. Only chunks that may state the orientation are read, before and after the rows. */
    static ImageSize size(Path path) throws IOException {
        try (FileChannel file = FileChannel.open(path)) {
            Input head = new Input(read(file, 0, PngHeader.LENGTH), path.toString()).requireNotEmpty();
            PngHeader header = PngHeader.parse(head, unlimited());
            OrientationRecords records = new OrientationRecords();
            long end = file.size();
            for (long at = PngHeader.LENGTH; at + HEAD <= end;) {
                ByteBuffer chunk = ByteBuffer.wrap(read(file, at, HEAD));
                long length = Integer.toUnsignedLong(chunk.getInt());
                int type = chunk.getInt();
                if (type == PngChunks.IEND || at + HEAD + length > end) {
                    break;
                }
                if (PngChunks.mayStateOrientation(type) && length <= MAX_RECORD) {
                    PngChunks.addRecord(records, type, read(file, at + HEAD, (int) length), 0, (int) length);
                }
                at += HEAD + length + CHECKSUM;
            }
            return header.size(records.orientation());
        }
    }

    /** Returns the size in bytes that are the whole file, or the first bytes of one. */
    static ImageSize size(Input in, ImageOptions options) throws IOException {
        PngHeader header = PngHeader.parse(in, options);
        OrientationRecords records = new OrientationRecords();
        while (in.remaining() >= HEAD) {
            long length = Integer.toUnsignedLong(in.s32("a chunk length"));
            int type = in.s32("a chunk type");
            if (type == PngChunks.IEND || length + CHECKSUM > in.remaining()) {
                break;
            }
            if (PngChunks.mayStateOrientation(type) && length <= MAX_RECORD) {
                PngChunks.addRecord(records, type, in.bytes(), in.position(), (int) length);
            }
            in.skip((int) length + CHECKSUM, "a chunk");
        }
        return header.size(records.orientation());
    }

    private static ImageOptions unlimited() {
        return ImageOptions.DEFAULT.withMaxPixels(ImageOptions.PIXEL_CEILING);
    }

    /** Returns up to {@code length} bytes from {@code position}. */
    private static byte[] read(FileChannel file, long position, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(length, Math.max(0, file.size() - position)));
        while (bytes.hasRemaining() && file.read(bytes, position + bytes.position()) >= 0) {
            // until all bytes are read
        }
        return bytes.array();
    }
}
