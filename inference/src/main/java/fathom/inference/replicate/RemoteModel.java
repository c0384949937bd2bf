package fathom.inference.replicate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The name of a model on Replicate.
 *
 * @param owner the account that published it
 * @param name the name of the model
 * @param version the identifier of the version, 64 hexadecimal digits; if empty, the latest version when the model is
 *            opened
 */
public record RemoteModel(String owner, String name, Optional<String> version) {
    /** The prefix of the names of remote models. */
    public static final String PREFIX = "replicate:";

    private static final Pattern FORM = Pattern.compile(
            "replicate:([A-Za-z0-9][A-Za-z0-9_-]{0,99})/([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?::([0-9a-f]{64}))?");

    /**
     * Parses a name.
     *
     * @param text {@code replicate:owner/name} or {@code replicate:owner/name:version}
     * @return the model
     * @throws IllegalArgumentException if {@code text} does not have this form
     */
    public static RemoteModel parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "remote model: expected replicate:owner/name or replicate:owner/name:version "
                            + "with a version of 64 hexadecimal digits, found \"" + text + "\"");
        }
        return new RemoteModel(matcher.group(1), matcher.group(2), Optional.ofNullable(matcher.group(3)));
    }

    /**
     * Returns whether a name is that of a remote model.
     *
     * @param text the name
     * @return whether it starts with {@link #PREFIX}
     */
    public static boolean isRemote(String text) {
        return text.startsWith(PREFIX);
    }

    /**
     * Returns a copy with a version.
     *
     * @param version the identifier of the version
     * @return the copy
     */
    public RemoteModel withVersion(String version) {
        return new RemoteModel(owner, name, Optional.of(version));
    }

    /** Returns {@code owner/name}. */
    String slug() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return PREFIX + slug() + version.map(v -> ":" + v).orElse("");
    }
}
