package fathom.engine.onnxruntime;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * Memory that loading and closing a model leave behind. The GNU C library keeps what was freed for later, some 100 to 250 MB after a
 * model was loaded; it gives it back to the system when asked. Other C libraries do so by themselves or have no such call.
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

    /** Gives freed memory back to the system, where the C library can. */
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
