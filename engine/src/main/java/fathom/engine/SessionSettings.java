package fathom.engine;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a network is loaded.
 *
 * @param threads threads of one run
 * @param externalRoot the folder that the locations of external tensors are relative to, if there are any
 * @param copied the weights that the engine may copy into memory
 * @param buffers memory for a run's intermediate maps; if empty, the session allocates its memory
 */
public record SessionSettings(int threads, Optional<Path> externalRoot, CopiedWeights copied,
        Optional<SharedBuffers> buffers) {
    /**
     * The weights that an engine may copy into memory, in the layout that suits the processor; the others stay mapped.
     */
    public enum CopiedWeights {
        /** No weights: for networks whose weights are large compared with the maps that they process. */
        NONE,
        /** The weights of convolutions: up to a fifth faster. */
        CONVOLUTIONS,
        /** All weights, including matrices: for 8-bit weights. */
        ALL
    }

    /**
     * Creates settings without shared buffers.
     *
     * @param threads threads of one run
     * @param externalRoot the folder that the locations of external tensors are relative to, if there are any
     * @param copied the weights that the engine may copy into memory
     */
    public SessionSettings(int threads, Optional<Path> externalRoot, CopiedWeights copied) {
        this(threads, externalRoot, copied, Optional.empty());
    }

    /**
     * Creates settings that allow copies of the weights of convolutions, without shared buffers.
     *
     * @param threads threads of one run
     * @param externalRoot the folder that the locations of external tensors are relative to, if there are any
     */
    public SessionSettings(int threads, Optional<Path> externalRoot) {
        this(threads, externalRoot, CopiedWeights.CONVOLUTIONS);
    }
}
