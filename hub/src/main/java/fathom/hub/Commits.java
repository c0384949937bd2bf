package fathom.hub;

import java.util.regex.Pattern;

/** Hashes of commits: 40 hexadecimal digits. */
final class Commits {
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{40}");

    private Commits() {}

    static boolean isHash(String revision) {
        return HASH.matcher(revision).matches();
    }
}
