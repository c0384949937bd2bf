package fathom.models.onnx.file;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import fathom.weights.CheckpointException;

/**
 * The structure of an ONNX file, read without its weights: its operators, and the other files that contain weights
 * ({@code model.onnx_data} and the like). Immutable.
 *
 * <p>The runtime rejects weights whose file is a link to another folder, which is how the Hub's cache stores all files.
 * A model with external weights is therefore opened from {@link #withAbsoluteLocations}, where every location is relative
 * to {@link #externalRoot}; the weights stay in their files. {@link ExternalWeights} says which files are accepted.
 */
public final class OnnxFile {
    private static final int DEEPEST = 64;

    private final Path path;
    private final Map<String, Path> external;
    private final OnnxGraph graph;

    private OnnxFile(Path path, Map<String, Path> external, OnnxGraph graph) {
        this.path = path;
        this.external = external;
        this.graph = graph;
    }

    /**
     * Reads the structure of a file.
     *
     * @param path the file
     * @return its structure
     * @throws CheckpointException if it is no ONNX file, or names weights that are missing, incomplete or elsewhere
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
            look.through(OnnxMessage.MODEL, bytes, 0);
            if (!look.hasGraph) {
                throw new CheckpointException(path, "expected an ONNX model, found no graph in it");
            }
            return new OnnxFile(path, Map.copyOf(look.external.files()), OnnxGraph.read(bytes));
        } catch (ProtobufCursor.MalformedException e) {
            throw new CheckpointException(path, "expected an ONNX model, found other bytes: " + e.getMessage(), e);
        }
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
     * Returns what the graph does with an input before its first layer.
     *
     * @param input name of the input
     * @return the first operators
     */
    public GraphStart start(String input) {
        return GraphStart.of(graph, input);
    }

    /**
     * Returns the operators that produce an output, the last one first, up to the last layer with weights.
     *
     * @param output name of the output
     * @return their types, such as {@code Relu}
     */
    public List<String> lastOperators(String output) {
        return graph.lastOperators(output);
    }

    /**
     * Returns whether the main graph has a weight whose name starts with a prefix.
     *
     * @param prefix the prefix
     * @return whether there is one
     */
    public boolean hasConstant(String prefix) {
        return graph.constants().keySet().stream().anyMatch(name -> name.startsWith(prefix));
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
            return rewritten(OnnxMessage.MODEL, MemorySegment.ofArray(Files.readAllBytes(path)));
        } catch (ProtobufCursor.MalformedException e) {
            throw new CheckpointException(path, "expected an unchanged ONNX model, found: " + e.getMessage(), e);
        }
    }

    private byte[] rewritten(OnnxMessage kind, MemorySegment bytes) throws ProtobufCursor.MalformedException {
        ProtobufWriter out = new ProtobufWriter(Math.toIntExact(bytes.byteSize()) + 256);
        ProtobufCursor cursor = new ProtobufCursor(bytes);
        while (cursor.next()) {
            OnnxMessage inside = kind.inside(cursor.field());
            if (inside != null && cursor.isContent()) {
                out.field(cursor.field(), rewritten(inside, cursor.content()));
            } else if (kind == OnnxMessage.TENSOR && cursor.field() == OnnxMessage.TENSOR_EXTERNAL) {
                out.field(cursor.field(), rewrittenEntry(cursor.content()));
            } else {
                out.whole(cursor.whole().toArray(ValueLayout.JAVA_BYTE));
            }
        }
        return out.toBytes();
    }

    private byte[] rewrittenEntry(MemorySegment bytes) throws ProtobufCursor.MalformedException {
        ExternalWeights.Entry entry = ExternalWeights.Entry.of(bytes);
        Path file = external.get(entry.value());
        if (!entry.key().equals(ExternalWeights.LOCATION) || file == null) {
            return bytes.toArray(ValueLayout.JAVA_BYTE);
        }
        String location = root(file).relativize(file).toString().replace(file.getFileSystem().getSeparator(), "/");
        ProtobufWriter out = new ProtobufWriter(location.length() + 16);
        new ExternalWeights.Entry(ExternalWeights.LOCATION, location).writeTo(out);
        return out.toBytes();
    }

    /** Looks for external weights in every place that can contain a tensor. */
    private static final class Look {
        private final ExternalWeights external;
        private boolean hasGraph;

        Look(Path path) {
            this.external = new ExternalWeights(path);
        }

        void through(OnnxMessage kind, MemorySegment bytes, int depth) throws ProtobufCursor.MalformedException {
            if (depth > DEEPEST) {
                throw new ProtobufCursor.MalformedException("graphs inside graphs, more than " + DEEPEST + " deep");
            }
            hasGraph |= kind == OnnxMessage.GRAPH;
            ProtobufCursor cursor = new ProtobufCursor(bytes);
            List<ExternalWeights.Entry> entries = new ArrayList<>();
            while (cursor.next()) {
                OnnxMessage inside = kind.inside(cursor.field());
                if (!cursor.isContent()) {
                    continue;
                }
                if (inside != null) {
                    through(inside, cursor.content(), depth + 1);
                } else if (kind == OnnxMessage.TENSOR && cursor.field() == OnnxMessage.TENSOR_EXTERNAL) {
                    entries.add(ExternalWeights.Entry.of(cursor.content()));
                }
            }
            if (!entries.isEmpty()) {
                external.require(entries);
            }
        }
    }
}
