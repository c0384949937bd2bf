package fathom.weights;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.graph.Shape;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the header of a safetensors file: eight bytes of little-endian header length, a JSON object from tensor name to
 * {@code dtype}, {@code shape} and {@code data_offsets}, then the bytes of the tensors. Like the format's reference
 * implementation, it rejects headers of 100 MB, tensors that overlap, gaps between them and bytes after the last.
 */
final class Safetensors {
    /** A header must be shorter than this. */
    static final long HEADER_LIMIT = 100_000_000;

    private static final String METADATA = "__metadata__";
    private static final int PREFIX = Long.BYTES;
    private static final JsonFactory JSON = JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final long dataStart;
    private final long dataLength;

    private Safetensors(Path file, long dataStart, long dataLength) {
        this.file = file;
        this.dataStart = dataStart;
        this.dataLength = dataLength;
    }

    /**
     * Returns the tensors of {@code file} in the order of their bytes.
     *
     * @throws CheckpointException if the file is invalid
     */
    static List<StoredTensor> read(Path file) throws IOException {
        Header header = header(file);
        Safetensors reader = new Safetensors(file, header.end(), header.size() - header.end());
        return reader.contiguous(reader.entries(header.json().array()));
    }

    /**
     * Returns the strings in {@code __metadata__} of {@code file}, by key.
     *
     * @throws CheckpointException if the file is invalid
     */
    static Map<String, String> metadata(Path file) throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header(file).json().array())) {
            json.nextToken();
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                boolean here = json.currentName().equals(METADATA);
                json.nextToken();
                if (!here) {
                    json.skipChildren();
                    continue;
                }
                while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                    String key = json.currentName();
                    json.nextToken();
                    metadata.put(key, json.getString());
                }
            }
        } catch (JacksonException e) {
            throw new CheckpointException(file, "header: expected sound JSON, found: " + e.getOriginalMessage(), e);
        }
        return metadata;
    }

    /**
     * The header of a file.
     *
     * @param json the object
     * @param end first byte after it
     * @param size of the file
     */
    private record Header(ByteBuffer json, long end, long size) {}

    private static Header header(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < PREFIX) {
                throw new CheckpointException(file, "not a safetensors file: expected at least 8 bytes, found " + size);
            }
            long length = bytes(channel, file, 0, PREFIX).order(ByteOrder.LITTLE_ENDIAN).getLong(0);
            if (length < 2 || length >= HEADER_LIMIT) {
                throw new CheckpointException(file, "header length at byte 0: expected 2 to " + (HEADER_LIMIT - 1)
                        + " bytes, found " + Long.toUnsignedString(length));
            }
            if (length > size - PREFIX) {
                throw new CheckpointException(file, "truncated in its header: expected " + (PREFIX + length)
                        + " bytes, found " + size + "; download it again");
            }
            return new Header(bytes(channel, file, PREFIX, (int) length), PREFIX + length, size);
        }
    }

    private static ByteBuffer bytes(FileChannel channel, Path file, long from, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, from + buffer.position()) < 0) {
                throw new CheckpointException(file, "truncated at byte " + (from + buffer.position()));
            }
        }
        return buffer;
    }

    private List<StoredTensor> entries(byte[] header) {
        List<StoredTensor> tensors = new ArrayList<>();
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), header)) {
            require(json.nextToken() == JsonToken.START_OBJECT, "header", "a JSON object", json);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                require(json.nextToken() == JsonToken.START_OBJECT, name, "a JSON object", json);
                if (name.equals(METADATA)) {
                    json.skipChildren();
                } else {
                    tensors.add(entry(name, json));
                }
            }
            if (json.nextToken() != null) {
                throw malformed("header", "nothing but spaces after the JSON object", json.currentToken());
            }
        } catch (JacksonException e) {
            throw new CheckpointException(file, "header: expected sound JSON, found: " + e.getOriginalMessage(), e);
        }
        return tensors;
    }

    private StoredTensor entry(String name, JsonParser json) {
        String type = null;
        long[] extents = null;
        long[] offsets = null;
        while (json.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = json.currentName();
            JsonToken token = json.nextToken();
            switch (field) {
                case "dtype" -> {
                    require(token == JsonToken.VALUE_STRING, name + ": dtype", "a word", json);
                    type = json.getString();
                }
                case "shape" -> extents = integers(name + ": shape", Integer.MAX_VALUE, json);
                case "data_offsets" -> offsets = integers(name + ": data_offsets", Long.MAX_VALUE, json);
                default -> json.skipChildren();
            }
        }
        if (type == null || extents == null || offsets == null) {
            throw new CheckpointException(file, "tensor " + name + ": expected dtype, shape and data_offsets, found "
                    + "an entry without " + (type == null ? "dtype" : extents == null ? "shape" : "data_offsets"));
        }
        return tensor(name, type, extents, offsets);
    }

    private StoredTensor tensor(String name, String typeName, long[] extents, long[] offsets) {
        StoredType type = StoredType.ofName(typeName).orElseThrow(() -> new CheckpointException(file, "tensor " + name
                + ": dtype: expected one of " + Arrays.toString(StoredType.values()) + ", found " + typeName));
        if (offsets.length != 2 || offsets[0] > offsets[1] || offsets[1] > dataLength) {
            throw new CheckpointException(file,
                    "tensor " + name + ": data_offsets: expected [begin, end] within 0 to " + dataLength
                            + ", the bytes after the header, found " + Arrays.toString(offsets)
                            + "; a truncated file must be downloaded again");
        }
        Shape shape = Shape.of(Arrays.stream(extents).mapToInt(Math::toIntExact).toArray());
        long expected;
        try {
            expected = Math.multiplyExact(shape.elements(), type.bytes());
        } catch (ArithmeticException e) {
            throw new CheckpointException(file,
                    "tensor " + name + ": shape: expected fewer than 2^63 bytes, found " + typeName + " " + shape, e);
        }
        if (offsets[1] - offsets[0] != expected) {
            throw new CheckpointException(file,
                    "tensor " + name + ": expected " + expected + " bytes for " + typeName + " " + shape + ", found "
                            + (offsets[1] - offsets[0]) + " in data_offsets " + Arrays.toString(offsets));
        }
        return new StoredTensor(name, type, shape, file, dataStart + offsets[0]);
    }

    private long[] integers(String what, long limit, JsonParser json) {
        require(json.currentToken() == JsonToken.START_ARRAY, what, "a list of integers", json);
        long[] values = new long[8];
        int count = 0;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            require(json.currentToken() == JsonToken.VALUE_NUMBER_INT, what, "a list of integers", json);
            long value = json.getLongValue();
            if (value < 0 || value > limit) {
                throw malformed(what, "integers from 0 to " + limit, value);
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = value;
        }
        return Arrays.copyOf(values, count);
    }

    private void require(boolean condition, String what, String expected, JsonParser json) {
        if (!condition) {
            throw malformed(what, expected, json.currentToken() == null ? "the end" : json.getString());
        }
    }

    private CheckpointException malformed(String what, String expected, Object found) {
        return new CheckpointException(file, what + ": expected " + expected + ", found " + found);
    }

    /** Sorts the tensors by their bytes, which must fill the file after the header without overlap or gap. */
    private List<StoredTensor> contiguous(List<StoredTensor> tensors) {
        List<StoredTensor> sorted = new ArrayList<>(tensors);
        sorted.sort(Comparator.comparingLong(StoredTensor::offset).thenComparingLong(StoredTensor::length));
        long end = dataStart;
        String before = "the header";
        for (StoredTensor tensor : sorted) {
            if (tensor.offset() != end) {
                throw new CheckpointException(file, "tensor " + tensor.name() + ": expected to start at byte " + end
                        + ", where " + before + " ends, found byte " + tensor.offset() + ": "
                        + (tensor.offset() < end ? "the two overlap" : "bytes between them belong to no tensor"));
            }
            end += tensor.length();
            before = tensor.name();
        }
        if (end != dataStart + dataLength) {
            throw new CheckpointException(file,
                    "expected " + end + " bytes, the end of " + before + ", found " + (dataStart + dataLength));
        }
        return List.copyOf(sorted);
    }
}
