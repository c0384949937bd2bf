package fathom.inference;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

import fathom.engine.EngineException;
import fathom.engine.Session;
import fathom.raster.FloatTensor;

/**
 * A cache of the sessions of one model, by the key that they were built for, such as an input size. If there are more
 * than {@value #LIMIT}, the least recently used one is closed. Safe for use by several threads; runs are serialized.
 */
final class Sessions<K> implements AutoCloseable {
    private static final int LIMIT = 4;

    private final Function<K, Session> open;
    private final LinkedHashMap<K, Session> sessions = new LinkedHashMap<>(16, 0.75f, true);
    private final ReentrantLock lock = new ReentrantLock();
    private boolean closed;

    Sessions(Function<K, Session> open) {
        this.open = open;
    }

    /**
     * Runs the session for {@code key}, which is opened if it is not in the cache.
     *
     * @throws ModelRunException if the engine cannot open or run it
     */
    Map<String, FloatTensor> run(K key, Map<String, FloatTensor> inputs) {
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the estimator is closed");
            }
            Session session = sessions.get(key);
            if (session == null) {
                if (sessions.size() == LIMIT) {
                    sessions.pollFirstEntry().getValue().close();
                }
                session = open.apply(key);
                sessions.put(key, session);
            }
            return session.run(inputs);
        } catch (EngineException e) {
            throw new ModelRunException(e);
        } finally {
            lock.unlock();
        }
    }

    /** Runs the session for {@code key} and returns its output {@code name}. */
    FloatTensor run(K key, Map<String, FloatTensor> inputs, String name) {
        FloatTensor output = run(key, inputs).get(name);
        if (output == null) {
            throw new IllegalStateException("expected an output " + name + " of the model");
        }
        return output;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            sessions.values().forEach(Session::close);
            sessions.clear();
        } finally {
            lock.unlock();
        }
    }
}
