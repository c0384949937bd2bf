package fathom.inference.engine;

import java.nio.file.Path;
import java.util.Optional;

/** Turns an ONNX model into something that runs. Safe for concurrent use. */
public interface Engine {
    /**
     * Loads a model.
     *
     * @param model ONNX protobuf
     * @throws EngineException if the model is not valid or uses what the engine lacks
     */
    Session open(byte[] model, SessionSettings settings);

    /**
     * Loads a model that holds all its weights, without a copy of the file in memory.
     *
     * @param file ONNX protobuf
     * @throws EngineException if the model is not valid or uses what the engine lacks
     */
    Session open(Path file, SessionSettings settings);

    /** Memory for sessions that take turns; empty where this engine gives each its own. */
    Optional<SharedBuffers> shareBuffers();
}
