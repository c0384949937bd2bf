package fathom.datasets.values;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

import fathom.raster.advice.NearestNames;

/** Rules for the names of datasets, fields, protocols and numbers, and suggestions for mistyped names. */
public final class Names {
    private static final Pattern DATASET = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern PART = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    /** Names that Windows reserves for devices, with or without an extension. */
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");
    private static final Set<String> RESERVED_FIELDS = Set.of("rgb", "id", "name", "tags", "intrinsics");

    private Names() {}

    /**
     * Requires a valid dataset name, which is a safe folder name on every file system.
     *
     * @param name the name
     * @return {@code name}
     * @throws IllegalArgumentException if the name is not valid
     */
    public static String requireDataset(String name) {
        if (!DATASET.matcher(name).matches() || name.endsWith(".") || DEVICE.matcher(name).matches()) {
            throw new IllegalArgumentException("dataset name: expected 1 to 64 of the letters a-z, A-Z, digits, "
                    + "'.', '_' and '-', beginning with a letter or digit, not ending with '.' and not a device name "
                    + "of Windows, found \"" + name + "\"" + suggestion(name));
        }
        return name;
    }

    /**
     * Requires a valid name for a stored field. Names of properties that every sample has, such as {@code rgb}, are not
     * valid.
     *
     * @param name the name
     * @return {@code name}
     * @throws IllegalArgumentException if the name is not valid
     */
    public static String requireField(String name) {
        requirePart("field name", name);
        if (RESERVED_FIELDS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException("field name: \"" + name + "\" belongs to every sample, choose another");
        }
        return name;
    }

    /**
     * Requires one valid part of a dotted path such as {@code dpt.article.rmse}.
     *
     * @param what what the part is, for the message
     * @param name the part
     * @return {@code name}
     * @throws IllegalArgumentException if the part is not valid
     */
    public static String requirePart(String what, String name) {
        if (!PART.matcher(name).matches() || DEVICE.matcher(name).matches()) {
            throw new IllegalArgumentException(what
                    + ": expected 1 to 64 of the letters a-z, A-Z, digits, '_' and '-', "
                    + "beginning with a letter or digit, and not a device name of Windows, found \"" + name + "\"");
        }
        return name;
    }

    private static String suggestion(String name) {
        String tried = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
        String shortened = tried.substring(0, Math.min(64, tried.length()));
        return DATASET.matcher(shortened).matches() && !DEVICE.matcher(shortened).matches()
                ? ": for example \"" + shortened + "\""
                : "";
    }

    /**
     * Returns the end of a message about an unknown name: the most similar known names as a question, or the list of
     * known names if none is similar.
     *
     * @param name the unknown name
     * @param known the known names
     * @param whenNone the text to return if there are no known names
     * @return the text, to be appended to the message
     */
    public static String hint(String name, Collection<String> known, String whenNone) {
        if (known.isEmpty()) {
            return whenNone;
        }
        List<String> near = NearestNames.of(name, known, 3);
        if (!near.isEmpty()) {
            return ": did you mean " + String.join(" or ", near) + "?";
        }
        List<String> shown = known.stream().sorted().limit(12).toList();
        return ": there is " + String.join(", ", shown) + (known.size() > shown.size() ? ", …" : "");
    }
}
