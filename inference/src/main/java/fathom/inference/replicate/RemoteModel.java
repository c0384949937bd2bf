package fathom.inference.replicate;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A model on Replicate.
 *
 * @param owner who published it
 * @param name its name there
 * @param version the version's identifier; without one, the latest when the model is opened
 */
public record RemoteModel(String owner, String name, Optional<String> version) {
    /** What the name of such a model starts with. */
    public static final String PREFIX = "replicate:";

    private static final Pattern FORM = Pattern
            .compile(
                    "replicate:([A-Za-z0-9][A-Za-z0-9_-]{0,99})/([A-Za-z0-9][A-Za-z0-9._-]{0,99})(?::([0-9a-f]{64}))?");

    /**
     * {@return the model called {@code text}, {@code replicate:owner/name} or {@code replicate:owner/name:version}}
     *
     * @throws IllegalArgumentException if it is not of this form
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

    /** {@return whether {@code text} names a remote model} */
    public static boolean isRemote(String text) {
        return text.startsWith(PREFIX);
    }

    /** {@return the same model in the version of that identifier} */
    public RemoteModel withVersion(String version) {
        return new RemoteModel(owner, name, Optional.of(version));
    }

    /** {@code owner/name}. */
    String slug() {
        return owner + "/" + name;
    }

    @Override
    public String toString() {
        return PREFIX + slug() + version.map(v -> ":" + v).orElse("");
    }
}
