package fathom.inference.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a model is loaded.
 *
 * @param threads threads of one run
 * @param externalRoot the folder that the locations of external tensors start from, if there are any
 * @param kernels where the weights of convolutions lie
 * @param buffers where a run's intermediate maps lie, if not in memory of the session's own
 */
public record SessionSettings(int threads, Optional<Path> externalRoot, Kernels kernels,
        Optional<SharedBuffers> buffers) {
    /** Where the weights of convolutions lie. */
    public enum Kernels {
        /** Copied in the order that the processor likes best: up to a fifth faster. */
        REORDERED,
        /** Left in their files: for networks whose weights are large beside the maps that they see. */
        IN_FILES,
        /** All weights, those of matrices too, copied in the order that the processor likes best: for weights in 8 bits. */
        PACKED
    }

    /** With buffers of its own. */
    public SessionSettings(int threads, Optional<Path> externalRoot, Kernels kernels) {
        this(threads, externalRoot, kernels, Optional.empty());
    }

    /** With convolutions' weights reordered and buffers of its own. */
    public SessionSettings(int threads, Optional<Path> externalRoot) {
        this(threads, externalRoot, Kernels.REORDERED);
    }
}
