package fathom.datasets;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

import fathom.cache.UserHome;

/** The home folder, which contains the user's datasets. */
public final class FathomHome {
    private FathomHome() {}

    /** {@return the home folder for the environment of this process} */
    public static Path resolve() {
        return resolve(System.getenv(), System.getProperties());
    }

    /**
     * Returns {@code FATHOM_HOME} if it is set. Otherwise returns the platform's folder for data: {@code
     * $XDG_DATA_HOME/fathom} or {@code ~/.local/share/fathom} on Linux, {@code ~/Library/Application Support/Fathom} on
     * macOS, {@code %LOCALAPPDATA%\Fathom} on Windows.
     *
     * @param environment the environment variables
     * @param properties the system properties: {@code os.name} is read, and {@code user.home} if {@code HOME} is missing
     * @return an absolute path, which need not exist
     */
    public static Path resolve(Map<String, String> environment, Properties properties) {
        String chosen = environment.getOrDefault("FATHOM_HOME", "");
        Path user = UserHome.resolve(environment, properties);
        if (!chosen.isBlank()) {
            return absolute(chosen.equals("~") || chosen.startsWith("~/") ? user + chosen.substring(1) : chosen);
        }
        String system = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        if (system.startsWith("mac")) {
            return absolute(user.resolve("Library/Application Support/Fathom").toString());
        }
        if (system.startsWith("windows")) {
            String local = environment.getOrDefault("LOCALAPPDATA", "");
            return absolute(local.isBlank() ? user.resolve("AppData/Local/Fathom").toString() : local + "/Fathom");
        }
        // The XDG base directory specification: a relative path is invalid and is ignored.
        String data = environment.getOrDefault("XDG_DATA_HOME", "");
        return absolute(data.startsWith("/") ? data + "/fathom" : user.resolve(".local/share/fathom").toString());
    }

    private static Path absolute(String path) {
        return Path.of(path).toAbsolutePath().normalize();
    }
}
