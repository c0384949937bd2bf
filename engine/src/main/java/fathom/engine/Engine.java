package fathom.engine;

import java.util.Optional;

import fathom.graph.OnnxModel;

/** Loads networks as sessions. Safe for concurrent use. */
public interface Engine {
    /**
     * Loads a network.
     *
     * @throws EngineException if the network is not valid or uses an operator that the engine lacks
     */
    Session open(NetworkSource network, SessionSettings settings);

    /**
     * Loads a graph that was built in memory.
     *
     * @throws EngineException if the graph is not valid or uses an operator that the engine lacks
     */
    default Session open(OnnxModel graph, SessionSettings settings) {
        return open(new NetworkSource.Graph(graph), settings);
    }

    /** Memory for sessions that take turns; empty where this engine gives each its own. */
    Optional<SharedBuffers> shareBuffers();
}
