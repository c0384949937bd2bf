package fathom.cache;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the cache folder may hold: one folder for each kind. */
public enum CacheKind {
    /** Model files downloaded from an address that is not a Hugging Face repository. */
    DOWNLOADS("models downloaded from an https:// address"),
    /** Weights in the form in which they are mapped: half precision as float32, 8 bits, PyTorch's order. */
    DERIVED("weights converted once: half precision to float32, 8 bits, Keras kernels"),
    /** SHA-256 of weight files and which weights are known to be finite, by path, size and time of change. */
    HASHES("SHA-256 of weight files and results of their checks, so that they are read only once"),
    /** Text embeddings of the empty prompt. */
    PROMPTS("text embeddings of the empty prompt, for diffusion models"),
    /** Networks with random weights, for timing next to PyTorch. */
    PEERS("networks with random weights, for timing next to PyTorch"),
    /** The native libraries of ONNX Runtime. */
    ONNXRUNTIME("native libraries of ONNX Runtime"),
    /** The native library of SQLite. */
    SQLITE("native library of SQLite");

    private final String purpose;

    CacheKind(String purpose) {
        this.purpose = purpose;
    }

    /** {@return the name of the kind, which is also the name of its folder: lower case} */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return what the files are for, in a few words} */
    public String purpose() {
        return purpose;
    }

    /**
     * Returns the kind with a key.
     *
     * @param key the {@link #key}
     * @return the kind, or empty if there is none
     */
    public static Optional<CacheKind> ofKey(String key) {
        return Arrays.stream(values()).filter(kind -> kind.key().equals(key)).findFirst();
    }
}
