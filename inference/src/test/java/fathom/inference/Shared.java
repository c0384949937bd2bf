package fathom.inference;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Third-party photographs, which are not part of the repository: tests read them from the folder {@code fathom.shared}. */
final class Shared {
    private Shared() {}

    /** Returns the file or folder {@code name}. Skips the calling test with a message if it does not exist. */
    static Path path(String name) {
        Path path = Path.of(System.getProperty("fathom.shared", "")).resolve(name);
        assumeTrue(Files.exists(path), "SKIPPED: this test reads third-party photographs, which are not at " + path
                + "; set -Dfathom.shared to the folder that holds data");
        return path;
    }
}
