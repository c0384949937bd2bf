package fathom.engine.onnxruntime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import fathom.engine.EngineException;
import org.jspecify.annotations.Nullable;

/**
 * Starts ONNX Runtime on a separate thread with a large stack. When its environment is created, version 1.29 matches
 * the command line of the process against a regular expression recursively, with some 270 bytes of stack per character:
 * a few hundred pictures on the command line overflow an ordinary thread's stack, which ends the process without a
 * message.
 */
final class RuntimeStart {
    private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");
    private static final long STACK_BYTES = 8L << 20;
    private static final long STACK_BYTES_PER_CHARACTER = 600;
    /** The assumed length of the command line if the system does not report it. */
    private static final int LONG_COMMAND_LINE = 32_768;

    private RuntimeStart() {}

    /**
     * Loads the libraries and creates the environment of this process.
     *
     * @throws UncheckedIOException as {@link NativeLibrary#load}
     * @throws EngineException if the runtime does not start
     */
    static OrtEnvironment environment() {
        AtomicReference<@Nullable OrtEnvironment> environment = new AtomicReference<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread starter = new Thread(null, () -> {
            try {
                NativeLibrary.load();
                environment.set(OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL));
            } catch (RuntimeException | Error e) {
                failure.set(e);
            }
        }, "onnxruntime-start", STACK_BYTES + STACK_BYTES_PER_CHARACTER * commandLineLength());
        starter.start();
        boolean interrupted = false;
        while (starter.isAlive()) {
            try {
                starter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable thrown = failure.get();
        if (thrown instanceof UncheckedIOException refused) {
            throw refused;
        }
        if (thrown != null) {
            throw new EngineException("starting ONNX Runtime", thrown);
        }
        return Objects.requireNonNull(environment.get(), "environment of ONNX Runtime");
    }

    private static int commandLineLength() {
        try {
            return Files.isReadable(COMMAND_LINE) ? Files.readAllBytes(COMMAND_LINE).length : LONG_COMMAND_LINE;
        } catch (IOException e) {
            return LONG_COMMAND_LINE;
        }
    }
}
