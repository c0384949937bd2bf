package fathom.inference.engine;

/** Turns the bytes of an ONNX model into something that runs. Safe for concurrent use. */
public interface Engine {
    /**
     * Loads a model.
     *
     * @param model ONNX protobuf
     * @throws EngineException if the model is not valid or uses what the engine lacks
     */
    Session open(byte[] model, SessionSettings settings);
}
