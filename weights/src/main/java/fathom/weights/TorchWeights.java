package fathom.weights;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import fathom.graph.Shape;
import fathom.weights.torch.TorchFile;
import fathom.weights.torch.TorchFormatException;
import fathom.weights.torch.TorchType;
import fathom.weights.torch.TorchValue;

/** The tensors of a file of {@code torch.save} as those of a checkpoint; contiguous tensors stay in the file. */
final class TorchWeights {
    private TorchWeights() {}

    static List<StoredTensor> read(Path file) throws IOException {
        try {
            TorchFile torch = TorchFile.read(file);
            Arena arena = Arena.ofAuto();
            List<StoredTensor> tensors = new ArrayList<>();
            for (Map.Entry<String, TorchValue.Tensor> entry : torch.tensors().entrySet()) {
                TorchValue.Tensor tensor = entry.getValue();
                StoredType type = type(tensor.type());
                Shape shape = Shape.of(tensor.shape());
                tensors.add(tensor.isMappable()
                        ? new StoredTensor(entry.getKey(), type, shape, file, tensor.offset())
                        : new StoredTensor(entry.getKey(), type, shape, file, 0,
                                Optional.of(torch.bytes(tensor, arena))));
            }
            return List.copyOf(tensors);
        } catch (TorchFormatException e) {
            throw new CheckpointException(file, e.detail(), e);
        }
    }

    private static StoredType type(TorchType type) {
        return switch (type) {
            case FLOAT64 -> StoredType.F64;
            case FLOAT32 -> StoredType.F32;
            case FLOAT16 -> StoredType.F16;
            case BFLOAT16 -> StoredType.BF16;
            case INT64 -> StoredType.I64;
            case INT32 -> StoredType.I32;
            case INT16 -> StoredType.I16;
            case INT8 -> StoredType.I8;
            case UINT8 -> StoredType.U8;
            case BOOL -> StoredType.BOOL;
        };
    }
}
