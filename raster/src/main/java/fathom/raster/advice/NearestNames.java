package fathom.raster.advice;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Suggestions for a mistyped name: known names at a small edit distance. Case is ignored. */
public final class NearestNames {
    private NearestNames() {}

    /**
     * {@return the known names that are similar to {@code name}, the nearest first, then in alphabetical order} A known
     * name is similar if its edit distance is at most a third of the length of the shorter name, or 1, or if it starts
     * with {@code name} and {@code name} has at least three letters.
     *
     * @param name the mistyped name
     * @param known the names to choose from
     * @param limit the largest number of names returned
     */
    public static List<String> of(String name, Collection<String> known, int limit) {
        String typed = name.toLowerCase(Locale.ROOT);
        return known.stream().filter(candidate -> isNear(typed, candidate.toLowerCase(Locale.ROOT)))
                .sorted(Comparator
                        .comparingInt((String candidate) -> distance(typed, candidate.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(limit).toList();
    }

    private static boolean isNear(String typed, String candidate) {
        return distance(typed, candidate) <= Math.max(1, Math.min(typed.length(), candidate.length()) / 3)
                || (typed.length() >= 3 && candidate.startsWith(typed));
    }

    /**
     * Returns the smallest number of insertions, deletions, replacements and swaps of neighbours that turn {@code a}
     * into {@code b} if no letter is edited twice. This is optimal string alignment, the restricted form of Damerau's
     * distance (A technique for computer detection and correction of spelling errors, Communications of the ACM 7(3),
     * 1964).
     */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                boolean same = a.charAt(i - 1) == b.charAt(j - 1);
                d[i][j] = Math.min(d[i - 1][j - 1] + (same ? 0 : 1), 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
