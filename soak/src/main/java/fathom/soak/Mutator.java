package fathom.soak;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Changes files as damage and attacks do: flipped and replaced bytes, removed, repeated and moved ranges, cut files, extreme
 * integers and numbers. Half of the changes of a ZIP file are made inside an entry, and half of the changes of a PNG file keep
 * the checksums valid, so that they reach the code behind the container. The same random numbers make the same file.
 */
final class Mutator {
    private static final int MAX_CHANGES = 4;
    private static final int MAX_RANGE = 64;
    private static final int MAX_ENTRY = 1 << 22;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G'};
    private static final int PNG_SIGNATURE = 8;
    private static final int PNG_OVERHEAD = 12;
    private static final byte[] ZIP = {'P', 'K', 3, 4};
    private static final byte[] BYTES = {0, 1, 0x7F, (byte) 0x80, (byte) 0xFF, ' ', '\n', '"', '-', '/', '%'};
    private static final long[] INTEGERS = {0, 1, -1, 2, 255, 256, 65535, 65536, 0x7FFFFFFFL, 0x80000000L, 0xFFFFFFFFL,
            Long.MAX_VALUE, Long.MIN_VALUE, 1L << 40, 1_000_000, 4096};
    private static final List<String> NUMBERS = List.of("0", "-1", "1e999", "-0.0", "NaN", "99999999999999999999",
            "2147483647", "1e-320", "65536", "4096", "null", "true", "\"x\"", "[]", "{}", "0.5", "100000");
    private static final Pattern TOKEN = Pattern
            .compile("-?[0-9]+(\\.[0-9]+)?|\"[^\"\n]*\"|true|false|null|[\\[\\]{},:]");
    private static final String[] REPEATED = {"[", "{\"a\":", "9", "(", "- ", "\u00e9", "a", "\n", "0.", ","};
    private static final int REPEATS = 3000;

    private final Random random;

    Mutator(Random random) {
        this.random = random;
    }

    /** Returns a changed copy of {@code seed}. */
    byte[] mutated(byte[] seed) {
        if (startsWith(seed, ZIP) && random.nextBoolean()) {
            return inEntry(seed);
        }
        byte[] bytes = seed.clone();
        int changes = 1 + random.nextInt(MAX_CHANGES);
        for (int i = 0; i < changes; i++) {
            bytes = changed(bytes);
        }
        if (startsWith(bytes, PNG) && random.nextBoolean()) {
            repairChecksums(bytes);
        }
        return bytes;
    }

    private byte[] changed(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[]{(byte) random.nextInt()};
        }
        if (isText(bytes) && random.nextInt(3) > 0) {
            return withToken(bytes);
        }
        int at = position(bytes);
        int length = Math.min(bytes.length - at, 1 + random.nextInt(MAX_RANGE));
        return switch (random.nextInt(10)) {
            case 0 -> withByte(bytes, at, (byte) (bytes[at] ^ 1 << random.nextInt(8)));
            case 1 -> withByte(bytes, at, (byte) random.nextInt());
            case 2 -> withByte(bytes, at, BYTES[random.nextInt(BYTES.length)]);
            case 3 -> joined(bytes, at, new byte[0], at + length);
            case 4 -> joined(bytes, at, Arrays.copyOfRange(bytes, at, at + length), at);
            case 5 -> joined(bytes, at, range(bytes, length), at + length);
            case 6 -> Arrays.copyOf(bytes, at);
            case 7 -> withToken(bytes);
            default -> withInteger(bytes, at);
        };
    }

    /** Returns a position, more often in the head, where most structure is. */
    private int position(byte[] bytes) {
        int reach = switch (random.nextInt(3)) {
            case 0 -> 64;
            case 1 -> 1024;
            default -> bytes.length;
        };
        return random.nextInt(Math.min(bytes.length, reach));
    }

    private static byte[] withByte(byte[] bytes, int at, byte value) {
        bytes[at] = value;
        return bytes;
    }

    private byte[] range(byte[] bytes, int length) {
        int from = random.nextInt(bytes.length - length + 1);
        return Arrays.copyOfRange(bytes, from, from + length);
    }

    /** Returns {@code bytes} up to {@code end}, then {@code middle}, then {@code bytes} from {@code next}. */
    private static byte[] joined(byte[] bytes, int end, byte[] middle, int next) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + middle.length);
        out.write(bytes, 0, end);
        out.writeBytes(middle);
        out.write(bytes, next, bytes.length - next);
        return out.toByteArray();
    }

    private byte[] withInteger(byte[] bytes, int at) {
        long value = INTEGERS[random.nextInt(INTEGERS.length)] + random.nextInt(3) - 1;
        int size = 1 << random.nextInt(4);
        if (bytes.length < size) {
            return bytes;
        }
        int start = Math.min(at, bytes.length - size);
        byte[] encoded = ByteBuffer.allocate(Long.BYTES)
                .order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN).putLong(value).array();
        boolean big = random.nextBoolean();
        System.arraycopy(encoded, big ? Long.BYTES - size : 0, bytes, start, size);
        return bytes;
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, MAX_RANGE); i++) {
            if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    /** Replaces, repeats or removes a number, a word or a sign in text. */
    private byte[] withToken(byte[] bytes) {
        String text = new String(bytes, 0, Math.min(bytes.length, 1 << 14), StandardCharsets.ISO_8859_1);
        List<MatchResult> tokens = TOKEN.matcher(text).results().limit(1000).toList();
        if (tokens.isEmpty()) {
            return bytes;
        }
        MatchResult chosen = tokens.get(random.nextInt(tokens.size()));
        String other = switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> tokens.get(random.nextInt(tokens.size())).group();
            case 2 -> random.nextInt(4) == 0
                    ? REPEATED[random.nextInt(REPEATED.length)].repeat(REPEATS)
                    : "\"" + chosen.group().replace("\"", "") + "\"";
            default -> NUMBERS.get(random.nextInt(NUMBERS.size()));
        };
        return joined(bytes, chosen.start(), other.getBytes(StandardCharsets.ISO_8859_1), chosen.end());
    }

    /** Changes one entry of a ZIP file. */
    private byte[] inEntry(byte[] zip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(zip.length);
        int chosen = random.nextInt(4);
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip));
                ZipOutputStream copy = new ZipOutputStream(out)) {
            int index = 0;
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] content = in.readNBytes(MAX_ENTRY);
                if (index++ == chosen) {
                    content = new Mutator(random).mutated(content);
                }
                ZipEntry written = new ZipEntry(entry.getName());
                if (entry.getMethod() == ZipEntry.STORED) {
                    CRC32 sum = new CRC32();
                    sum.update(content);
                    written.setMethod(ZipEntry.STORED);
                    written.setSize(content.length);
                    written.setCrc(sum.getValue());
                }
                copy.putNextEntry(written);
                copy.write(content);
            }
        } catch (IOException | IllegalArgumentException e) {
            // Already changed so much that it is no ZIP file any more.
            return changed(zip.clone());
        }
        return out.toByteArray();
    }

    private static void repairChecksums(byte[] png) {
        ByteBuffer buffer = ByteBuffer.wrap(png);
        int at = PNG_SIGNATURE;
        while (at + PNG_OVERHEAD <= png.length) {
            long length = Integer.toUnsignedLong(buffer.getInt(at));
            if (at + PNG_OVERHEAD + length > png.length) {
                return;
            }
            CRC32 sum = new CRC32();
            sum.update(png, at + 4, (int) length + 4);
            buffer.putInt(at + 8 + (int) length, (int) sum.getValue());
            at += PNG_OVERHEAD + (int) length;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }
}
