package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.cache.UserHome;
import org.jspecify.annotations.Nullable;

/**
 * The address of the Hub, its cache and its timeouts.
 *
 * @param endpoint address of the Hub, without a trailing slash
 * @param token the user's access token, if there is one
 * @param cache folder that contains {@code models--owner--name} folders
 * @param downloads folder for files from addresses outside the Hub
 * @param offline whether the network may not be used
 * @param symbolicLinks whether snapshots link to blobs; otherwise they contain the files
 * @param answerTimeout longest wait for the start of an answer
 * @param silenceTimeout longest pause within a download
 */
public record HubSettings(URI endpoint, Optional<AccessToken> token, Path cache, Path downloads, boolean offline,
        boolean symbolicLinks, Duration answerTimeout, Duration silenceTimeout) {
    /** The public Hub. */
    public static final URI DEFAULT_ENDPOINT = URI.create("https://huggingface.co");

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    private static final Set<String> YES = Set.of("1", "ON", "YES", "TRUE");

    /** Validates the components. */
    public HubSettings {
        if (endpoint.getHost() == null || endpoint.getRawQuery() != null || endpoint.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "HF_ENDPOINT: expected an address such as " + DEFAULT_ENDPOINT + ", found \"" + endpoint + "\"");
        }
        if (endpoint.getPath().endsWith("/")) {
            endpoint = URI.create(endpoint.toString().replaceAll("/+$", ""));
        }
    }

    /** {@return the settings from the environment of this process} */
    public static HubSettings fromEnvironment() {
        return fromEnvironment(System.getenv(), UserHome.resolve());
    }

    /**
     * Returns the settings from {@code environment}, with the names and defaults of
     * {@code huggingface_hub/constants.py}: {@code HF_ENDPOINT}, {@code HF_TOKEN} or the file {@code token} in
     * {@code HF_HOME}, {@code HF_HUB_CACHE}, {@code HF_HUB_OFFLINE}, {@code HF_HUB_DISABLE_SYMLINKS},
     * {@code HF_HUB_ETAG_TIMEOUT}, {@code HF_HUB_DOWNLOAD_TIMEOUT}. Files from other addresses are stored in Fathom's
     * cache folder ({@link CacheFolder}).
     *
     * @param environment variables by name
     * @param userHome the user's home folder
     * @return the settings
     * @throws IllegalArgumentException if the value of a variable is invalid; the message names the variable
     */
    public static HubSettings fromEnvironment(Map<String, String> environment, Path userHome) {
        Variables variables = new Variables(environment, userHome);
        Path caches = variables.path("XDG_CACHE_HOME").orElse(userHome.resolve(".cache"));
        Path home = variables.path("HF_HOME").orElse(caches.resolve("huggingface"));
        Path cache = variables.path("HF_HUB_CACHE").or(() -> variables.path("HUGGINGFACE_HUB_CACHE"))
                .orElse(home.resolve("hub"));
        URI endpoint = variables.text("HF_ENDPOINT").map(HubSettings::address).orElse(DEFAULT_ENDPOINT);
        boolean offline = variables.isYes("HF_HUB_OFFLINE") || variables.isYes("TRANSFORMERS_OFFLINE");
        return new HubSettings(endpoint, token(variables, home), cache,
                CacheFolder.path(environment, System.getProperty("os.name", ""), userHome)
                        .resolve(CacheKind.DOWNLOADS.key()),
                offline, !variables.isYes("HF_HUB_DISABLE_SYMLINKS"), variables.seconds("HF_HUB_ETAG_TIMEOUT"),
                variables.seconds("HF_HUB_DOWNLOAD_TIMEOUT"));
    }

    /**
     * Returns a copy with another value of {@code offline}.
     *
     * @param nowOffline whether the network may not be used
     * @return the copy
     */
    public HubSettings withOffline(boolean nowOffline) {
        return new HubSettings(endpoint, token, cache, downloads, nowOffline, symbolicLinks, answerTimeout,
                silenceTimeout);
    }

    private static URI address(String text) {
        try {
            return URI.create(text.strip());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "HF_ENDPOINT: expected an address such as " + DEFAULT_ENDPOINT + ", found \"" + text + "\"", e);
        }
    }

    private static Optional<AccessToken> token(Variables variables, Path home) {
        if (variables.isYes("HF_HUB_DISABLE_IMPLICIT_TOKEN")) {
            return Optional.empty();
        }
        Optional<String> named = variables.text("HF_TOKEN").or(() -> variables.text("HUGGING_FACE_HUB_TOKEN"));
        if (named.isPresent()) {
            return named.map(AccessToken::new);
        }
        Path file = variables.path("HF_TOKEN_PATH").orElse(home.resolve("token"));
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(file).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(new AccessToken(text));
        } catch (IOException e) {
            throw new IllegalArgumentException("access token: cannot read " + file + ": make it readable, or remove it",
                    e);
        }
    }

    /** Environment variables; an empty one counts as missing. */
    private record Variables(Map<String, String> values, Path userHome) {
        Optional<String> text(String name) {
            @Nullable
            String value = values.get(name);
            return value == null || value.isBlank() ? Optional.empty() : Optional.of(value);
        }

        Optional<Path> path(String name) {
            return text(name).map(text -> text.equals("~") || text.startsWith("~/")
                    ? userHome.resolve(text.substring(Math.min(2, text.length())))
                    : Path.of(text));
        }

        boolean isYes(String name) {
            return text(name).map(text -> YES.contains(text.strip().toUpperCase(Locale.ROOT))).orElse(false);
        }

        Duration seconds(String name) {
            Optional<String> text = text(name);
            if (text.isEmpty()) {
                return DEFAULT_TIMEOUT;
            }
            try {
                long seconds = Long.parseLong(text.get().strip());
                if (seconds > 0) {
                    return Duration.ofSeconds(seconds);
                }
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        name + ": expected a number of seconds, found \"" + text.get() + "\"", e);
            }
            throw new IllegalArgumentException(
                    name + ": expected a number of seconds above 0, found \"" + text.get() + "\"");
        }
    }
}
