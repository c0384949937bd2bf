package fathom.models.onnx;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import fathom.weights.CheckpointException;
import org.jspecify.annotations.Nullable;

/**
 * The structure of an ONNX file, read without its weights: its first operators, and the other files that contain
 * weights ({@code model.onnx_data} and the like). Field numbers are those of {@code onnx.proto} of ONNX 1.16.
 * Immutable.
 *
 * <p>The runtime rejects weights whose file is a link to another folder, which is how the Hub's cache stores all files.
 * A model with external weights is therefore opened from {@link #withAbsoluteLocations}, where every location is relative
 * to {@link #externalRoot}; the weights stay in their files. Only files in the model's folder, or below it, may be
 * named.
 */
public final class OnnxFile {
    private static final int DEEPEST = 64;
    private static final int MODEL_GRAPH = 7;
    private static final int MODEL_FUNCTIONS = 25;
    private static final int GRAPH_NODE = 1;
    private static final int GRAPH_INITIALIZER = 5;
    private static final int NODE_INPUT = 1;
    private static final int NODE_OPERATOR = 4;
    private static final int NODE_ATTRIBUTE = 5;
    private static final int FUNCTION_NODE = 7;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_TENSORS = 10;
    private static final int ATTRIBUTE_GRAPHS = 11;
    private static final int TENSOR_EXTERNAL = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;
    private static final String LOCATION = "location";

    private final Path path;
    private final Map<String, Path> external;
    private final Map<String, Set<String>> readers;

    private OnnxFile(Path path, Map<String, Path> external, Map<String, Set<String>> readers) {
        this.path = path;
        this.external = external;
        this.readers = readers;
    }

    /** The type of a message of the file, if its content is needed. */
    private enum Message {
        MODEL, GRAPH, NODE, FUNCTION, ATTRIBUTE, TENSOR;

        /** Returns the type of field {@code field} of this message, or null if its content is not needed. */
        @Nullable
        Message inside(int field) {
            return switch (this) {
                case MODEL -> field == MODEL_GRAPH ? GRAPH : field == MODEL_FUNCTIONS ? FUNCTION : null;
                case GRAPH -> field == GRAPH_NODE ? NODE : field == GRAPH_INITIALIZER ? TENSOR : null;
                case NODE -> field == NODE_ATTRIBUTE ? ATTRIBUTE : null;
                case FUNCTION -> field == FUNCTION_NODE ? NODE : null;
                case ATTRIBUTE -> switch (field) {
                    case ATTRIBUTE_TENSOR, ATTRIBUTE_TENSORS -> TENSOR;
                    case ATTRIBUTE_GRAPH, ATTRIBUTE_GRAPHS -> GRAPH;
                    default -> null;
                };
                case TENSOR -> null;
            };
        }
    }

    /**
     * Reads the structure of a file.
     *
     * @param path the file
     * @return its structure
     * @throws CheckpointException if it is no ONNX file, or names weights that are missing or incomplete
     * @throws IOException if it cannot be read
     */
    public static OnnxFile read(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ); Arena arena = Arena.ofConfined()) {
            return of(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena));
        } catch (NoSuchFileException e) {
            throw new CheckpointException(path, "expected an ONNX model, found no such file", e);
        }
    }

    /**
     * Reads the structure of a model in memory without external weights.
     *
     * @param name name of the model, for messages
     * @param bytes the content of an ONNX file
     * @return its structure
     */
    public static OnnxFile of(String name, byte[] bytes) {
        return of(Path.of(name), MemorySegment.ofArray(bytes));
    }

    private static OnnxFile of(Path path, MemorySegment bytes) {
        Look look = new Look(path);
        try {
            look.through(Message.MODEL, bytes, 0);
        } catch (ProtobufCursor.MalformedException e) {
            throw new CheckpointException(path, "expected an ONNX model, found other bytes: " + e.getMessage(), e);
        }
        if (!look.hasGraph) {
            throw new CheckpointException(path, "expected an ONNX model, found no graph in it");
        }
        return new OnnxFile(path, look.external, look.readers);
    }

    /** {@return the path of the file} */
    public Path path() {
        return path;
    }

    /** {@return whether weights are stored in other files} */
    public boolean hasExternalWeights() {
        return !external.isEmpty();
    }

    /** {@return the file and those that contain its weights, by name} */
    public List<Path> files() {
        Set<Path> files = new TreeSet<>(external.values());
        files.add(path);
        return List.copyOf(files);
    }

    /**
     * Returns the operators that read a value.
     *
     * @param name name of the value
     * @return their types, such as {@code Conv}, unordered
     */
    public Set<String> readers(String name) {
        return readers.getOrDefault(name, Set.of());
    }

    /** {@return the folder that the locations of {@link #withAbsoluteLocations} are relative to} */
    public Path externalRoot() {
        return root(external.isEmpty() ? path.toAbsolutePath() : external.values().iterator().next());
    }

    private static Path root(Path file) {
        Path root = file.getRoot();
        if (root == null) {
            throw new IllegalStateException("expected an absolute path, found " + file);
        }
        return root;
    }

    /**
     * Returns the file's content, with every location of weights replaced by the real path from {@link #externalRoot}.
     *
     * @return an ONNX model
     * @throws IOException if the file cannot be read
     */
    public byte[] withAbsoluteLocations() throws IOException {
        try {
            return rewritten(Message.MODEL, MemorySegment.ofArray(Files.readAllBytes(path)));
        } catch (ProtobufCursor.MalformedException e) {
            throw new CheckpointException(path, "expected an unchanged ONNX model, found: " + e.getMessage(), e);
        }
    }

    private byte[] rewritten(Message kind, MemorySegment bytes) throws ProtobufCursor.MalformedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(Math.toIntExact(bytes.byteSize()) + 256);
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            Message inside = kind.inside(cursor.field());
            if (inside != null && cursor.isContent()) {
                write(out, cursor.field(), rewritten(inside, cursor.content()));
            } else if (kind == Message.TENSOR && cursor.field() == TENSOR_EXTERNAL) {
                write(out, cursor.field(), rewrittenEntry(cursor.content()));
            } else {
                out.writeBytes(cursor.whole().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return out.toByteArray();
    }

    private byte[] rewrittenEntry(MemorySegment bytes) throws ProtobufCursor.MalformedException {
        Entry entry = Entry.of(bytes);
        Path file = external.get(entry.value);
        if (!entry.key.equals(LOCATION) || file == null) {
            return bytes.toArray(ValueLayout.JAVA_BYTE);
        }
        String location = root(file).relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        write(out, ENTRY_KEY, LOCATION.getBytes(StandardCharsets.UTF_8));
        write(out, ENTRY_VALUE, location.getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    private static void write(ByteArrayOutputStream out, int field, byte[] content) {
        writeVarint(out, (field << 3) | 2);
        writeVarint(out, content.length);
        out.writeBytes(content);
    }

    private static void writeVarint(ByteArrayOutputStream out, int value) {
        int rest = value;
        while (rest >>> 7 != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    /** A pair of strings that describes external data. */
    private record Entry(String key, String value) {
        static Entry of(MemorySegment bytes) throws ProtobufCursor.MalformedException {
            String key = "";
            String value = "";
            ProtobufCursor cursor = new ProtobufCursor(bytes);
            while (cursor.next()) {
                if (cursor.field() == ENTRY_KEY && cursor.isContent()) {
                    key = cursor.text();
                } else if (cursor.field() == ENTRY_VALUE && cursor.isContent()) {
                    value = cursor.text();
                }
            }
            return new Entry(key, value);
        }
    }

    /** Collects the results while a file is read. */
    private static final class Look {
        private final Path path;
        private final Map<String, Path> external = new LinkedHashMap<>();
        private final Map<String, Set<String>> readers = new LinkedHashMap<>();
        private boolean hasGraph;

        Look(Path path) {
            this.path = path;
        }

        void through(Message kind, MemorySegment bytes, int depth) throws ProtobufCursor.MalformedException {
            if (depth > DEEPEST) {
                throw new ProtobufCursor.MalformedException("graphs inside graphs, more than " + DEEPEST + " deep");
            }
            hasGraph |= kind == Message.GRAPH;
            ProtobufCursor cursor = new ProtobufCursor(bytes);
            Set<String> inputs = new LinkedHashSet<>();
            Map<String, String> entries = new LinkedHashMap<>();
            String operator = "";
            while (cursor.next()) {
                Message inside = kind.inside(cursor.field());
                if (!cursor.isContent()) {
                    continue;
                }
                if (inside != null) {
                    through(inside, cursor.content(), depth + 1);
                } else if (kind == Message.NODE && cursor.field() == NODE_INPUT) {
                    inputs.add(cursor.text());
                } else if (kind == Message.NODE && cursor.field() == NODE_OPERATOR) {
                    operator = cursor.text();
                } else if (kind == Message.TENSOR && cursor.field() == TENSOR_EXTERNAL) {
                    Entry entry = Entry.of(cursor.content());
                    entries.put(entry.key, entry.value);
                }
            }
            for (String input : inputs) {
                readers.computeIfAbsent(input, name -> new LinkedHashSet<>()).add(operator);
            }
            if (!entries.isEmpty()) {
                require(entries);
            }
        }

        /** Requires that the bytes that {@code entries} describe are present. */
        private void require(Map<String, String> entries) {
            String location = entries.getOrDefault(LOCATION, "");
            Path file = external.computeIfAbsent(location, this::real);
            long offset = number(entries, "offset", location);
            long length = number(entries, "length", location);
            try {
                long size = Files.size(file);
                if (offset > size || length > size - offset) {
                    throw new CheckpointException(path, "expected weights in " + location + " up to byte "
                            + (offset + length) + ", found only " + size + " bytes; the file is incomplete");
                }
            } catch (IOException e) {
                throw new CheckpointException(path, "reading its weights in " + location, e);
            }
        }

        private long number(Map<String, String> entries, String key, String location) {
            String text = entries.getOrDefault(key, "0");
            try {
                long number = Long.parseLong(text);
                if (number >= 0) {
                    return number;
                }
            } catch (NumberFormatException e) {
                throw new CheckpointException(path,
                        "weights in " + location + ": expected a number of bytes as " + key + ", found " + text, e);
            }
            throw new CheckpointException(path,
                    "weights in " + location + ": expected a number of bytes as " + key + ", found " + text);
        }

        private Path real(String location) {
            String rule = "expected the weights in a file of the model's folder, found the location \"" + location
                    + "\"";
            try {
                Path relative = Path.of(location);
                boolean inside = !location.isEmpty() && !relative.isAbsolute() && relative.getRoot() == null;
                for (Path part : relative) {
                    inside &= !part.toString().equals("..");
                }
                if (!inside) {
                    throw new CheckpointException(path, rule);
                }
                Path file = path.toAbsolutePath().resolveSibling(relative);
                if (!Files.isRegularFile(file)) {
                    throw new CheckpointException(path, "expected its weights in " + location
                            + " next to it, found no such file; download it into the same folder");
                }
                return file.toRealPath();
            } catch (InvalidPathException e) {
                throw new CheckpointException(path, rule, e);
            } catch (IOException e) {
                throw new CheckpointException(path, "reading its weights in " + location, e);
            }
        }
    }
}
