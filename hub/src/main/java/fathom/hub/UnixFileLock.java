package fathom.hub;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;

/** {@code flock(2)} of the C library, see its manual page. */
final class UnixFileLock {
    /** The result of trying to lock. */
    sealed interface Attempt {}

    /** The lock is held until it is released. */
    record Taken(int descriptor) implements Attempt {
        void release() throws IOException {
            // Closing the only descriptor of the open file releases its lock.
            Functions.call(Functions.CLOSE, descriptor);
        }
    }

    /** Another process holds it. */
    record Busy() implements Attempt {}

    /** The file system does not support such locks. */
    record Unsupported() implements Attempt {}

    private static final int READ_WRITE = 2;
    private static final int EXCLUSIVE_NOW = 2 | 4;
    private static final int WOULD_BLOCK_LINUX = 11;
    private static final int WOULD_BLOCK_BSD = 35;
    private static final int INTERRUPTED = 4;

    private UnixFileLock() {}

    /** Returns whether this process may call the C library, and the C library has {@code flock}. */
    static boolean isAvailable() {
        String system = System.getProperty("os.name", "");
        return !system.startsWith("Windows") && UnixFileLock.class.getModule().isNativeAccessEnabled();
    }

    /** Tries to lock the existing {@code file} exclusively, without waiting. */
    static Attempt attempt(Path file) throws IOException {
        Functions.Result opened = Functions.open(file, READ_WRITE);
        if (opened.value() < 0) {
            throw new IOException("cannot open " + file + ": error " + opened.error() + " of the system");
        }
        Functions.Result locked = Functions.call(Functions.FLOCK, opened.value(), EXCLUSIVE_NOW);
        if (locked.value() == 0) {
            return new Taken(opened.value());
        }
        Functions.call(Functions.CLOSE, opened.value());
        return switch (locked.error()) {
            case WOULD_BLOCK_LINUX, WOULD_BLOCK_BSD, INTERRUPTED -> new Busy();
            default -> new Unsupported();
        };
    }

    /** The three functions, linked when first used. */
    private static final class Functions {
        record Result(int value, int error) {}

        private static final Linker LINKER = Linker.nativeLinker();
        private static final SymbolLookup LIBRARY = LINKER.defaultLookup();
        private static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
        private static final StructLayout STATE = Linker.Option.captureStateLayout();
        private static final VarHandle ERROR = STATE.varHandle(MemoryLayout.PathElement.groupElement("errno"));
        private static final MethodHandle OPEN = LINKER.downcallHandle(LIBRARY.findOrThrow("open"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT), ERRNO,
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle FLOCK = LINKER.downcallHandle(LIBRARY.findOrThrow("flock"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), ERRNO);
        static final MethodHandle CLOSE = LINKER.downcallHandle(LIBRARY.findOrThrow("close"),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT), ERRNO);

        private Functions() {}

        static Result open(Path file, int flags) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment name = arena.allocateFrom(file.toString());
                MemorySegment state = arena.allocate(STATE);
                return new Result((int) OPEN.invokeExact(state, name, flags), (int) ERROR.get(state, 0L));
            } catch (Throwable e) {
                throw new IOException("the C library cannot be called", e);
            }
        }

        static Result call(MethodHandle function, int... arguments) throws IOException {
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment state = arena.allocate(STATE);
                int value = arguments.length == 1
                        ? (int) function.invokeExact(state, arguments[0])
                        : (int) function.invokeExact(state, arguments[0], arguments[1]);
                return new Result(value, (int) ERROR.get(state, 0L));
            } catch (Throwable e) {
                throw new IOException("the C library cannot be called", e);
            }
        }
    }
}
