package fathom.weights.torch;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The directory of a zip file, with the offset of each entry's bytes, so that stored entries can be mapped. Follows
 * PKWARE's APPNOTE 6.3.10, sections 4.3 and 4.5.3 (zip64).
 */
final class ZipDirectory {
    /**
     * One entry.
     *
     * @param offset of its bytes in the file
     * @param stored bytes in the file
     * @param size bytes of its content
     * @param deflated whether it is compressed with deflate; otherwise it is stored uncompressed
     * @param crc CRC-32 of its content
     */
    record Entry(String name, long offset, long stored, long size, boolean deflated, long crc) {}

    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_BYTES = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long UNSET = 0xffff_ffffL;
    private static final int MAX_ENTRIES = 1_000_000;
    /** Largest compression ratio of deflate: 1032 bytes to one. */
    private static final long BEST_RATIO = 1032;

    private final Path file;
    private final MemorySegment segment;

    private ZipDirectory(Path file, MemorySegment segment) {
        this.file = file;
        this.segment = segment;
    }

    /** Reads the entries of the zip file that {@code segment} maps, by their names. */
    static Map<String, Entry> read(Path file, MemorySegment segment) {
        return new ZipDirectory(file, segment).entries();
    }

    private Map<String, Entry> entries() {
        Bytes end = at(endRecord() + 4);
        end.skip(6);
        long count = end.u16();
        long size = end.u32();
        long start = end.u32();
        if (count == 0xffff || size == UNSET || start == UNSET) {
            Bytes end64 = at(endRecord64() + 4);
            end64.skip(28);
            count = end64.i64();
            size = end64.i64();
            start = end64.i64();
        }
        if (count < 0 || count > MAX_ENTRIES || start < 0 || size < 0 || size > segment.byteSize() - start) {
            throw wrong("expected a zip directory of at most " + MAX_ENTRIES + " entries inside the file, found "
                    + count + " entries in " + size + " bytes at byte " + start);
        }
        Bytes in = new Bytes(file, segment, start, start + size);
        Map<String, Entry> entries = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            Entry entry = entry(in);
            if (entries.put(entry.name(), entry) != null) {
                throw wrong("expected each zip entry once, found two called " + entry.name());
            }
        }
        return Collections.unmodifiableMap(entries);
    }

    private Entry entry(Bytes in) {
        requireSignature(in, CENTRAL, "an entry of the zip directory");
        in.skip(4);
        int flags = in.u16();
        int method = in.u16();
        in.skip(4);
        long crc = in.u32();
        long stored = in.u32();
        long size = in.u32();
        int nameLength = in.u16();
        int extraLength = in.u16();
        int commentLength = in.u16();
        in.skip(8);
        long header = in.u32();
        String name = in.text(nameLength, 0xffff, StandardCharsets.ISO_8859_1);
        Bytes extra = new Bytes(file, segment, in.position(), in.position() + extraLength);
        in.skip(extraLength);
        in.skip(commentLength);
        long extraEnd = in.position() - commentLength;
        while (extra.position() + 4 <= extraEnd) {
            int tag = extra.u16();
            int length = extra.u16();
            Bytes field = new Bytes(file, segment, extra.position(), Math.min(extra.position() + length, extraEnd));
            if (tag == 1) {
                size = size == UNSET ? field.i64() : size;
                stored = stored == UNSET ? field.i64() : stored;
                header = header == UNSET ? field.i64() : header;
            }
            extra.skip(length);
        }
        if ((flags & 1) != 0 || (method != 0 && method != 8)) {
            throw wrong(
                    "zip entry " + name + ": expected it stored or deflated and not encrypted, found method " + method);
        }
        boolean deflated = method == 8;
        if (size < 0 || stored < 0 || (deflated ? size / BEST_RATIO > stored : size != stored)) {
            throw wrong("zip entry " + name + ": expected sizes that agree, found " + stored + " bytes for " + size);
        }
        return new Entry(name, content(name, header, stored), stored, size, deflated, crc);
    }

    /** Returns the offset of the bytes of an entry whose local header is at {@code header}. */
    private long content(String name, long header, long stored) {
        Bytes local = at(header);
        requireSignature(local, LOCAL, "the header of " + name);
        local.skip(22);
        int nameLength = local.u16();
        int extraLength = local.u16();
        local.skip(nameLength);
        local.skip(extraLength);
        if (stored > segment.byteSize() - local.position()) {
            throw wrong("zip entry " + name + ": expected " + stored + " bytes at byte " + local.position() + ", found "
                    + (segment.byteSize() - local.position()) + ": the file is cut off or damaged");
        }
        return local.position();
    }

    private long endRecord() {
        long first = Math.max(0, segment.byteSize() - END_BYTES - LONGEST_COMMENT);
        for (long at = segment.byteSize() - END_BYTES; at >= first; at--) {
            if (segment.get(ValueLayout.JAVA_BYTE, at) == 'P' && at(at).i32() == END) {
                return at;
            }
        }
        throw wrong("expected the directory of a zip file at its end, found none: the file is cut off or damaged");
    }

    private long endRecord64() {
        Bytes locator = at(endRecord() - 20);
        requireSignature(locator, LOCATOR64, "the place of the zip64 directory");
        locator.skip(4);
        long end64 = locator.i64();
        requireSignature(at(end64), END64, "the zip64 directory");
        return end64;
    }

    private void requireSignature(Bytes in, int signature, String what) {
        int found = in.i32();
        if (found != signature) {
            throw wrong("expected " + what + ", found 0x" + Integer.toHexString(found));
        }
    }

    private Bytes at(long offset) {
        if (offset < 0 || offset > segment.byteSize()) {
            throw wrong("expected a place inside the file of " + segment.byteSize() + " bytes, found " + offset);
        }
        return new Bytes(file, segment, offset, segment.byteSize());
    }

    private TorchFormatException wrong(String detail) {
        return new TorchFormatException(file, detail);
    }

    /** Reads the content of a small entry and verifies its checksum. */
    static byte[] content(Path file, MemorySegment segment, Entry entry, int limit) {
        if (entry.size() > limit) {
            throw new TorchFormatException(file,
                    "zip entry " + entry.name() + ": expected at most " + limit + " bytes, found " + entry.size());
        }
        byte[] content = new byte[(int) entry.size()];
        MemorySegment packed = segment.asSlice(entry.offset(), entry.stored());
        if (entry.deflated()) {
            inflate(file, packed, MemorySegment.ofArray(content), entry.name());
        } else {
            MemorySegment.copy(packed, 0, MemorySegment.ofArray(content), 0, content.length);
        }
        CRC32 crc = new CRC32();
        crc.update(content);
        if (crc.getValue() != entry.crc()) {
            throw new TorchFormatException(file, "zip entry " + entry.name() + ": expected the checksum "
                    + Long.toHexString(entry.crc()) + ", found " + Long.toHexString(crc.getValue()));
        }
        return content;
    }

    /** Decompresses {@code packed} into {@code target}, which it must fill exactly. */
    static void inflate(Path file, MemorySegment packed, MemorySegment target, String what) {
        Inflater inflater = new Inflater(true);
        try {
            byte[] input = new byte[1 << 16];
            byte[] output = new byte[1 << 16];
            long read = 0;
            long written = 0;
            while (!inflater.finished()) {
                if (inflater.needsInput()) {
                    int count = (int) Math.min(input.length, packed.byteSize() - read);
                    MemorySegment.copy(packed, ValueLayout.JAVA_BYTE, read, input, 0, count);
                    read += count;
                    inflater.setInput(input, 0, count);
                }
                int count = inflater.inflate(output);
                boolean exhausted = count == 0 && read == packed.byteSize() && !inflater.finished();
                if (exhausted || count > target.byteSize() - written) {
                    break;
                }
                MemorySegment.copy(output, 0, target, ValueLayout.JAVA_BYTE, written, count);
                written += count;
            }
            if (written == target.byteSize() && inflater.finished()) {
                return;
            }
            throw new TorchFormatException(file,
                    what + ": expected " + target.byteSize() + " bytes after unpacking, found another number");
        } catch (DataFormatException e) {
            throw new TorchFormatException(file, what + ": expected deflated bytes, found others");
        } finally {
            inflater.end();
        }
    }
}
