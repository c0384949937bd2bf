package fathom.engine.onnxruntime;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.nio.ShortBuffer;
import java.util.Arrays;
import java.util.Optional;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.TensorInfo;
import fathom.engine.EngineException;
import fathom.graph.Bfloat16;
import fathom.graph.DataType;
import fathom.raster.FloatTensor;

/** Conversion between float32 and the element types of a model's ports. */
final class Conversion {
    private Conversion() {}

    /** Returns the element type of {@code tensor}, or empty if it is not supported. */
    static Optional<DataType> type(TensorInfo tensor) {
        return switch (tensor.onnxType) {
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT -> Optional.of(DataType.FLOAT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_UINT8 -> Optional.of(DataType.UINT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT8 -> Optional.of(DataType.INT8);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT32 -> Optional.of(DataType.INT32);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_INT64 -> Optional.of(DataType.INT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_FLOAT16 -> Optional.of(DataType.FLOAT16);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_DOUBLE -> Optional.of(DataType.FLOAT64);
            case ONNX_TENSOR_ELEMENT_DATA_TYPE_BFLOAT16 -> Optional.of(DataType.BFLOAT16);
            default -> Optional.empty();
        };
    }

    /**
     * Converts {@code tensor} to elements of {@code type}: half and double by rounding to the nearest value, integers
     * only if the value is unchanged.
     *
     * @throws EngineException if a value is not an integer of that type
     */
    static OnnxTensor toModel(OrtEnvironment environment, String name, FloatTensor tensor, DataType type)
            throws OrtException {
        float[] values = tensor.values();
        long[] shape = Arrays.stream(tensor.shape()).asLongStream().toArray();
        ByteBuffer bytes = ByteBuffer.allocateDirect(Math.multiplyExact(values.length, type.bytes()))
                .order(ByteOrder.nativeOrder());
        switch (type) {
            case FLOAT32 -> bytes.asFloatBuffer().put(values);
            case FLOAT64 -> {
                for (float value : values) {
                    bytes.putDouble(value);
                }
            }
            case FLOAT16 -> {
                for (float value : values) {
                    bytes.putShort(Float.floatToFloat16(value));
                }
            }
            case BFLOAT16 -> {
                for (float value : values) {
                    bytes.putShort(Bfloat16.ofNearest(value));
                }
            }
            case UINT8 -> {
                for (float value : values) {
                    bytes.put((byte) integer(name, value, type, 0, 255));
                }
            }
            case INT8 -> {
                for (float value : values) {
                    bytes.put((byte) integer(name, value, type, Byte.MIN_VALUE, Byte.MAX_VALUE));
                }
            }
            case INT32 -> {
                for (float value : values) {
                    bytes.putInt((int) integer(name, value, type, Integer.MIN_VALUE, Integer.MAX_VALUE));
                }
            }
            case INT64 -> {
                for (float value : values) {
                    bytes.putLong(integer(name, value, type, Long.MIN_VALUE, Long.MAX_VALUE));
                }
            }
            case BOOL -> throw new EngineException("input " + name + ": expected a port of numbers, found " + type);
        }
        bytes.rewind();
        return OnnxTensor.createTensor(environment, bytes, shape, switch (type) {
            case FLOAT32 -> OnnxJavaType.FLOAT;
            case FLOAT64 -> OnnxJavaType.DOUBLE;
            case FLOAT16 -> OnnxJavaType.FLOAT16;
            case BFLOAT16 -> OnnxJavaType.BFLOAT16;
            case UINT8 -> OnnxJavaType.UINT8;
            case INT8 -> OnnxJavaType.INT8;
            case INT32 -> OnnxJavaType.INT32;
            case INT64 -> OnnxJavaType.INT64;
            case BOOL -> OnnxJavaType.BOOL;
        });
    }

    private static long integer(String name, float value, DataType type, long lowest, long highest) {
        if (value != Math.rint(value) || value < lowest || value > highest) {
            throw new EngineException("input " + name + ": expected integers of " + type + ", found " + value);
        }
        return (long) value;
    }

    /** Converts the elements of {@code tensor}, whose type {@link #type} supports, to the nearest float32. */
    static FloatTensor fromModel(OnnxTensor tensor, DataType type) {
        int[] extents = Arrays.stream(tensor.getInfo().getShape()).mapToInt(Math::toIntExact).toArray();
        FloatTensor converted = FloatTensor.allocate(extents);
        float[] values = converted.values();
        if (values.length == 0) {
            return converted;
        }
        switch (type) {
            case FLOAT32 -> {
                FloatBuffer buffer = tensor.getFloatBuffer();
                buffer.get(values);
            }
            case FLOAT16 -> {
                ShortBuffer buffer = tensor.getShortBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(buffer.get(i));
                }
            }
            case BFLOAT16 -> {
                ShortBuffer buffer = tensor.getShortBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = Bfloat16.toFloat(buffer.get(i));
                }
            }
            case FLOAT64 -> {
                DoubleBuffer buffer = tensor.getDoubleBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = (float) buffer.get(i);
                }
            }
            case UINT8 -> {
                ByteBuffer buffer = tensor.getByteBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i) & 0xFF;
                }
            }
            case INT8 -> {
                ByteBuffer buffer = tensor.getByteBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i);
                }
            }
            case INT32 -> {
                IntBuffer buffer = tensor.getIntBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i);
                }
            }
            case INT64 -> {
                LongBuffer buffer = tensor.getLongBuffer();
                for (int i = 0; i < values.length; i++) {
                    values[i] = buffer.get(i);
                }
            }
            case BOOL -> throw new EngineException("output: expected numbers, found " + type);
        }
        return converted;
    }
}
