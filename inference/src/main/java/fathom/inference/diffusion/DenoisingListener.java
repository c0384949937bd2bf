package fathom.inference.diffusion;

/** Hears of each step of a prediction; returns soon and never throws. */
@FunctionalInterface
public interface DenoisingListener {
    /**
     * A step is done: encoding, one pass of the network over a batch of members, or decoding.
     *
     * @param done steps done so far, from 1
     * @param total steps of the whole prediction
     */
    void stepped(int done, int total);

    /** {@return a listener that nobody listens to} */
    static DenoisingListener silent() {
        return (done, total) -> {};
    }
}
