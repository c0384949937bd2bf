package fathom.models.onnx.file;

import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import fathom.weights.CheckpointException;
import fathom.weights.FolderFiles;

/**
 * The other files that contain weights of a model. Only files of the model's folder, or below it, are accepted, and only
 * symbolic links that {@link FolderFiles} accepts. Without this rule, a model could read any file of the machine into its
 * weights.
 */
final class ExternalWeights {
    static final String LOCATION = "location";
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private final Path model;
    private final Map<String, Path> files = new LinkedHashMap<>();

    ExternalWeights(Path model) {
        this.model = model;
    }

    /** A pair of strings that describes external data. */
    record Entry(String key, String value) {
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

        void writeTo(ProtobufWriter out) {
            out.field(ENTRY_KEY, key);
            out.field(ENTRY_VALUE, value);
        }
    }

    /** {@return the real files by location} */
    Map<String, Path> files() {
        return files;
    }

    /** Requires that the bytes that {@code entries} of one tensor describe are present in an accepted file. */
    void require(List<Entry> entries) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Entry entry : entries) {
            if (values.put(entry.key, entry.value) != null) {
                throw new CheckpointException(model,
                        "expected one " + entry.key + " for the weights of a tensor, found several");
            }
        }
        String location = values.getOrDefault(LOCATION, "");
        Path file = files.computeIfAbsent(location, this::real);
        long offset = number(values, "offset", location);
        long length = number(values, "length", location);
        try {
            long size = Files.size(file);
            if (offset > size || length > size - offset) {
                throw new CheckpointException(model, "expected weights in " + location + " up to byte "
                        + (offset + length) + ", found only " + size + " bytes; the file is incomplete");
            }
        } catch (IOException e) {
            throw new CheckpointException(model, "reading its weights in " + location, e);
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
            throw new CheckpointException(model,
                    "weights in " + location + ": expected a number of bytes as " + key + ", found " + text, e);
        }
        throw new CheckpointException(model,
                "weights in " + location + ": expected a number of bytes as " + key + ", found " + text);
    }

    private Path real(String location) {
        String rule = "expected the weights in a file of the model's folder, found the location \"" + location + "\"";
        try {
            Path relative = Path.of(location);
            boolean inside = !location.isEmpty() && !relative.isAbsolute() && relative.getRoot() == null;
            for (Path part : relative) {
                inside &= !part.toString().equals("..");
            }
            if (!inside) {
                throw new CheckpointException(model, rule);
            }
            Path file = model.toAbsolutePath().resolveSibling(relative);
            if (!Files.isRegularFile(file)) {
                throw new CheckpointException(model, "expected its weights in " + location
                        + " next to it, found no such file; download it into the same folder");
            }
            Path real = file.toRealPath();
            if (FolderFiles.isAccepted(model, real)) {
                return real;
            }
            throw new CheckpointException(model, rule + ", a link to " + real + "; copy that file into the folder");
        } catch (InvalidPathException e) {
            throw new CheckpointException(model, rule, e);
        } catch (IOException e) {
            throw new CheckpointException(model, "reading its weights in " + location, e);
        }
    }
}
