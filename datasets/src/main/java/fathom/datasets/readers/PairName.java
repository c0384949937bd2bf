package fathom.datasets.readers;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The meaning of the name of a picture or depth map: the scene and the frame that it names, without letter case, the form of
 * Unicode, leading zeros, separators, and words for the kind of file. {@code scene 1/sync_depth_00045} and {@code
 * Scene1/rgb_45} have the same folder and frame.
 *
 * @param folder the meaning of the folders above the file, separated by slashes; empty if there is none
 * @param frame the meaning of the file name, words separated by spaces; empty if it has only words for the kind
 * @param side {@code left} or {@code right}, the name of a camera such as {@code d435}, and a letter that does not describe
 *        the kind, if the name contains them, otherwise empty
 * @param marks words of the file name with the numbers that follow them at once, such as {@code cam0}: they name a camera or
 *        place
 */
record PairName(String folder, String frame, String side, Set<String> marks) {
    /** Words that describe the kind of a file and not the scene. */
    private static final Set<String> KINDS = Set.of("rgb", "rgbd", "color", "colour", "colors", "colours", "image",
            "images", "img", "imgs", "im", "pic", "picture", "pictures", "photo", "photos", "frame", "frames",
            "tonemap", "depth", "depths", "depthmap", "depthmaps", "dep", "dpt", "disp", "disps", "disparity",
            "disparities", "map", "maps", "gt", "groundtruth", "ground", "truth", "sync", "synced", "abs", "raw",
            "registered", "aligned", "align", "lidar", "velodyne", "proj", "sensor", "filled", "dense", "sparse",
            "metric", "meters", "metres", "mm", "inverse", "inv", "rgbimage", "colorimage", "depthimage");
    /** Letters that describe the kind of a file, or which of several it is if another word describes the kind. */
    private static final Set<String> LETTERS = Set.of("r", "d", "z");
    /** Words in the names of folders that do not name a scene either, such as those of Hypersim and BlendedMVS. */
    private static final Set<String> FOLDERS = Set.of("data", "dataset", "jpg", "png", "npy", "frames", "final",
            "preview", "geometry", "blended", "rendered", "undistorted");
    private static final Set<String> DEPTH = Set.of("depth", "depths", "depthmap", "depthmaps", "depthimage", "dep",
            "dpt", "disp", "disparity", "disparities", "gt", "groundtruth", "lidar");
    private static final Set<String> PICTURE = Set.of("rgb", "color", "colour", "colors", "colours", "image", "images",
            "img", "imgs", "rgbimage", "colorimage", "photo", "photos", "picture", "pictures");
    private static final Set<String> DISPARITY = Set.of("disp", "disps", "disparity", "disparities");

    /** Types of numbers and files that contain digits. */
    private static final Pattern TYPES = Pattern.compile(
            "(?<![\\p{L}\\p{Nd}])(?:u?int(?:8|16|32)|float(?:16|32)|u16|f32|hdf5|(?:8|16|32)bit)(?![\\p{L}\\p{Nd}])");
    /** Names of cameras that contain digits. */
    private static final Pattern CAMERAS = Pattern
            .compile("(?<![\\p{L}\\p{Nd}])(?:l515|d4[1345]5i?)(?![\\p{L}\\p{Nd}])");
    private static final Pattern CITYSCAPES = Pattern.compile("(left|right)img(?:8|16)bit");
    /** A side that is joined with the word after it, as in {@code leftcam} and {@code rightImage}. */
    private static final Pattern JOINED_SIDE = Pattern.compile(
            "(?<!\\p{L})(left|right)(cam|camera|image|img|rgb|color|colour|depth|disp|disparity|view|eye|frame|ir)"
                    + "(?!\\p{L})");
    /** Seconds with a fraction, digits, or letters. */
    private static final Pattern WORDS = Pattern.compile("\\p{Nd}{9,}\\.\\p{Nd}+|\\p{Nd}+|[\\p{L}\\p{M}]+");
    private static final Pattern MARKS = Pattern.compile("([\\p{L}\\p{M}]+)([ -]?)(\\p{Nd}*)");
    /** Words whose number may be set apart from them. */
    private static final Set<String> PLACES = Set.of("cam", "camera", "kinect", "device", "dev", "view", "azure");
    /** Fewest digits of a time in seconds before the point. */
    private static final int TIME_DIGITS = 9;

    /**
     * Returns the meaning of a path below its folder.
     *
     * @param path the path, with forward slashes and without extension
     * @param hasSideLetters whether {@code l} and {@code r} mean left and right, as they do if a name has the word {@code l}
     */
    static PairName of(String path, boolean hasSideLetters) {
        List<String> parts = new ArrayList<>();
        StringBuilder side = new StringBuilder();
        String[] names = path.split("/", -1);
        String text = "";
        for (int i = 0; i < names.length; i++) {
            List<String> words = new ArrayList<>();
            boolean isFolder = i < names.length - 1;
            String folded = folded(names[i]);
            Matcher cameras = CAMERAS.matcher(folded);
            while (cameras.find()) {
                side.append(cameras.group());
            }
            text = cameras.replaceAll(" ");
            List<String> all = wordsOf(text);
            boolean hasFrame = all.stream().anyMatch(word -> !KINDS.contains(word) && !LETTERS.contains(word));
            boolean hasKind = all.stream().anyMatch(KINDS::contains);
            for (String word : all) {
                if ((isFolder || hasFrame || hasKind) && LETTERS.contains(word)
                        && !(hasSideLetters && word.equals("r"))) {
                    side.append(hasKind && !isFolder ? word : "");
                    continue;
                }
                String wordSide = side(word, hasSideLetters);
                if (!wordSide.isEmpty()) {
                    side.append(wordSide);
                } else if (!KINDS.contains(word) && !(isFolder && FOLDERS.contains(word))) {
                    words.add(word);
                }
            }
            parts.add(String.join(" ", words));
        }
        String frame = parts.removeLast();
        parts.removeIf(String::isEmpty);
        // KITTI repeats the name of a folder at the start of the folders in it.
        for (int i = parts.size() - 2; i >= 0; i--) {
            if (parts.get(i + 1).startsWith(parts.get(i) + " ")) {
                parts.remove(i);
            }
        }
        return new PairName(String.join("/", parts), frame, side.toString(), marks(text));
    }

    private static String side(String word, boolean hasSideLetters) {
        return switch (word) {
            case "left", "right" -> word;
            case "l" -> hasSideLetters ? "left" : "";
            case "r" -> hasSideLetters ? "right" : "";
            default -> "";
        };
    }

    /** Returns whether a path contains {@code l} as a word: then {@code r} does not mean RGB, as in NYU Depth v2, but right. */
    static boolean hasLeftLetter(String path) {
        return Arrays.stream(path.split("/", -1)).anyMatch(name -> words(name).contains("l"));
    }

    /** Returns the marks in the folded name of a file without cameras. */
    private static Set<String> marks(String text) {
        Set<String> marks = new HashSet<>();
        Matcher matcher = MARKS.matcher(text);
        while (matcher.find()) {
            String word = matcher.group(1);
            String number = matcher.group(2).isEmpty() || PLACES.contains(word) ? matcher.group(3) : "";
            if (!KINDS.contains(word) && !LETTERS.contains(word)) {
                marks.add(number.isEmpty() || number.length() >= TIME_DIGITS ? word : word + plain(number));
            }
        }
        return marks;
    }

    /** Returns whether the sides are the same, or one name does not tell its side. */
    boolean mayBeSideOf(PairName other) {
        return side.equals(other.side) || side.isEmpty() || other.side.isEmpty();
    }

    /** Returns this name as if the file were in no folder. */
    PairName withoutFolder() {
        return new PairName("", frame, side, marks);
    }

    /** Returns the words of the frame; numbers are without leading zeros. */
    List<String> frameWords() {
        return frame.isEmpty() ? List.of() : List.of(frame.split(" ", -1));
    }

    /** Returns a text that sorts frames by their words and, where these are numbers, by value. */
    String sortKey() {
        StringBuilder key = new StringBuilder();
        for (String word : frameWords()) {
            key.append(isNumber(word) ? sortable(word) : word).append(' ');
        }
        return key.toString();
    }

    /** Returns a text that sorts numbers by value: 24 digits, those of a negative number subtracted from 9. */
    private static String sortable(String number) {
        boolean isNegative = number.startsWith("-");
        String digits = isNegative ? number.substring(1) : number;
        int point = digits.indexOf('.');
        String padded = "0".repeat(Math.max(0, 24 - (point < 0 ? digits.length() : point))) + digits;
        return isNegative
                ? "-" + padded.chars().mapToObj(c -> Character.isDigit(c) ? 9 - Character.digit(c, 10) + "" : "/")
                        .collect(Collectors.joining())
                : padded;
    }

    static boolean isNumber(String word) {
        return Character.isDigit(word.charAt(word.length() - 1));
    }

    /**
     * Returns whether a path in a folder of pictures and depth maps names a depth map: the file name decides, then the
     * folders from the innermost to the outermost. Empty words decide nothing.
     *
     * @param path the path below the folder, without extension
     * @param otherwise the result if neither the name nor a folder tells the kind
     */
    static boolean namesDepth(String path, boolean otherwise) {
        String[] names = path.split("/", -1);
        for (int i = names.length - 1; i >= 0; i--) {
            List<String> words = words(names[i]);
            if (i < names.length - 1 && words.size() == 2 && words.getFirst().equals("image")
                    && isNumber(words.getLast())) {
                // The cameras of KITTI, of pictures and of depth.
                continue;
            }
            if (words.stream().anyMatch(DEPTH::contains)) {
                return true;
            }
            boolean raw = i == names.length - 1 && words.size() > 1;
            if (raw && words.getFirst().equals("d")) {
                return true;
            }
            if (words.stream().anyMatch(PICTURE::contains) || (raw && words.getFirst().equals("r"))) {
                return false;
            }
        }
        return otherwise;
    }

    /** Returns whether a path contains a word for disparity. */
    static boolean namesDisparity(String path) {
        return words(path).stream().anyMatch(DISPARITY::contains);
    }

    private static String folded(String name) {
        String folded = Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        folded = CITYSCAPES.matcher(folded).replaceAll(" $1 ");
        folded = JOINED_SIDE.matcher(folded).replaceAll("$1 $2");
        return TYPES.matcher(folded.replace('_', ' ')).replaceAll(" ");
    }

    private static List<String> words(String name) {
        return wordsOf(CAMERAS.matcher(folded(name)).replaceAll(" "));
    }

    /**
     * Returns the words and numbers of a folded name without cameras; a number has its sign, and no leading zeros unless it
     * is a fraction.
     */
    private static List<String> wordsOf(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORDS.matcher(text);
        String last = "";
        int lastEnd = -1;
        int wholeEnd = -1;
        while (matcher.find()) {
            String word = matcher.group();
            int start = matcher.start();
            boolean isGlued = start == lastEnd;
            if (!isNumber(word)) {
                words.add(word);
            } else if (start > 0 && start - 1 == wholeEnd
                    && (text.charAt(wholeEnd) == '.' || text.charAt(wholeEnd) == ',')) {
                words.add(word);
            } else {
                words.add((isNegative(text, start) ? "-" : "") + plain(word));
                wholeEnd = !isGlued || KINDS.contains(last) ? matcher.end() : -1;
            }
            last = word;
            lastEnd = matcher.end();
        }
        return words;
    }

    /** Returns whether a minus sign is before a number: after a separator, or after one letter such as that of an axis. */
    private static boolean isNegative(String text, int start) {
        if (start == 0 || text.charAt(start - 1) != '-') {
            return false;
        }
        return isSeparator(text, start - 2) || (Character.isLetter(text.charAt(start - 2))
                && isSeparator(text, start - 3) && !LETTERS.contains(text.substring(start - 2, start - 1)));
    }

    private static boolean isSeparator(String text, int at) {
        return at < 0 || " .,-".indexOf(text.charAt(at)) >= 0;
    }

    /** Returns a number without leading zeros, and a time without trailing zeros after the point. */
    private static String plain(String number) {
        String plain = number.replaceFirst("^(-?)0+(?=\\p{Nd})", "$1");
        return plain.indexOf('.') >= TIME_DIGITS ? plain.replaceFirst("\\.?0+$", "") : plain;
    }
}
