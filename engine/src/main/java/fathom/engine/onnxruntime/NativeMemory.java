package fathom.engine.onnxruntime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * The memory that remains allocated after a model is loaded or closed. The GNU C library keeps freed memory, some 100
 * to 250 MB after a model was loaded, and returns it to the system on request. Other C libraries return it by
 * themselves or have no such function.
 */
final class NativeMemory {
    private static final Optional<MethodHandle> TRIM = trim();

    private NativeMemory() {}

    @SuppressWarnings("restricted")
    private static Optional<MethodHandle> trim() {
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup().find("malloc_trim").map(function -> linker.downcallHandle(function,
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_LONG)));
    }

    /** Returns freed memory to the system, if the C library supports it. */
    static void giveBack() {
        if (TRIM.isEmpty()) {
            return;
        }
        try {
            int _ = (int) TRIM.get().invokeExact(0L);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("malloc_trim", e);
        }
    }
}
