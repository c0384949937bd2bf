package fathom.cache;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;

/**
 * The home folder of the user, in which default folders are. On Linux and macOS it is {@code $HOME}, as for Python's
 * {@code huggingface_hub}, with which the cache of models is shared: the system property {@code user.home} is the home in the
 * user database and ignores that variable.
 */
public final class UserHome {
    private UserHome() {}

    /** Returns the home folder of the user of this process. */
    public static Path resolve() {
        return resolve(System.getenv(), System.getProperties());
    }

    /**
     * Returns the home folder that an environment gives.
     *
     * @param environment variables by name; {@code HOME} counts if it is an absolute path and the system is not Windows
     * @param properties the system properties; {@code os.name} and {@code user.home} are read
     * @return {@code HOME}, otherwise {@code user.home}
     */
    public static Path resolve(Map<String, String> environment, Properties properties) {
        boolean windows = properties.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
        String home = environment.getOrDefault("HOME", "");
        return Path.of(!windows && home.startsWith("/") ? home : properties.getProperty("user.home", ""));
    }
}
