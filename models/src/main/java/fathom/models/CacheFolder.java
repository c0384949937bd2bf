package fathom.models;

import java.nio.file.Path;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/** Where what can be made again is kept: {@code FATHOM_CACHE}, or the platform's cache folder of the user. */
public final class CacheFolder {
    private CacheFolder() {}

    /** The folder, which may not exist yet. */
    public static Path path() {
        String chosen = System.getenv("FATHOM_CACHE");
        if (chosen != null && !chosen.isBlank()) {
            return Path.of(chosen).toAbsolutePath();
        }
        return platform().resolve("fathom");
    }

    private static Path platform() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        Path home = Path.of(System.getProperty("user.home", "."));
        if (os.contains("win")) {
            return orElse(System.getenv("LOCALAPPDATA"), home.resolve("AppData").resolve("Local"));
        }
        if (os.contains("mac")) {
            return home.resolve("Library").resolve("Caches");
        }
        return orElse(System.getenv("XDG_CACHE_HOME"), home.resolve(".cache"));
    }

    private static Path orElse(@Nullable String chosen, Path otherwise) {
        return chosen == null || chosen.isBlank() ? otherwise : Path.of(chosen);
    }
}
