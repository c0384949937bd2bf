package fathom.workbench;

/**
 * A listener for the progress of long work: one {@link #start}, any number of {@link #advance}, one {@link #finish},
 * then possibly the next task. Work with several threads calls {@link #advance} from any of them, so an implementation
 * must be safe for use by several threads. It must not throw and must return quickly.
 */
public interface Progress {
    /**
     * Called when a task starts.
     *
     * @param task a description for display, such as {@code "Rendering rooms"}
     * @param total the number of steps, or a negative number if it is unknown
     */
    void start(String task, long total);

    /**
     * Called when further steps of the task are complete.
     *
     * @param done the number of further steps
     */
    void advance(long done);

    /** Called when the task ends, completed or not. */
    void finish();

    /** {@return a listener that ignores all events} */
    static Progress silent() {
        return Silent.INSTANCE;
    }

    /** The listener of {@link Progress#silent()}. */
    enum Silent implements Progress {
        /** The only instance. */
        INSTANCE;

        @Override
        public void start(String task, long total) {}

        @Override
        public void advance(long done) {}

        @Override
        public void finish() {}
    }
}
