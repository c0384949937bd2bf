package fathom.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

/**
 * The target of the coverage-guided fuzzer Jazzer, which calls these two methods. The system properties are {@code
 * fathom.project}, the root of the source tree, {@code fathom.folder}, a folder for files, and {@code fathom.reader}, the
 * name of the reader.
 */
public final class FuzzTarget {
    private static @Nullable Mutants mutants;

    private FuzzTarget() {}

    /** Finds the reader, before the first input. */
    public static void fuzzerInitialize() {
        try {
            String reader = System.getProperty("fathom.reader", "");
            Path folder = Files.createTempDirectory(Path.of(System.getProperty("fathom.folder", "")), reader);
            Subject subject = Subjects.named(Path.of(System.getProperty("fathom.project", "")), folder, reader);
            mutants = new Mutants(subject, folder);
        } catch (IOException e) {
            throw new UncheckedIOException("preparing the reader", e);
        }
    }

    /**
     * Reads one input.
     *
     * @param input the content of a file
     * @throws IOException if the file cannot be written
     */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (mutants == null) {
            throw new IllegalStateException("not initialised");
        }
        Optional<String> wrong = mutants.answerHere(input);
        if (wrong.isPresent()) {
            throw new AssertionError(wrong.get());
        }
    }
}
