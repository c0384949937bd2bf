package fathom.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a network is loaded.
 *
 * @param threads threads of one run
 * @param externalRoot the folder that the locations of external tensors start from, if there are any
 * @param copied the weights that the engine may copy into memory
 * @param buffers memory for a run's intermediate maps; empty: memory of the session's own
 */
public record SessionSettings(int threads, Optional<Path> externalRoot, CopiedWeights copied,
        Optional<SharedBuffers> buffers) {
    /** The weights that an engine may copy into memory, in the order that suits the processor; the others stay mapped. */
    public enum CopiedWeights {
        /** None: for networks whose weights are large compared with the maps that they process. */
        NONE,
        /** Those of convolutions: up to a fifth faster. */
        CONVOLUTIONS,
        /** All, those of matrices too: for weights in 8 bits. */
        ALL
    }

    /** With buffers of its own. */
    public SessionSettings(int threads, Optional<Path> externalRoot, CopiedWeights copied) {
        this(threads, externalRoot, copied, Optional.empty());
    }

    /** With convolutions' weights copied and buffers of its own. */
    public SessionSettings(int threads, Optional<Path> externalRoot) {
        this(threads, externalRoot, CopiedWeights.CONVOLUTIONS);
    }
}
