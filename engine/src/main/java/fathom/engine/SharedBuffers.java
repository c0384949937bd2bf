package fathom.engine;

/**
 * Memory in which the runs of several sessions keep their intermediate maps; a session reuses what another has
 * released. For networks of which only one runs at a time: without it, each session keeps the most memory that it ever
 * needed. All shared buffers of a process are the same memory, which exists until every holder has closed it.
 */
public interface SharedBuffers extends AutoCloseable {
    /** Returns all memory to the system, except what open sessions use; sessions opened later allocate new memory. */
    void giveBack();

    @Override
    void close();
}
