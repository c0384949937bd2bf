package fathom.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import fathom.formats.FirstBytes;
import fathom.graph.Shape;
import io.jhdf.HdfFile;
import io.jhdf.api.Attribute;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.FloatingPoint;
import org.jspecify.annotations.Nullable;

/**
 * A model or its weights as Keras 2 saves them in HDF5. A group, {@value #WHOLE} for a whole model or otherwise the
 * root, names its layers in {@code layer_names} and contains a group for each, which names its datasets in
 * {@code weight_names}. Follows {@code hdf5_format.py} of Keras.
 *
 * @param layers names of the layers in their order, including those without weights
 * @param tensors the weights, each called by its layer and the last part of its name: {@code conv1/conv/kernel}.
 * Kernels of two-dimensional convolutions, which the file stores as [H, W, in, out], are [out, in, H, W]
 * @param settings {@code model_config} of a whole model, the layers with their settings as JSON
 */
public record KerasFile(List<String> layers, List<StoredTensor> tensors, Optional<Settings> settings) {
    private static final String WHOLE = "model_weights";
    private static final String LAYERS = "layer_names";
    private static final String WEIGHTS = "weight_names";
    private static final String CONFIG = "model_config";
    private static final String KERNEL = "kernel";
    /** Number of floats in a cache line of the processor. */
    private static final int STRIP = 16;
    /** Larger than any dataset of a depth network. */
    private static final long MAX_DATASET = Integer.MAX_VALUE / Float.BYTES;

    /** Copies the collections. */
    public KerasFile {
        layers = List.copyOf(layers);
        tensors = List.copyOf(tensors);
    }

    /**
     * Returns whether a file has a file extension of Keras.
     *
     * @param file the file
     * @return whether it has
     */
    public static boolean hasKerasName(Path file) {
        String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        return name.endsWith(".h5") || name.endsWith(".hdf5");
    }

    /**
     * Reads a file. Elements that it stores as float32, little-endian and contiguous stay there, except kernels; others
     * are copied, or mapped from the cache if an earlier start stored them there.
     *
     * @param file the file
     * @return its content
     * @throws CheckpointException if it is damaged, not HDF5 or not of Keras
     * @throws IOException if it cannot be read
     */
    public static KerasFile read(Path file) throws IOException {
        Path real = CheckpointFiles.real(file);
        CheckpointFiles.requireKind(real, "a model or weights of Keras in HDF5", FirstBytes.Kind.HDF5,
                FirstBytes.Kind.ZEROS);
        long size = Files.size(real);
        if (size > Integer.MAX_VALUE) {
            throw new CheckpointException(real,
                    "expected an HDF5 file of at most " + Integer.MAX_VALUE + " bytes, found " + size);
        }
        // From a file, the library allocates the sizes that headers declare before it reads; a buffer has a limit.
        try (HdfFile hdf = HdfFile.fromByteBuffer(mapped(real))) {
            long end = hdf.getHdfBackingStorage().getSuperblock().getEndOfFileAddress();
            if (end < 0 || end > size) {
                throw new CheckpointException(real, "expected " + Long.toUnsignedString(end) + " bytes, found " + size
                        + "; it is truncated, download it again");
            }
            return new Reader(real, size, hdf.getUserBlockSize(), WidenedCopy.earlier(real)).read(hdf);
        } catch (CheckpointException e) {
            throw e;
        } catch (RuntimeException e) {
            // The library reports damage with exceptions of many types; they depend on the bytes only.
            throw new CheckpointException(real, "expected a valid HDF5 file, found damage or another format in its "
                    + size + " bytes: " + innermost(e) + "; download it again", e);
        }
    }

    private static ByteBuffer mapped(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file)) {
            return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size());
        }
    }

    private static String innermost(Throwable e) {
        Throwable inner = e;
        while (inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }

    /**
     * Reads one file.
     *
     * @param file its real path
     * @param size its bytes
     * @param start the byte that addresses are relative to
     * @param earlier copies that the cache contains
     */
    private record Reader(Path file, long size, long start, Map<String, MemorySegment> earlier) {
        KerasFile read(HdfFile hdf) {
            Node whole = hdf.getChild(WHOLE);
            Group group = whole == null ? hdf : group(whole, WHOLE);
            List<String> layers = names(group, LAYERS).orElseThrow(() -> new CheckpointException(file,
                    "expected the attribute " + LAYERS + " of a model that Keras 2 saved, in " + WHOLE
                            + " or in the root, found only the groups "
                            + group.getChildren().keySet().stream().limit(20).collect(Collectors.joining(", "))));
            List<StoredTensor> tensors = new ArrayList<>();
            for (String layer : layers) {
                addWeights(group(find(group, layer), "layer " + layer), layer, tensors);
            }
            Attribute config = hdf.getAttribute(CONFIG);
            Optional<Settings> settings = config == null
                    ? Optional.empty()
                    : Optional.of(Settings.parse(file, text(CONFIG, config.getData())));
            return new KerasFile(layers, tensors, settings);
        }

        private void addWeights(Group group, String layer, List<StoredTensor> tensors) {
            List<String> names = names(group, WEIGHTS).orElseThrow(() -> new CheckpointException(file,
                    "layer " + layer + ": expected the attribute " + WEIGHTS + ", found none"));
            Set<String> taken = new HashSet<>();
            for (String name : names) {
                String own = lastPart(name);
                if (!taken.add(own)) {
                    throw new CheckpointException(file,
                            "layer " + layer + ": expected weights of different names, found " + names
                                    + "; nested models are not supported");
                }
                if (!(find(group, name) instanceof Dataset dataset)) {
                    throw new CheckpointException(file, "layer " + layer + ": expected the dataset " + name + ", which "
                            + WEIGHTS + " names, found none");
                }
                tensors.add(tensor(layer + "/" + own, own.equals(KERNEL), dataset));
            }
        }

        /** Returns {@code kernel} for {@code conv1/conv/kernel:0}. */
        private static String lastPart(String name) {
            String last = name.substring(name.lastIndexOf('/') + 1);
            int colon = last.indexOf(':');
            return colon < 0 ? last : last.substring(0, colon);
        }

        /**
         * Returns the node at {@code path}; names with slashes are groups in groups. Links, which Keras never creates,
         * are not followed.
         */
        private @Nullable Node find(Group from, String path) {
            Node node = from;
            for (String part : path.split("/", -1)) {
                node = node instanceof Group group && !node.isLink() ? group.getChild(part) : null;
            }
            return node == null || node.isLink() ? null : node;
        }

        private Group group(@Nullable Node node, String what) {
            if (node instanceof Group group) {
                return group;
            }
            throw new CheckpointException(file,
                    what + ": expected a group, found " + (node == null ? "none" : "a dataset"));
        }

        /**
         * Returns the names in an attribute; Keras splits it if it is too long for a header: name, name0, name1 and so
         * on.
         */
        private Optional<List<String>> names(Group group, String attribute) {
            Attribute one = group.getAttribute(attribute);
            if (one != null) {
                return Optional.of(texts(attribute, one));
            }
            List<String> names = new ArrayList<>();
            int parts = 0;
            for (Attribute part = group.getAttribute(attribute + parts); part != null; part = group
                    .getAttribute(attribute + parts)) {
                names.addAll(texts(attribute + parts, part));
                parts++;
            }
            return parts == 0 ? Optional.empty() : Optional.of(names);
        }

        private List<String> texts(String attribute, Attribute value) {
            if (value.isEmpty() || value.getSize() == 0) {
                return List.of();
            }
            if (value.getData() instanceof String[] texts) {
                return List.of(texts);
            }
            throw new CheckpointException(file,
                    attribute + ": expected a list of names, found " + value.getJavaType().getSimpleName());
        }

        private String text(String attribute, @Nullable Object value) {
            if (value instanceof String text) {
                return text;
            }
            throw new CheckpointException(file, attribute + ": expected a text, found "
                    + (value == null ? "nothing" : value.getClass().getSimpleName()));
        }

        private StoredTensor tensor(String name, boolean kernel, Dataset dataset) {
            if (!(dataset.getDataType() instanceof FloatingPoint type)) {
                throw new CheckpointException(file,
                        "tensor " + name + ": expected floating-point numbers, found "
                                + dataset.getDataType().getClass().getSimpleName() + " of "
                                + dataset.getDataType().getSize() + " bytes");
            }
            if (dataset.getSize() > MAX_DATASET) {
                throw new CheckpointException(file, "tensor " + name + ": expected at most " + MAX_DATASET
                        + " numbers, found " + dataset.getSize());
            }
            Shape shape = Shape.of(dataset.getDimensions());
            boolean plain = type.getSize() == Float.BYTES && type.getByteOrder() == ByteOrder.LITTLE_ENDIAN;
            if (dataset instanceof ContiguousDataset contiguous && !dataset.isEmpty()) {
                long offset = start + contiguous.getDataAddress();
                long length = shape.elements() * type.getSize();
                if (offset < 0 || length > size - offset) {
                    throw new CheckpointException(file, "tensor " + name + ": expected " + length + " bytes from byte "
                            + offset + ", found a file of " + size + " bytes; it is truncated, download it again");
                }
                if (plain && !(kernel && shape.rank() == 4)) {
                    return new StoredTensor(name, StoredType.F32, shape, file, offset);
                }
            }
            boolean turned = kernel && shape.rank() == 4;
            Shape given = turned ? Shape.of(shape.dim(3), shape.dim(2), shape.dim(0), shape.dim(1)) : shape;
            MemorySegment known = earlier.get(name);
            if (known != null && known.byteSize() == given.elements() * Float.BYTES) {
                return new StoredTensor(name, StoredType.F32, given, file, 0, Optional.of(known));
            }
            float[] values = numbers(name, dataset, shape);
            return copied(name, given, turned ? outputsFirst(values, shape) : values);
        }

        private float[] numbers(String name, Dataset dataset, Shape shape) {
            Object flat = shape.elements() == 0 ? new float[0] : dataset.getDataFlat();
            if (flat instanceof double[] doubles) {
                float[] values = new float[doubles.length];
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) doubles[i];
                }
                return values;
            }
            if (flat instanceof float[] floats && floats.length == shape.elements()) {
                return floats;
            }
            throw new CheckpointException(file, "tensor " + name + ": expected " + shape.elements() + " numbers, found "
                    + dataset.getJavaType().getSimpleName());
        }

        private StoredTensor copied(String name, Shape shape, float[] values) {
            MemorySegment bytes = Arena.ofAuto().allocate((long) values.length * Float.BYTES, Float.BYTES);
            MemorySegment.copy(values, 0, bytes, ValueLayout.JAVA_FLOAT.withOrder(ByteOrder.LITTLE_ENDIAN), 0,
                    values.length);
            return new StoredTensor(name, StoredType.F32, shape, file, 0, Optional.of(bytes));
        }

        /** Converts [H, W, in, out] to [out, in, H, W], in strips of outputs that keep reads and writes local. */
        private static float[] outputsFirst(float[] values, Shape shape) {
            int window = shape.dim(0) * shape.dim(1);
            int in = shape.dim(2);
            int out = shape.dim(3);
            float[] moved = new float[values.length];
            for (int first = 0; first < out; first += STRIP) {
                int end = Math.min(out, first + STRIP);
                for (int i = 0; i < in; i++) {
                    for (int place = 0; place < window; place++) {
                        int from = (place * in + i) * out;
                        int to = i * window + place;
                        for (int o = first; o < end; o++) {
                            moved[o * in * window + to] = values[from + o];
                        }
                    }
                }
            }
            return moved;
        }
    }
}
