package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The assignment of depth maps to pictures. The rules of {@link PairRule} are tried in turn, each on the files that the
 * rules before it left. A rule pairs two files only if neither fits another file equally well; files of different scene
 * folders are never paired. Sorted order is the last rule: it is used for the files of a folder in which no other rule found
 * a pair, and only if no number, word or time in their names contradicts it.
 *
 * <p>Timestamps are matched as in {@code associate.py} of the TUM RGB-D benchmark: all pairs within the limit, the nearest
 * first, one to one. Source: https://cvg.cit.tum.de/data/datasets/rgbd-dataset/tools
 */
final class PairMatcher {
    private static final double NANOS = 1e9;
    private static final int SHOWN = 5;
    private static final int SHORTEST_TIME = 9;

    private final PairTimes times;
    private final long limit;
    private final List<Named> pictures;
    private final List<Named> depths;
    private final Set<String> pictureMarks;
    private final Set<String> depthMarks;
    private final Map<Path, Matching.Pair> pairs = new HashMap<>();
    private final Set<Path> used = new HashSet<>();
    private final Map<Path, String> doubts = new LinkedHashMap<>();
    private final List<String> contradictions = new ArrayList<>();

    /** A file and its name below the folder, without extension. */
    private record Named(Path file, String path, String stem, PairName name) {
        static List<Named> of(Path folder, List<Path> files, boolean hasSideLetters) {
            return files.stream().map(file -> {
                String path = Folders.name(folder, file);
                String stem = Folders.stem(path);
                return new Named(file, path, stem, PairName.of(stem, hasSideLetters));
            }).toList();
        }

        String fileName() {
            return Folders.fileName(file);
        }
    }

    private PairMatcher(List<Named> pictures, List<Named> depths, PairTimes times, double limitSeconds) {
        this.pictures = pictures;
        this.depths = depths;
        this.pictureMarks = marks(pictures);
        this.depthMarks = marks(depths);
        this.times = times;
        this.limit = Math.round(limitSeconds * NANOS);
    }

    /**
     * Assigns depth maps to pictures.
     *
     * @param rgbFolder the folder of the pictures
     * @param pictures the pictures
     * @param depthFolder the folder of the depth maps
     * @param depths the depth maps
     * @param times the times and pairs that the source lists
     * @param limitSeconds the largest difference of two timestamps
     * @return the assignment
     * @throws IllegalArgumentException if there is no pair; the message lists the files in doubt
     */
    static Matching match(Path rgbFolder, List<Path> pictures, Path depthFolder, List<Path> depths, PairTimes times,
            double limitSeconds) {
        boolean hasSideLetters = hasLeftLetter(rgbFolder, pictures) || hasLeftLetter(depthFolder, depths);
        List<Named> named = Named.of(rgbFolder, pictures, hasSideLetters);
        List<Named> namedDepths = Named.of(depthFolder, depths, hasSideLetters);
        boolean isOneScene = isOneScene(folders(named), folders(namedDepths));
        PairMatcher matcher = new PairMatcher(isOneScene ? withoutFolders(named) : named,
                isOneScene ? withoutFolders(namedDepths) : namedDepths, times, limitSeconds);
        matcher.listed();
        matcher.byKey(Named::stem, PairRule.EQUAL_NAMES);
        matcher.byKey(file -> file.name.folder() + "/" + file.name.frame() + "/" + file.name.side(),
                PairRule.SIMILAR_NAMES);
        matcher.byKey(file -> file.name.folder() + "/" + file.name.frame(), PairRule.SIMILAR_NAMES);
        matcher.inFolders(matcher::byTime);
        if (times.unused().isEmpty()) {
            matcher.inFolders(matcher::bySortedOrder);
        }
        return matcher.result();
    }

    private static Set<String> folders(List<Named> files) {
        return files.stream().map(file -> file.name.folder()).collect(Collectors.toSet());
    }

    /**
     * Returns whether all pictures are in one folder and all depth maps in one, and the words of one folder contain those of
     * the other, as the topics of ROS do: {@code camera_color} and {@code camera_aligned_depth_to_color}.
     */
    private static boolean isOneScene(Set<String> pictureFolders, Set<String> depthFolders) {
        if (pictureFolders.size() != 1 || depthFolders.size() != 1) {
            return false;
        }
        Set<String> a = Set.copyOf(Arrays.asList(pictureFolders.iterator().next().split("[ /]", -1)));
        Set<String> b = Set.copyOf(Arrays.asList(depthFolders.iterator().next().split("[ /]", -1)));
        return !a.contains("") && !b.contains("") && (a.containsAll(b) || b.containsAll(a));
    }

    private static List<Named> withoutFolders(List<Named> files) {
        return files.stream().map(file -> new Named(file.file, file.path, file.stem, file.name.withoutFolder()))
                .toList();
    }

    private static boolean hasLeftLetter(Path folder, List<Path> files) {
        return files.stream().anyMatch(file -> PairName.hasLeftLetter(Folders.stem(Folders.name(folder, file))));
    }

    private void listed() {
        Set<Path> taken = new HashSet<>();
        for (Named picture : pictures) {
            Path depth = times.pairs().get(picture.file);
            if (depth != null && taken.add(depth)) {
                add(picture.file, depth, PairRule.LISTED);
            }
        }
    }

    private void add(Path picture, Path depth, PairRule rule) {
        OptionalDouble seconds = times.of(picture).isPresent() && times.of(depth).isPresent()
                ? OptionalDouble.of(Math.abs(times.of(picture).getAsLong() - times.of(depth).getAsLong()) / NANOS)
                : OptionalDouble.empty();
        pairs.put(picture, new Matching.Pair(picture, depth, rule, seconds));
        used.add(picture);
        used.add(depth);
    }

    private boolean isLeft(Named named) {
        return !used.contains(named.file) && !doubts.containsKey(named.file);
    }

    /** Pairs files with equal keys. If several files have a key, those that are left are in doubt. */
    private void byKey(Function<Named, String> key, PairRule rule) {
        Map<String, List<Named>> byKey = new HashMap<>();
        depths.forEach(depth -> byKey.computeIfAbsent(key.apply(depth), k -> new ArrayList<>()).add(depth));
        Map<String, List<Named>> pictureGroups = new LinkedHashMap<>();
        pictures.forEach(
                picture -> pictureGroups.computeIfAbsent(key.apply(picture), k -> new ArrayList<>()).add(picture));
        pictureGroups.forEach((name, group) -> {
            List<Named> found = byKey.getOrDefault(name, List.of());
            List<Named> left = group.stream().filter(this::isLeft).toList();
            List<Named> leftDepths = found.stream().filter(this::isLeft).toList();
            if (left.isEmpty() || leftDepths.isEmpty()) {
                return;
            }
            if (group.size() == 1 && found.size() == 1) {
                Named picture = left.getFirst();
                Named depth = leftDepths.getFirst();
                if (picture.name.mayBeSideOf(depth.name) && !times.contradict(picture.file, depth.file, limit)) {
                    add(picture.file, depth.file, rule);
                }
            } else if (!name.equals("/")) {
                String doubt = "in doubt: " + names(left) + " and " + names(leftDepths) + " have the same name";
                left.forEach(picture -> doubts.put(picture.file, doubt));
                leftDepths.forEach(depth -> doubts.put(depth.file, doubt));
            }
        });
    }

    private static String names(List<Named> files) {
        return String.join(", ", files.stream().limit(SHOWN).map(Named::path).toList())
                + (files.size() > SHOWN ? ", …" : "");
    }

    private interface FolderRule {
        void apply(String folder, List<Named> pictures, List<Named> depths);
    }

    /** Applies a rule to the files that are left, scene folder by scene folder. */
    private void inFolders(FolderRule rule) {
        Set<String> folders = new LinkedHashSet<>();
        pictures.stream().filter(this::isLeft).forEach(picture -> folders.add(picture.name.folder()));
        Map<String, List<Named>> left = new HashMap<>();
        pictures.stream().filter(this::isLeft)
                .forEach(file -> left.computeIfAbsent(file.name.folder(), k -> new ArrayList<>()).add(file));
        Map<String, List<Named>> leftDepths = new HashMap<>();
        depths.stream().filter(this::isLeft)
                .forEach(file -> leftDepths.computeIfAbsent(file.name.folder(), k -> new ArrayList<>()).add(file));
        for (String folder : folders) {
            if (leftDepths.containsKey(folder)) {
                rule.apply(folder, left.getOrDefault(folder, List.of()), leftDepths.getOrDefault(folder, List.of()));
            }
        }
    }

    private record Candidate(Named picture, Named depth, boolean hasOtherNumbers, long difference, long time) {}

    private void byTime(String folder, List<Named> left, List<Named> leftDepths) {
        Map<Set<String>, List<Named>> depthsByPlace = byPlace(leftDepths);
        byPlace(left).forEach((place, files) -> byTime(files, depthsByPlace.getOrDefault(place, List.of())));
    }

    private void byTime(List<Named> left, List<Named> leftDepths) {
        NavigableMap<Long, Named> depthsByTime = byTime(leftDepths);
        List<Candidate> candidates = new ArrayList<>();
        byTime(left).forEach((time, picture) -> depthsByTime.subMap(time - limit, true, time + limit, true)
                .forEach((other, depth) -> {
                    if (picture.name.mayBeSideOf(depth.name)) {
                        candidates.add(new Candidate(picture, depth, !numbers(picture).equals(numbers(depth)),
                                Math.abs(time - other), time));
                    }
                }));
        // Names that agree in their other numbers first, such as those of a camera.
        candidates.sort(Comparator.comparing(Candidate::hasOtherNumbers).thenComparingLong(Candidate::difference)
                .thenComparingLong(Candidate::time));
        for (Candidate candidate : candidates) {
            if (isLeft(candidate.picture) && isLeft(candidate.depth)) {
                add(candidate.picture.file, candidate.depth.file, PairRule.TIMESTAMPS);
            }
        }
    }

    /** Returns the marks of a picture that depth maps have too, or the reverse: only files of the same place share a time. */
    private Set<String> place(Named named) {
        return named.name.marks().stream().filter(mark -> pictureMarks.contains(mark) && depthMarks.contains(mark))
                .collect(Collectors.toSet());
    }

    private Map<Set<String>, List<Named>> byPlace(List<Named> files) {
        return files.stream().collect(Collectors.groupingBy(this::place, LinkedHashMap::new, Collectors.toList()));
    }

    private static Set<String> marks(List<Named> files) {
        return files.stream().flatMap(file -> file.name.marks().stream()).collect(Collectors.toSet());
    }

    /** Returns the numbers of a name that are too short for times. */
    private static List<String> numbers(Named named) {
        return named.name.frameWords().stream().filter(word -> PairName.isNumber(word) && word.length() < SHORTEST_TIME)
                .toList();
    }

    /** Returns the files by time. Files with equal times are in doubt and left out. */
    private NavigableMap<Long, Named> byTime(List<Named> files) {
        NavigableMap<Long, List<Named>> byTime = new TreeMap<>();
        for (Named file : files) {
            times.of(file.file).ifPresent(time -> byTime.computeIfAbsent(time, k -> new ArrayList<>()).add(file));
        }
        NavigableMap<Long, Named> unique = new TreeMap<>();
        byTime.forEach((time, same) -> {
            if (same.size() == 1) {
                unique.put(time, same.getFirst());
            } else {
                same.forEach(file -> doubts.put(file.file, "in doubt: " + names(same) + " have the same time"));
            }
        });
        return unique;
    }

    private void bySortedOrder(String folder, List<Named> left, List<Named> leftDepths) {
        boolean known = pictures.stream()
                .anyMatch(picture -> picture.name.folder().equals(folder)
                        && (used.contains(picture.file) || doubts.containsKey(picture.file)))
                || depths.stream().anyMatch(depth -> depth.name.folder().equals(folder)
                        && (used.contains(depth.file) || doubts.containsKey(depth.file)));
        if (known) {
            return;
        }
        Comparator<Named> order = Comparator.comparing((Named file) -> file.name.sortKey()).thenComparing(Named::path);
        List<Named> a = left.stream().sorted(order).toList();
        List<Named> b = leftDepths.stream().sorted(order).toList();
        if (a.size() != b.size()) {
            contradictions.add(
                    a.size() + " pictures and " + b.size() + " depth maps" + (folder.isEmpty() ? "" : " of " + folder)
                            + ", so sorted order does not tell the pairs: " + names(a) + " and " + names(b));
            return;
        }
        int wrong = contradiction(a, b);
        if (wrong >= 0) {
            List<String> shown = new ArrayList<>();
            for (int i = wrong; i < Math.min(a.size(), wrong + SHOWN); i++) {
                shown.add(a.get(i).path + " with " + b.get(i).path);
            }
            contradictions.add("the names contradict sorted order, which would pair " + String.join(", ", shown)
                    + (a.size() > wrong + SHOWN ? ", …" : ""));
            return;
        }
        for (int i = 0; i < a.size(); i++) {
            add(a.get(i).file, b.get(i).file, PairRule.SORTED_ORDER);
        }
    }

    /** Returns the first position at which times, numbers or words of the names contradict each other; -1 if none do. */
    private int contradiction(List<Named> a, List<Named> b) {
        List<List<String>> numbers = varying(a);
        List<List<String>> otherNumbers = varying(b);
        Map<String, Set<Integer>> words = positions(a);
        Map<String, Set<Integer>> otherWords = positions(b);
        for (int i = 0; i < a.size(); i++) {
            boolean numbered = !numbers.get(i).isEmpty() && !otherNumbers.get(i).isEmpty();
            if (times.contradict(a.get(i).file, b.get(i).file, limit) || !a.get(i).name.mayBeSideOf(b.get(i).name)
                    || (numbered && !numbers.get(i).equals(otherNumbers.get(i)))) {
                return i;
            }
            for (String word : a.get(i).name.frameWords()) {
                Set<Integer> others = otherWords.get(word);
                if (!PairName.isNumber(word) && others != null && !others.equals(words.get(word))) {
                    return i;
                }
            }
        }
        return -1;
    }

    /** Returns the numbers of each name, without those that are the same in all names. */
    private static List<List<String>> varying(List<Named> files) {
        List<List<String>> numbers = files.stream()
                .map(file -> file.name.frameWords().stream().filter(PairName::isNumber).toList()).toList();
        int count = numbers.getFirst().size();
        if (files.size() < 2 || numbers.stream().anyMatch(list -> list.size() != count)) {
            return numbers;
        }
        List<List<String>> varying = new ArrayList<>();
        numbers.forEach(list -> varying.add(new ArrayList<>()));
        for (int place = 0; place < count; place++) {
            int at = place;
            String first = numbers.getFirst().get(at);
            if (numbers.stream().anyMatch(list -> !list.get(at).equals(first))) {
                for (int i = 0; i < files.size(); i++) {
                    varying.get(i).add(numbers.get(i).get(at));
                }
            }
        }
        return varying;
    }

    private static Map<String, Set<Integer>> positions(List<Named> files) {
        Map<String, Set<Integer>> positions = new HashMap<>();
        for (int i = 0; i < files.size(); i++) {
            for (String word : files.get(i).name.frameWords()) {
                positions.computeIfAbsent(word, k -> new HashSet<>()).add(i);
            }
        }
        return positions;
    }

    private Matching result() {
        List<Path> unusedDepths = depths.stream().map(Named::file).filter(file -> !used.contains(file)).toList();
        if (pairs.isEmpty()) {
            Set<String> reasons = new LinkedHashSet<>(doubts.values());
            reasons.addAll(contradictions);
            times.unused()
                    .ifPresent(file -> reasons.add(file + ": expected lines with a picture and its depth map, such "
                            + "as \"rgb/1.png depth/1.png\", found none that names two of these files"));
            if (reasons.isEmpty() && !folders(pictures).equals(folders(depths))) {
                reasons.add(
                        "the names of their folders, without words such as rgb and depth, are not the same; if they hold "
                                + "one scene, name the folder of the pictures and that of the depth maps");
            }
            throw new IllegalArgumentException("pairs: expected names or timestamps that tell which depth map belongs "
                    + "to which picture, found " + pictures.size() + " pictures such as "
                    + pictures.getFirst().fileName() + " and " + depths.size() + " depth maps such as "
                    + depths.getFirst().fileName()
                    + (reasons.isEmpty() ? "" : "; " + String.join("; ", reasons.stream().limit(SHOWN).toList()))
                    + "; rename one or the other, or list the pairs in associations.txt");
        }
        Map<Path, String> unmatched = new LinkedHashMap<>();
        Map<Set<String>, NavigableMap<Long, Named>> byTime = new HashMap<>();
        depths.forEach(depth -> times.of(depth.file)
                .ifPresent(time -> byTime.computeIfAbsent(place(depth), k -> new TreeMap<>()).put(time, depth)));
        for (Named picture : pictures) {
            if (!pairs.containsKey(picture.file)) {
                unmatched.put(picture.file, doubts.getOrDefault(picture.file,
                        reason(picture, byTime.getOrDefault(place(picture), new TreeMap<>()))));
            }
        }
        return new Matching(
                pictures.stream().map(Named::file).filter(pairs::containsKey).sorted().map(pairs::get).toList(),
                unmatched, unusedDepths);
    }

    private String reason(Named picture, NavigableMap<Long, Named> depthsByTime) {
        long time = times.of(picture.file).orElse(0);
        Map.Entry<Long, Named> before = depthsByTime.floorEntry(time);
        Map.Entry<Long, Named> after = depthsByTime.ceilingEntry(time);
        if (times.of(picture.file).isEmpty() || (before == null && after == null)) {
            return "expected a depth map of that name, found none";
        }
        Map.Entry<Long, Named> nearest = before == null
                || (after != null && after.getKey() - time < time - before.getKey()) ? after : before;
        return String.format(Locale.ROOT,
                "expected a depth map within %.3f s that no other picture is nearer to, found none; the nearest, %s, "
                        + "differs by %.3f s",
                limit / NANOS, nearest.getValue().fileName(), Math.abs(nearest.getKey() - time) / NANOS);
    }
}
