package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The assignment of depth maps to pictures by their names. Three rules are tried in this order, and the first that finds
 * a pair is used for all files: equal stems; equal stems after words such as "rgb" and "depth" are removed; equal
 * positions in sorted order, if there are as many depth maps as pictures.
 *
 * @param pairs the pictures with their depth maps, sorted by picture
 * @param pictures the pictures without depth
 * @param depths the depth maps without a picture
 * @param notes a description of the rule, unless it is the first
 */
record Matching(List<Pair> pairs, List<Path> pictures, List<Path> depths, List<String> notes) {
    /** A picture and its depth. */
    record Pair(Path rgb, Path depth) {}

    /** Words that describe the content of a file and not the scene. */
    private static final Set<String> KINDS = Set.of("rgb", "color", "colour", "colors", "image", "images", "img",
            "depth", "sync", "abs", "raw", "gt", "groundtruth", "registered", "aligned");

    /** The boundaries of words: other characters, and changes between letters and digits. */
    private static final Pattern WORDS = Pattern.compile("[^A-Za-z0-9]+|(?<=[A-Za-z])(?=[0-9])|(?<=[0-9])(?=[A-Za-z])");

    static Matching of(Path rgbFolder, List<Path> pictures, Path depthFolder, List<Path> depths) {
        Matching same = byKey(rgbFolder, pictures, depthFolder, depths, UnaryOperator.identity());
        if (!same.pairs.isEmpty()) {
            return same;
        }
        Matching reduced = byKey(rgbFolder, pictures, depthFolder, depths, Matching::reduced);
        if (!reduced.pairs.isEmpty()) {
            return reduced.noted("matched by name without words such as rgb and depth");
        }
        if (pictures.size() != depths.size()) {
            return new Matching(List.of(), pictures, depths, List.of());
        }
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < pictures.size(); i++) {
            pairs.add(new Pair(pictures.get(i), depths.get(i)));
        }
        return new Matching(pairs, List.of(), List.of(), List.of()).noted(
                "names differ, so " + pairs.size() + " pictures and as many depth maps were matched in sorted order");
    }

    private Matching noted(String rule) {
        Pair first = pairs.getFirst();
        return new Matching(pairs, pictures, depths, List
                .of(rule + ": the first are " + Folders.fileName(first.rgb) + " and " + Folders.fileName(first.depth)));
    }

    private static Matching byKey(Path rgbFolder, List<Path> pictures, Path depthFolder, List<Path> depths,
            UnaryOperator<String> rule) {
        Map<String, Path> unused = keyed(depthFolder, depths, rule);
        Map<String, Path> candidates = keyed(rgbFolder, pictures, rule);
        List<Pair> pairs = new ArrayList<>();
        List<Path> unmatched = new ArrayList<>();
        Set<Path> unique = new HashSet<>(candidates.values());
        for (Path picture : pictures) {
            Path depth = unique.contains(picture) ? unused.remove(key(rgbFolder, picture, rule)) : null;
            if (depth == null) {
                unmatched.add(picture);
            } else {
                pairs.add(new Pair(picture, depth));
            }
        }
        Set<Path> used = new HashSet<>();
        pairs.forEach(pair -> used.add(pair.depth));
        return new Matching(pairs, unmatched, depths.stream().filter(depth -> !used.contains(depth)).toList(),
                List.of());
    }

    /** Returns the files by key, without files whose key is empty or not unique. */
    private static Map<String, Path> keyed(Path folder, List<Path> files, UnaryOperator<String> rule) {
        Map<String, Path> keyed = new LinkedHashMap<>();
        Set<String> repeated = new HashSet<>();
        for (Path file : files) {
            String key = key(folder, file, rule);
            if (key.isEmpty() || keyed.putIfAbsent(key, file) != null) {
                repeated.add(key);
            }
        }
        keyed.keySet().removeAll(repeated);
        return keyed;
    }

    private static String key(Path folder, Path file, UnaryOperator<String> rule) {
        return rule.apply(Folders.stem(Folders.name(folder, file)));
    }

    /**
     * Removes the words in {@link #KINDS}: {@code scene/sync_depth_00045} and {@code scene/rgb_00045} become {@code
     * scene/00045}.
     */
    private static String reduced(String stem) {
        StringBuilder key = new StringBuilder();
        for (String part : stem.split("/", -1)) {
            StringBuilder words = new StringBuilder();
            for (String word : WORDS.splitAsStream(part).toList()) {
                if (!word.isEmpty() && !KINDS.contains(word.toLowerCase(Locale.ROOT))) {
                    words.append(words.isEmpty() ? "" : " ").append(word);
                }
            }
            key.append(key.isEmpty() ? "" : "/").append(words);
        }
        return key.toString();
    }

    /** Returns whether the name of a file contains the word "depth". */
    static boolean namesDepth(Path file) {
        for (String word : WORDS.splitAsStream(Folders.stem(Folders.fileName(file))).toList()) {
            if (word.equalsIgnoreCase("depth")) {
                return true;
            }
        }
        return false;
    }
}
