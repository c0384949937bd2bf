package fathom.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A float32 copy of weights in half precision, which networks compute with as float32, or in another order: written
 * once as a safetensors file to the cache folder. It is mapped like any other file, uses no private memory and needs no
 * work at later starts. Its name depends on the path, size and modification time of the checkpoint's files.
 */
final class WidenedCopy {
    /** Fewer bytes than this are converted in memory at each start. */
    static final long WORTHWHILE = 16L << 20;

    private static final int BLOCK = 1 << 16;

    private WidenedCopy() {}

    /**
     * Replaces tensors that are not float32 in their file by those of a copy, if they are large enough.
     *
     * @throws IOException if the copy cannot be written; the message states the required space
     */
    static Map<String, StoredTensor> widened(Map<String, StoredTensor> tensors, long worthwhile) throws IOException {
        List<StoredTensor> narrow = tensors.values().stream().filter(
                tensor -> tensor.type().isFloat() && (tensor.type() != StoredType.F32 || tensor.copy().isPresent()))
                .toList();
        long bytes = narrow.stream().mapToLong(tensor -> tensor.shape().elements() * Float.BYTES).sum();
        Path copy = copyOf(files(tensors));
        boolean sameRoot = narrow.stream()
                .allMatch(tensor -> String.valueOf(tensor.file().getRoot()).equals(String.valueOf(copy.getRoot())));
        if (bytes < worthwhile || !sameRoot) {
            return tensors;
        }
        if (!isComplete(copy, narrow)) {
            write(copy, narrow, files(tensors));
        }
        Map<String, StoredTensor> replaced = new HashMap<>(tensors);
        Safetensors.read(copy.toRealPath()).forEach(tensor -> replaced.put(tensor.name(), tensor));
        return replaced;
    }

    private static List<Path> files(Map<String, StoredTensor> tensors) {
        return tensors.values().stream().map(StoredTensor::file).distinct().sorted().toList();
    }

    /**
     * Returns what an earlier start stored for the weights of {@code file}, a real path: the bytes of float32 by name,
     * mapped. Empty if there is no valid copy.
     */
    static Map<String, MemorySegment> earlier(Path file) throws IOException {
        Path copy = copyOf(List.of(file));
        if (!Files.isRegularFile(copy)) {
            return Map.of();
        }
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ)) {
            MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), Arena.ofAuto());
            Map<String, MemorySegment> found = new HashMap<>();
            Safetensors.read(copy)
                    .forEach(tensor -> found.put(tensor.name(), bytes.asSlice(tensor.offset(), tensor.length())));
            return found;
        } catch (CheckpointException damaged) {
            return Map.of();
        }
    }

    private static Path copyOf(List<Path> files) throws IOException {
        return DerivedFiles.folder().resolve(DerivedFiles.key(files, "") + ".safetensors");
    }

    private static boolean isComplete(Path copy, List<StoredTensor> narrow) throws IOException {
        if (!Files.isRegularFile(copy)) {
            return false;
        }
        try {
            Map<String, StoredTensor> found = new HashMap<>();
            Safetensors.read(copy).forEach(tensor -> found.put(tensor.name(), tensor));
            return found.size() == narrow.size() && narrow.stream().allMatch(tensor -> found.containsKey(tensor.name())
                    && found.get(tensor.name()).shape().equals(tensor.shape()));
        } catch (CheckpointException damaged) {
            return false;
        }
    }

    private static void write(Path copy, List<StoredTensor> narrow, List<Path> sources) throws IOException {
        Map<Path, MemorySegment> files = new HashMap<>();
        Set<StoredTensor> notFinite = new HashSet<>();
        DerivedFiles.write(copy, "widening the weights of " + narrow.getFirst().file() + " to float32", sources, narrow
                .stream().map(tensor -> new DerivedTensor(tensor.name(), StoredType.F32, tensor.shape(), channel -> {
                    if (!writeWidened(channel, tensor, files)) {
                        notFinite.add(tensor);
                    }
                })).toList());
        files.values().forEach(MemorySegment::unload);
        if (notFinite.isEmpty()) {
            FileRecord.NONE.withFinite(FloatRanges.of(Safetensors.read(copy))).keep(FileRecord.placeOf(copy));
        }
    }

    /** Returns whether all numbers of {@code tensor} are finite. */
    private static boolean writeWidened(WritableByteChannel channel, StoredTensor tensor,
            Map<Path, MemorySegment> files) throws IOException {
        MemorySegment bytes;
        if (tensor.copy().isPresent()) {
            bytes = tensor.copy().get();
        } else {
            if (!files.containsKey(tensor.file())) {
                try (FileChannel source = FileChannel.open(tensor.file(), StandardOpenOption.READ)) {
                    files.put(tensor.file(),
                            source.map(FileChannel.MapMode.READ_ONLY, 0, source.size(), Arena.ofAuto()));
                }
            }
            bytes = files.get(tensor.file()).asSlice(tensor.offset(), tensor.length());
        }
        int size = tensor.type().bytes();
        int[] words = new int[BLOCK * size / Integer.BYTES];
        float[] values = new float[BLOCK];
        ByteBuffer buffer = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        long count = tensor.shape().elements();
        boolean finite = true;
        for (long from = 0; from < count; from += BLOCK) {
            int length = (int) Math.min(BLOCK, count - from);
            finite &= ElementConversion.areFinite(tensor.type(), bytes.asSlice(from * size, (long) length * size),
                    words);
            ElementConversion.toFloats(tensor.type(), bytes, from, length, values);
            buffer.clear();
            buffer.asFloatBuffer().put(values, 0, length);
            DerivedFiles.writeFully(channel, buffer.limit(length * Float.BYTES));
        }
        return finite;
    }
}
