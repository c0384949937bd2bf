package fathom.cache;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Where Fathom stores what it can make or download again. Datasets are stored elsewhere ({@code FATHOM_HOME}), and so are
 * models of the Hugging Face Hub (the cache that Python's {@code huggingface_hub} uses).
 */
public final class CacheFolder {
    /** The environment variable that names the folder. */
    public static final String VARIABLE = "FATHOM_CACHE";

    private CacheFolder() {}

    /** Returns the cache folder of this process; it may not exist yet. */
    public static Path path() {
        return path(System.getenv(), System.getProperty("os.name", ""), UserHome.resolve());
    }

    /**
     * Returns the cache folder that an environment gives: {@code FATHOM_CACHE} if it is set, otherwise the platform's cache
     * folder of the user. That is {@code $XDG_CACHE_HOME/fathom} or {@code ~/.cache/fathom} on Linux,
     * {@code ~/Library/Caches/fathom} on macOS, {@code %LOCALAPPDATA%\fathom\cache} on Windows.
     *
     * @param environment variables by name; an empty one counts as missing
     * @param system the system property {@code os.name}
     * @param userHome the home folder of the user, for {@code ~} and the defaults
     * @return an absolute path, which need not exist
     */
    public static Path path(Map<String, String> environment, String system, Path userHome) {
        String chosen = text(environment, VARIABLE);
        if (chosen != null) {
            boolean inHome = chosen.equals("~") || chosen.startsWith("~/");
            return absolute(
                    inHome ? userHome.resolve(chosen.substring(Math.min(2, chosen.length()))) : Path.of(chosen));
        }
        String lowerCase = system.toLowerCase(Locale.ROOT);
        if (lowerCase.startsWith("windows")) {
            String local = text(environment, "LOCALAPPDATA");
            return absolute((local == null ? userHome.resolve("AppData").resolve("Local") : Path.of(local))
                    .resolve("fathom").resolve("cache"));
        }
        if (lowerCase.startsWith("mac")) {
            return absolute(userHome.resolve("Library").resolve("Caches").resolve("fathom"));
        }
        // The XDG base directory specification: a relative path is invalid and is ignored.
        String caches = text(environment, "XDG_CACHE_HOME");
        return absolute((caches != null && caches.startsWith("/") ? Path.of(caches) : userHome.resolve(".cache"))
                .resolve("fathom"));
    }

    /** Returns the folder of {@code kind}, to look at; it may not exist yet. */
    public static Path path(CacheKind kind) {
        return path().resolve(kind.key());
    }

    /**
     * Returns the folder of {@code kind}, to read and write: it is in use by this process until the process ends, and
     * {@link CacheContents#clear} leaves it alone. It may not exist yet.
     */
    public static Path use(CacheKind kind) {
        Path folder = path(kind);
        markInUse(folder);
        return folder;
    }

    /** As {@link #use}, for a folder of a kind that was resolved before. */
    public static void markInUse(Path folder) {
        FolderUse.mark(folder);
    }

    private static @Nullable String text(Map<String, String> environment, String name) {
        String value = environment.get(name);
        return value == null || value.isBlank() ? null : value;
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }
}
