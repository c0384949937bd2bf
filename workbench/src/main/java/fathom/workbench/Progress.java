package fathom.workbench;

/**
 * Where long work reports how far it has come: one {@link #start}, any number of {@link #advance}, one {@link #finish},
 * then perhaps the next task. Work that runs on several threads calls {@link #advance} from any of them, so an
 * implementation is safe for concurrent use; it never throws and never blocks for long.
 */
public interface Progress {
    /**
     * A task begins.
     *
     * @param task what is done, for people, such as {@code "Rendering rooms"}
     * @param total number of steps, or a negative number where it is not known
     */
    void start(String task, long total);

    /** {@code done} more steps of the task are complete. */
    void advance(long done);

    /** The task is over, whether or not it was completed. */
    void finish();

    /** {@return a listener that nobody listens to} */
    static Progress silent() {
        return Silent.INSTANCE;
    }

    /** The listener of {@link Progress#silent()}. */
    enum Silent implements Progress {
        /** The only one. */
        INSTANCE;

        @Override
        public void start(String task, long total) {}

        @Override
        public void advance(long done) {}

        @Override
        public void finish() {}
    }
}
