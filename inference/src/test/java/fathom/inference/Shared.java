package fathom.inference;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Third-party photographs, which are not part of the repository: tests read them in a folder beside the checkout. */
final class Shared {
    private Shared() {}

    /** The file or folder {@code name}; the calling test is skipped, saying so, where it is absent. */
    static Path path(String name) {
        Path path = Path.of(System.getProperty("fathom.shared", "")).resolve(name);
        assumeTrue(Files.exists(path), "SKIPPED: this test reads third-party photographs, which are not at " + path
                + "; set -Dfathom.shared to the folder that holds data");
        return path;
    }
}
