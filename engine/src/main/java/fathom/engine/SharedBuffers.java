package fathom.engine;

/**
 * Memory in which the runs of several sessions keep their intermediate maps: what one has finished with the next takes. For
 * networks of which only one runs at a time; those left to themselves keep memory each, as much as they ever needed. All that is
 * shared in a process is the same memory, there until every holder has closed it.
 */
public interface SharedBuffers extends AutoCloseable {
    /** Gives all of it back to the system, but for what open sessions hold; those opened later find fresh memory. */
    void giveBack();

    @Override
    void close();
}
