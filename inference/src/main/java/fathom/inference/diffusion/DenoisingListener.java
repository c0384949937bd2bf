package fathom.inference.diffusion;

/** A listener for the steps of a prediction. It must return quickly and must not throw. */
@FunctionalInterface
public interface DenoisingListener {
    /**
     * Called after each step: encoding, one pass of the network over a batch of members, or decoding.
     *
     * @param done the number of completed steps, from 1
     * @param total the number of steps of the prediction
     */
    void stepped(int done, int total);

    /** {@return a listener that ignores the steps} */
    static DenoisingListener silent() {
        return (done, total) -> {};
    }
}
