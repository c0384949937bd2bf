package fathom.engine.onnxruntime;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

import fathom.engine.EngineException;
import org.jspecify.annotations.Nullable;

/**
 * Functions of ONNX Runtime's C API that its Java binding does not provide. They are in a table to which new versions
 * only append: the index of a function is the same in every later version, which is why programs that were compiled
 * against an older one still run (upstream: {@code onnxruntime_c_api.h}, and in {@code onnxruntime_c_api.cc} the
 * assertions on the index of each version's last function).
 */
final class RuntimeFunctions {
    /** The library's only function that is looked up by name. */
    static final String ENTRY = "OrtGetApiBase";
    /** The version whose indices are used here: that of ONNX Runtime 1.12. */
    private static final int VERSION = 12;
    private static final int PLACES = 178;

    private static final int GET_ERROR_MESSAGE = 2;
    private static final int RELEASE_STATUS = 93;

    private static final AddressLayout TEXT = ValueLayout.ADDRESS
            .withTargetLayout(MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE));

    private final MemorySegment table;

    private RuntimeFunctions(MemorySegment table) {
        this.table = table;
    }

    /**
     * Returns the functions of the library that the Java binding has loaded; empty if the library does not export them.
     */
    static Optional<RuntimeFunctions> find() {
        return SymbolLookup.loaderLookup().find(ENTRY).map(RuntimeFunctions::table)
                .filter(table -> table.address() != 0).map(RuntimeFunctions::new);
    }

    private static MemorySegment table(MemorySegment getBase) {
        MemorySegment base = call(getBase, ValueLayout.ADDRESS.withTargetLayout(ValueLayout.ADDRESS));
        AddressLayout table = ValueLayout.ADDRESS
                .withTargetLayout(MemoryLayout.sequenceLayout(PLACES, ValueLayout.ADDRESS));
        return call(base.get(ValueLayout.ADDRESS, 0), table, VERSION);
    }

    /**
     * Calls the function at {@code place}, which returns a status.
     *
     * @param arguments pointers, {@code int}s and {@code long}s
     * @throws EngineException if the status is an error, with the runtime's message
     */
    void run(int place, Object... arguments) {
        check(call(at(place), ValueLayout.ADDRESS, arguments));
    }

    private void check(MemorySegment status) {
        if (status.address() == 0) {
            return;
        }
        String message = call(at(GET_ERROR_MESSAGE), TEXT, status).getString(0);
        release(RELEASE_STATUS, status);
        throw new EngineException("calling ONNX Runtime", new IllegalStateException(message));
    }

    /**
     * Calls the function at {@code place}, which creates an object and stores a pointer to it in its last argument.
     */
    MemorySegment make(int place, Object... arguments) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment made = arena.allocate(ValueLayout.ADDRESS);
            Object[] all = Arrays.copyOf(arguments, arguments.length + 1);
            all[arguments.length] = made;
            run(place, all);
            return made.get(ValueLayout.ADDRESS, 0);
        }
    }

    /** Calls the function at {@code place}, which releases {@code made}. */
    void release(int place, MemorySegment made) {
        invoke(at(place), FunctionDescriptor.ofVoid(ValueLayout.ADDRESS), made);
    }

    private MemorySegment at(int place) {
        return table.getAtIndex(ValueLayout.ADDRESS, place);
    }

    private static MemorySegment call(MemorySegment function, AddressLayout result, Object... arguments) {
        MemoryLayout[] layouts = Arrays.stream(arguments).map(RuntimeFunctions::layout).toArray(MemoryLayout[]::new);
        return (MemorySegment) Objects
                .requireNonNull(invoke(function, FunctionDescriptor.of(result, layouts), arguments));
    }

    private static MemoryLayout layout(Object argument) {
        return switch (argument) {
            case Integer _ -> ValueLayout.JAVA_INT;
            case Long _ -> ValueLayout.JAVA_LONG;
            case MemorySegment _ -> ValueLayout.ADDRESS;
            default -> throw new IllegalArgumentException("expected an int, a long or a pointer, found " + argument);
        };
    }

    @SuppressWarnings("restricted")
    private static @Nullable Object invoke(MemorySegment function, FunctionDescriptor descriptor, Object... arguments) {
        try {
            return Linker.nativeLinker().downcallHandle(function, descriptor).invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling ONNX Runtime", e);
        }
    }
}
