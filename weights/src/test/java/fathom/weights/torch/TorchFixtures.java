package fathom.weights.torch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Files of torch.save, from {@code goldens/formats} or written by hand. */
final class TorchFixtures {
    static final Path NAME = Path.of("weights.bin");

    private TorchFixtures() {}

    static byte[] golden(String name) {
        try {
            return Files.readAllBytes(Path.of(System.getProperty("fathom.goldens"), "formats", name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static TorchFile read(byte[] content) {
        return TorchFile.read(NAME, MemorySegment.ofArray(content));
    }

    static byte[] zip(Map<String, byte[]> entries, boolean deflated) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry("archive/" + entry.getKey());
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                header.setMethod(deflated ? ZipEntry.DEFLATED : ZipEntry.STORED);
                header.setSize(entry.getValue().length);
                header.setCrc(crc.getValue());
                zip.putNextEntry(header);
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] floats(ByteOrder order, float... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(order);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    /** Returns the pickle of {@code {"x": tensor}} over a float storage "0" of {@code elements} elements. */
    static Pickle tensor(long elements, long start, long[] shape, long[] strides) {
        Pickle pickle = new Pickle().raw(0x80, 2).raw('}').text("x").global("torch._utils", "_rebuild_tensor_v2")
                .raw('(');
        pickle.raw('(').text("storage").global("torch", "FloatStorage").text("0").text("cpu").whole(elements).raw('t',
                'Q');
        pickle.whole(start).raw('(').wholes(shape).raw('t').raw('(').wholes(strides).raw('t');
        return pickle.raw(0x89).global("collections", "OrderedDict").raw(')', 'R').raw('t', 'R', 's', '.');
    }

    /** Writes instructions of a pickle. */
    static final class Pickle {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();

        Pickle raw(int... bytes) {
            for (int b : bytes) {
                out.write(b);
            }
            return this;
        }

        Pickle text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return raw('X').int32(bytes.length).bytes(bytes);
        }

        Pickle global(String module, String name) {
            return raw('c').bytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        }

        Pickle whole(long value) {
            return raw(0x8a, 8).bytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array());
        }

        Pickle wholes(long... values) {
            for (long value : values) {
                whole(value);
            }
            return this;
        }

        Pickle int32(int value) {
            return bytes(ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array());
        }

        Pickle bytes(byte[] bytes) {
            out.writeBytes(bytes);
            return this;
        }

        byte[] done() {
            return out.toByteArray();
        }
    }
}
