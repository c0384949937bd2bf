package fathom.engine;

import java.util.Optional;

import fathom.graph.OnnxModel;

/** Loads networks as sessions. Safe for concurrent use. */
public interface Engine {
    /**
     * Loads a network.
     *
     * @param network the network
     * @param settings how to load it
     * @return a session, which the caller closes
     * @throws EngineException if the network is invalid or uses an operator that the engine does not support
     */
    Session open(NetworkSource network, SessionSettings settings);

    /**
     * Loads a graph that was built in memory.
     *
     * @param graph the graph
     * @param settings how to load it
     * @return a session, which the caller closes
     * @throws EngineException if the graph is invalid or uses an operator that the engine does not support
     */
    default Session open(OnnxModel graph, SessionSettings settings) {
        return open(new NetworkSource.Graph(graph), settings);
    }

    /**
     * Allocates memory for sessions that run in turn.
     *
     * @return the memory, or empty if every session of this engine has separate memory
     */
    Optional<SharedBuffers> shareBuffers();
}
