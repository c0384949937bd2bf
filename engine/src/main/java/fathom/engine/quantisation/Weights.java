package fathom.engine.quantisation;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

import fathom.graph.Tensor;

/** Access to the values of float32 tensors of a graph, inline or external. */
final class Weights {
    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED
            .withOrder(ByteOrder.LITTLE_ENDIAN);

    private Weights() {}

    /** Returns all elements of {@code tensor}, row-major; external locations are relative to {@code root}. */
    static float[] numbers(Tensor tensor, Path root) throws IOException {
        float[] values = new float[Math.toIntExact(tensor.shape().elements())];
        switch (tensor.content()) {
            case Tensor.Inline(var bytes) -> bytes.slice().order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
            case Tensor.External(var location, var offset, var length) -> {
                try (FileChannel channel = FileChannel.open(root.resolve(location), StandardOpenOption.READ);
                        Arena arena = Arena.ofConfined()) {
                    MemorySegment bytes = channel.map(FileChannel.MapMode.READ_ONLY, offset, length, arena);
                    MemorySegment.copy(bytes, FLOATS, 0, values, 0, values.length);
                }
            }
        }
        return values;
    }
}
