package fathom.soak;

import java.nio.file.Path;
import java.util.List;

/**
 * A reader that must answer every file, for any content: with a result, or with an exception for bad files.
 *
 * @param name the name, such as {@code png}
 * @param file the name of the file that is read, because some readers look at the ending
 * @param seeds valid files
 * @param readings read the file, each separately; what they return is ignored
 */
record Subject(String name, String file, List<byte[]> seeds, List<Reading> readings) {
    /** Copies the lists. */
    Subject {
        readings = List.copyOf(readings);
        seeds = List.copyOf(seeds);
        if (seeds.isEmpty()) {
            throw new IllegalArgumentException(name + ": expected at least one seed, found none");
        }
    }

    /** A subject with one way to read the file. */
    Subject(String name, String file, List<byte[]> seeds, Reading reading) {
        this(name, file, seeds, List.of(reading));
    }

    /** Reads one file. */
    @FunctionalInterface
    interface Reading {
        /**
         * Reads a file.
         *
         * @param file the file
         * @throws Exception if the content is bad, or if the reader has a defect
         */
        void read(Path file) throws Exception;
    }
}
