package fathom.engine.onnxruntime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * The telemetry of ONNX Runtime, which is off in every process that loads the runtime through Fathom.
 *
 * <p>From version 1.29 on the runtime stores a device identifier and events, including the names of model files, in the
 * user's cache folder on Linux and macOS, and sends them to its authors. The environment variable {@value #VARIABLE}
 * switches all of it off, but only if it is set when the library is loaded: the runtime reads it once.
 * {@code OrtEnvironment}'s {@code setTelemetry} is too late, because it needs an environment, and creating one sends
 * the first event (upstream: {@code docs/Privacy.md}, {@code core/platform/telemetry_environment.h}).
 *
 * <p>The runtime reads the environment of the process, which Java cannot change: {@link System#getenv} is a copy.
 * Therefore this class calls {@code setenv} of the C library, on Windows {@code _putenv_s}, which also sets the
 * variable that {@code GetEnvironmentVariable} returns there.
 *
 * <p>On Windows the runtime writes its events to the system's event tracing instead, which the variable does not stop;
 * {@link #disableEvents} does, if it is called before the environment is created.
 */
final class Telemetry {
    /** The environment variable that the runtime reads. */
    static final String VARIABLE = "ORT_DISABLE_TELEMETRY";
    private static final String ON = "1";
    /** The values that the runtime accepts as "yes", in lower case. */
    private static final Set<String> YES = Set.of("1", "true", "yes", "on", "y");
    /** The index of {@code DisableTelemetryEvents} in the runtime's table of functions, since the first version. */
    private static final int DISABLE_TELEMETRY_EVENTS = 6;

    private Telemetry() {}

    /**
     * Sets the variable in the environment of this process. Call it before the library is loaded.
     *
     * @throws UncheckedIOException if the variable cannot be set; the library must not be loaded then
     */
    static void switchOff() {
        try {
            if (isSwitchedOff()) {
                return;
            }
            Variables.ofSystem().set(VARIABLE, ON);
            if (isSwitchedOff()) {
                return;
            }
        } catch (IllegalCallerException e) {
            throw new UncheckedIOException(new IOException("ONNX Runtime was not loaded: Java denies native access to "
                    + "Fathom. Start it with --enable-native-access=ALL-UNNAMED, or on the module path with "
                    + "--enable-native-access=fathom.engine,com.microsoft.onnxruntime.", e));
        } catch (RuntimeException e) {
            throw refusal(String.valueOf(e.getMessage()), e);
        }
        throw refusal("the environment kept its old value", null);
    }

    /**
     * Requires that telemetry was off when the library was loaded by other code of this process.
     *
     * @throws UncheckedIOException if the variable is not set
     */
    static void requireSwitchedOff() {
        if (!isSwitchedOff()) {
            throw new UncheckedIOException(
                    new IOException("ONNX Runtime was loaded by other code of this program before "
                            + "Fathom, with its telemetry on. Set the environment variable " + VARIABLE
                            + "=1 before the program starts, or open a model of Fathom before the other code loads the runtime."));
        }
    }

    /**
     * Returns whether the variable is set to "yes" in the environment of this process: at its start, which Java's copy
     * shows without a native call, or now.
     */
    static boolean isSwitchedOff() {
        return isYes(System.getenv(VARIABLE)) || isYes(Variables.ofSystem().get(VARIABLE));
    }

    private static boolean isYes(@Nullable String value) {
        return value != null && YES.contains(value.strip().toLowerCase(Locale.ROOT));
    }

    /**
     * Makes the loaded library send no events. In all versions so far the function ignores its argument, an
     * environment; therefore it can be called before an environment is created, which is before the first event.
     */
    static void disableEvents(RuntimeFunctions runtime) {
        runtime.run(DISABLE_TELEMETRY_EVENTS, MemorySegment.NULL);
    }

    private static UncheckedIOException refusal(String problem, @Nullable RuntimeException cause) {
        return new UncheckedIOException(new IOException(
                "ONNX Runtime was not loaded, because its telemetry cannot be " + "switched off from here: " + problem
                        + ". Set the environment variable " + VARIABLE + "=1 before the program starts.",
                cause));
    }

    /** The environment variables of this process as native code sees them. */
    private sealed interface Variables {
        static Variables ofSystem() {
            return System.getProperty("os.name", "").startsWith("Windows") ? new Windows() : new Posix();
        }

        void set(String name, String value);

        @Nullable
        String get(String name);
    }

    /** {@code setenv} and {@code getenv} of POSIX. */
    private static final class Posix implements Variables {
        @Override
        public void set(String name, String value) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle setenv = function(Linker.nativeLinker().defaultLookup(), "setenv", FunctionDescriptor
                        .of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS, ValueLayout.JAVA_INT));
                int failed = (int) call(setenv, arena.allocateFrom(name), arena.allocateFrom(value), 1);
                if (failed != 0) {
                    throw new IllegalStateException("setenv returned " + failed);
                }
            }
        }

        @Override
        public @Nullable String get(String name) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle getenv = function(Linker.nativeLinker().defaultLookup(), "getenv",
                        FunctionDescriptor.of(
                                ValueLayout.ADDRESS.withTargetLayout(
                                        MemoryLayout.sequenceLayout(Long.MAX_VALUE, ValueLayout.JAVA_BYTE)),
                                ValueLayout.ADDRESS));
                MemorySegment value = (MemorySegment) call(getenv, arena.allocateFrom(name));
                return value.address() == 0 ? null : value.getString(0);
            }
        }
    }

    /** {@code _putenv_s} of the C runtime, which the runtime library shares, and {@code GetEnvironmentVariableW}. */
    private static final class Windows implements Variables {
        private static final int CHARACTERS = 1024;

        @Override
        public void set(String name, String value) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle put = function(Linker.nativeLinker().defaultLookup(), "_putenv_s",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS));
                int failed = (int) call(put, arena.allocateFrom(name), arena.allocateFrom(value));
                if (failed != 0) {
                    throw new IllegalStateException("_putenv_s returned " + failed);
                }
            }
        }

        @Override
        @SuppressWarnings("restricted")
        public @Nullable String get(String name) {
            try (Arena arena = Arena.ofConfined()) {
                MethodHandle get = function(SymbolLookup.libraryLookup("kernel32", arena), "GetEnvironmentVariableW",
                        FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.ADDRESS,
                                ValueLayout.JAVA_INT));
                MemorySegment value = arena.allocate(ValueLayout.JAVA_CHAR, CHARACTERS);
                int length = (int) call(get, arena.allocateFrom(name, StandardCharsets.UTF_16LE), value, CHARACTERS);
                return length <= 0 || length >= CHARACTERS ? null : value.getString(0, StandardCharsets.UTF_16LE);
            }
        }
    }

    @SuppressWarnings("restricted")
    private static MethodHandle function(SymbolLookup library, String name, FunctionDescriptor descriptor) {
        return Linker.nativeLinker().downcallHandle(library.find(name)
                .orElseThrow(() -> new IllegalStateException("the C library has no function " + name)), descriptor);
    }

    private static Object call(MethodHandle function, Object... arguments) {
        try {
            return function.invokeWithArguments(arguments);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("calling the C library", e);
        }
    }
}
