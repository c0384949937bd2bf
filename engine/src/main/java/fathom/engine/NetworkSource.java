package fathom.engine;

import java.nio.file.Path;

import fathom.graph.OnnxModel;

/** Where an {@link Engine} loads a network from. */
public sealed interface NetworkSource {
    /**
     * A graph that was built in memory.
     *
     * @param model the graph
     */
    record Graph(OnnxModel model) implements NetworkSource {}

    /**
     * An ONNX file that contains all its weights. The engine reads it without a copy of the file in memory.
     *
     * @param path the file
     */
    record File(Path path) implements NetworkSource {}

    /** The contents of an ONNX file. Shares the array with its creator. */
    final class Contents implements NetworkSource {
        private final byte[] protobuf;

        /**
         * Wraps a model without copying.
         *
         * @param protobuf an ONNX {@code ModelProto}
         */
        public Contents(byte[] protobuf) {
            this.protobuf = protobuf;
        }

        /** {@return the ONNX {@code ModelProto}, not copied} */
        public byte[] protobuf() {
            return protobuf;
        }
    }
}
