package fathom.engine.onnxruntime;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

import fathom.engine.SharedBuffers;
import org.jspecify.annotations.Nullable;

/**
 * ONNX Runtime's arena as shared buffers: an allocator that is registered with the runtime's environment, of which a
 * process has one. Sessions select it when they are created.
 *
 * <p>Its first block has the largest size that the runtime accepts, 2 GB: adjacent free regions are merged only within
 * one block. Blocks that grow as needed used 2.7 GB for at most 1.7 GB of maps (the decoder of Stable Diffusion at
 * 768×576 pixels); this one uses 1.9 GB. The system allocates memory only for pages that are written to.
 */
final class SharedArena implements SharedBuffers {
    private static final long FIRST_BLOCK = Integer.MAX_VALUE;

    private static int holders;
    private static @Nullable Registration registration;

    private boolean closed;

    private SharedArena() {}

    /** Opens the arena; empty if this build of the runtime does not support an arena for several sessions. */
    static Optional<SharedBuffers> open() {
        return RuntimeFunctions.find().map(SharedArena::hold);
    }

    private static synchronized SharedArena hold(RuntimeFunctions runtime) {
        if (registration == null) {
            registration = Registration.of(runtime);
        }
        holders++;
        return new SharedArena();
    }

    @Override
    public void giveBack() {
        synchronized (SharedArena.class) {
            Registration old = registration;
            if (old != null && !closed) {
                old.close();
                registration = Registration.of(old.runtime);
            }
        }
    }

    @Override
    public void close() {
        synchronized (SharedArena.class) {
            if (registration != null && !closed && --holders == 0) {
                registration.close();
                registration = null;
            }
            closed = true;
        }
    }

    /** The allocator in the environment that the Java binding also uses: there is one, with a reference count. */
    private record Registration(RuntimeFunctions runtime, MemorySegment environment, MemorySegment place) {
        private static final int CREATE_ENV = 3;
        private static final int CREATE_CPU_MEMORY_INFO = 69;
        private static final int RELEASE_ENV = 92;
        private static final int RELEASE_MEMORY_INFO = 94;
        private static final int CREATE_AND_REGISTER_ALLOCATOR = 144;
        private static final int RELEASE_ARENA_CFG = 157;
        private static final int CREATE_ARENA_CFG_V2 = 164;
        private static final int UNREGISTER_ALLOCATOR = 177;

        private static final int ERRORS_ONLY = 3;
        private static final int ARENA_ALLOCATOR = 1;
        private static final int DEFAULT_MEMORY = 0;

        static Registration of(RuntimeFunctions runtime) {
            try (Arena memory = Arena.ofConfined()) {
                Registration made = new Registration(runtime,
                        runtime.make(CREATE_ENV, ERRORS_ONLY, memory.allocateFrom("fathom")),
                        runtime.make(CREATE_CPU_MEMORY_INFO, ARENA_ALLOCATOR, DEFAULT_MEMORY));
                MemorySegment key = memory.allocate(ValueLayout.ADDRESS);
                key.set(ValueLayout.ADDRESS, 0, memory.allocateFrom("initial_chunk_size_bytes"));
                MemorySegment settings = runtime.make(CREATE_ARENA_CFG_V2, key,
                        memory.allocateFrom(ValueLayout.JAVA_LONG, FIRST_BLOCK), 1L);
                runtime.run(CREATE_AND_REGISTER_ALLOCATOR, made.environment, made.place, settings);
                runtime.release(RELEASE_ARENA_CFG, settings);
                return made;
            }
        }

        void close() {
            runtime.run(UNREGISTER_ALLOCATOR, environment, place);
            runtime.release(RELEASE_MEMORY_INFO, place);
            runtime.release(RELEASE_ENV, environment);
            NativeMemory.giveBack();
        }
    }
}
