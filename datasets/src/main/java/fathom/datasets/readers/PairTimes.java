package fathom.datasets.readers;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.jspecify.annotations.Nullable;

/**
 * What a source says about times and pairs: the timestamps and pairs in the text files of the TUM layout, and timestamps in
 * file names. A time is a number of nanoseconds.
 *
 * @param times the times that {@code rgb.txt}, {@code depth.txt} and the like list, by file
 * @param pairs the depth maps that a file such as {@code associations.txt} lists, by picture
 * @param unused a file of pairs none of whose lines names a picture and its depth map; empty if there is none
 */
record PairTimes(Map<Path, Long> times, Map<Path, Path> pairs, Optional<Path> unused) {
    private static final List<String> TIMES = List.of("rgb.txt", "color.txt", "colour.txt", "image.txt", "images.txt",
            "depth.txt", "depths.txt", "aligned_depth.txt");
    private static final List<String> PAIRS = List.of("associations.txt", "association.txt", "associated.txt",
            "associate.txt", "assoc.txt");
    private static final long MAX_BYTES = 1 << 26;
    /** A word of a line; a name with blanks is in quotation marks. */
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|[^\\s,\"]+");
    private static final int NANO_DIGITS = 9;

    /** Seconds since 1970 with a fraction, also with another separator. */
    private static final Pattern SECONDS = Pattern
            .compile("(?<![\\d.])(?:(\\d{9,10})\\.(\\d+)|(1\\d{9})[_-](\\d{6}|\\d{9}))(?![\\d.])");
    /** Any seconds with a fraction, as the complete name. */
    private static final Pattern SHORT_SECONDS = Pattern.compile("(\\d{1,8})\\.(\\d{3,9})");
    /** The number of a frame and its microseconds, as in SUN3D and the object scans of Redwood, as the complete name. */
    private static final Pattern FRAME_MICROSECONDS = Pattern.compile("\\d{7}-(\\d{12})");
    /** Date and time of day with a fraction. */
    private static final Pattern DATE = Pattern.compile("(?<!\\d)(\\d{4})[-_.]?([01]\\d)[-_.]?([0-3]\\d)[-_ .Tt]?"
            + "([0-2]\\d)[-_:.]?([0-5]\\d)[-_:.]?([0-5]\\d)[-_.](\\d{3}|\\d{6}|\\d{9})(?!\\d)");
    /** Milliseconds, microseconds or nanoseconds since 1970. */
    private static final Pattern UNITS = Pattern.compile("(?<!\\d)[1-9](?:\\d{12}|\\d{15}|\\d{18})(?!\\d)");

    /**
     * Reads the text files in the folder {@code root}. Lines that name none of the files are ignored. A line of a file of
     * pairs is two names, or two times with names.
     */
    static PairTimes read(Path root, List<Path> pictures, List<Path> depths) throws IOException {
        Map<Path, Path> known = new HashMap<>();
        pictures.forEach(file -> known.put(file, file));
        Map<Path, Path> knownDepths = new HashMap<>();
        depths.forEach(file -> knownDepths.put(file, file));
        Map<Path, Long> times = new HashMap<>();
        for (String name : TIMES) {
            for (String[] words : lines(root.resolve(name))) {
                Path file = words.length >= 2 ? resolved(root, words[1]) : root;
                OptionalLong time = words.length >= 2 ? seconds(words[0]) : OptionalLong.empty();
                if (time.isPresent() && (known.containsKey(file) || knownDepths.containsKey(file))) {
                    times.put(file, time.getAsLong());
                }
            }
        }
        Map<Path, Path> pairs = new HashMap<>();
        Map<String, List<Path>> byName = byName(pictures);
        Map<String, List<Path>> depthsByName = byName(depths);
        Optional<Path> unused = Optional.empty();
        for (String name : PAIRS) {
            Path file = root.resolve(name);
            List<String[]> lines = lines(file);
            int before = pairs.size();
            for (String[] words : lines) {
                if (words.length >= 2) {
                    boolean hasTimes = words.length >= 4;
                    String first = words[hasTimes ? 1 : 0];
                    String second = words[hasTimes ? 3 : 1];
                    Path rgb = named(root, first, known, byName);
                    Path depth = named(root, second, knownDepths, depthsByName);
                    if (rgb == null || depth == null) {
                        rgb = named(root, second, known, byName);
                        depth = named(root, first, knownDepths, depthsByName);
                    }
                    if (rgb != null && depth != null) {
                        pairs.putIfAbsent(rgb, depth);
                    }
                }
            }
            if (!lines.isEmpty() && pairs.size() == before) {
                unused = Optional.of(file);
            }
        }
        return new PairTimes(times, pairs, pairs.isEmpty() ? unused : Optional.empty());
    }

    private static Map<String, List<Path>> byName(List<Path> files) {
        return files.stream().collect(Collectors.groupingBy(Folders::fileName));
    }

    /** Returns the file of a name in a list: a path below the root, or the name of a file that no other one has. */
    private static @Nullable Path named(Path root, String name, Map<Path, Path> known, Map<String, List<Path>> byName) {
        Path path = resolved(root, name);
        if (known.containsKey(path)) {
            return path;
        }
        List<Path> found = byName.getOrDefault(name, List.of());
        return found.size() == 1 ? found.getFirst() : null;
    }

    /** Returns the time of a file: the listed one, or the one in its name. */
    OptionalLong of(Path file) {
        Long listed = times.get(file);
        return listed == null ? ofName(Folders.stem(Folders.fileName(file))) : OptionalLong.of(listed);
    }

    /** Returns whether the two files have times that differ by more than the limit. */
    boolean contradict(Path picture, Path depth, long limit) {
        OptionalLong a = of(picture);
        OptionalLong b = of(depth);
        return a.isPresent() && b.isPresent() && Math.abs(a.getAsLong() - b.getAsLong()) > limit;
    }

    /** Returns the timestamp in a name without extension; empty if there is none. */
    static OptionalLong ofName(String stem) {
        Matcher matcher = SECONDS.matcher(stem);
        if (matcher.find()) {
            return matcher.group(1) == null
                    ? seconds(matcher.group(3) + "." + matcher.group(4))
                    : seconds(matcher.group(1) + "." + matcher.group(2));
        }
        matcher = SHORT_SECONDS.matcher(stem);
        if (matcher.matches()) {
            return seconds(stem);
        }
        matcher = FRAME_MICROSECONDS.matcher(stem);
        if (matcher.matches()) {
            return OptionalLong.of(Long.parseLong(matcher.group(1)) * 1000);
        }
        matcher = DATE.matcher(stem);
        if (matcher.find()) {
            return date(matcher);
        }
        matcher = UNITS.matcher(stem);
        if (!matcher.find()) {
            return OptionalLong.empty();
        }
        String digits = matcher.group();
        try {
            long number = Long.parseLong(digits);
            return switch (digits.length()) {
                case 13 -> OptionalLong.of(Math.multiplyExact(number, 1_000_000L));
                case 16 -> OptionalLong.of(Math.multiplyExact(number, 1_000L));
                default -> OptionalLong.of(number);
            };
        } catch (ArithmeticException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong date(Matcher matcher) {
        try {
            int[] parts = IntStream.rangeClosed(1, 6).map(group -> Integer.parseInt(matcher.group(group))).toArray();
            long seconds = LocalDateTime.of(parts[0], parts[1], parts[2], parts[3], parts[4], parts[5])
                    .toEpochSecond(ZoneOffset.UTC);
            return seconds(seconds + "." + matcher.group(7));
        } catch (DateTimeException e) {
            return OptionalLong.empty();
        }
    }

    private static OptionalLong seconds(String text) {
        try {
            return text.length() > 40
                    ? OptionalLong.empty()
                    : OptionalLong.of(new BigDecimal(text).movePointRight(NANO_DIGITS).longValueExact());
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        } catch (ArithmeticException e) {
            // More digits than nanoseconds, or a number that is not a time.
            BigDecimal nanos = new BigDecimal(text).movePointRight(NANO_DIGITS);
            return nanos.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) < 0
                    ? OptionalLong.of(nanos.longValue())
                    : OptionalLong.empty();
        }
    }

    private static List<String[]> lines(Path file) throws IOException {
        List<String[]> lines = new ArrayList<>();
        if (Files.isRegularFile(file) && Files.size(file) <= MAX_BYTES) {
            String all = new String(Files.readAllBytes(file), StandardCharsets.UTF_8).replaceFirst("^\uFEFF", "");
            for (String line : all.split("\\R", -1)) {
                String text = line.strip();
                if (!text.isEmpty() && !text.startsWith("#")) {
                    lines.add(WORD.matcher(text).results()
                            .map(word -> word.group(1) == null ? word.group() : word.group(1)).toArray(String[]::new));
                }
            }
        }
        return lines;
    }

    private static Path resolved(Path root, String name) {
        try {
            // Windows programs write backslashes.
            return root.resolve(name.replace('\\', '/')).normalize();
        } catch (InvalidPathException e) {
            return root;
        }
    }
}
