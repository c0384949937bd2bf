package fathom.inference;

import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Files beside the checkout that tests read where they are: goldens too large to carry, data of others. */
final class Shared {
    private Shared() {}

    /** The file or folder {@code name}; the calling test is skipped, saying so, where it is absent. */
    static Path path(String name) {
        Path path = Path.of(System.getProperty("fathom.shared", "")).resolve(name);
        assumeTrue(Files.exists(path), "SKIPPED: this test needs " + path
                + "; set -Dfathom.shared to the folder that holds " + name);
        return path;
    }
}
