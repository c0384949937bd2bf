package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.depth.StatedDepth;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.images.FolderListing;
import fathom.formats.images.Images;

/**
 * A reader of plain folders: pictures in one folder and depth maps in another, or both in one folder, matched by name, time
 * or order ({@link PairMatcher}). Integers are divided by the given units per metre. Default: 1000. Floating-point files
 * contain metres.
 *
 * <table><caption>How files are found</caption> <tr><th>part</th><th>option</th><th>default</th></tr>
 * <tr><td>pictures</td><td>{@link ImportOptions#rgbFolder()}</td><td>the subfolder named {@code rgb}, {@code color(s)},
 * {@code image(s)} or {@code img(s)}; otherwise the source</td></tr> <tr><td>depth</td><td>{@link
 * ImportOptions#depthFolder()}</td><td>the subfolder named {@code depth}, {@code depths} or {@code depth_…}; otherwise
 * the source</td></tr> <tr><td>camera</td><td>{@link ImportOptions#intrinsics()}</td><td>{@code intrinsics.txt} in the
 * source; otherwise unknown</td></tr> </table>
 *
 * <p>If both folders are the same, files whose names or folders contain a word such as "depth" or "gt" are depth maps, as are
 * arrays; the others are pictures.
 */
final class Pairs implements SceneReader {
    /** The largest difference of two timestamps, seconds, as in the tools of the TUM RGB-D benchmark. */
    private static final double TIME_LIMIT = 0.02;
    private static final int SHOWN = 3;
    private static final Pattern RGB_FOLDER = Pattern.compile("(?i)rgb|colou?rs?|images?|img|imgs");
    private static final Pattern DEPTH_FOLDER = Pattern.compile("(?i)depths?([_-].*)?");

    @Override
    public String name() {
        return "pairs";
    }

    @Override
    public String title() {
        return "Plain folders of pictures and depth maps";
    }

    @Override
    public String layout() {
        return "<source>/rgb|color|image[s]/… and <source>/depth/…, or the folders given as options, or both in one folder; "
                + "matched by equal names; then by names without letter case, leading zeros and words such as rgb and depth; then "
                + "by timestamps in the names or in rgb.txt and depth.txt; then by sorted order if no name contradicts it; "
                + "associations.txt lists pairs that come first";
    }

    @Override
    public String depth() {
        return "integers with 1000 units per metre (option: 5000 for TUM and ICL-NUIM, 256 for KITTI), or "
                + "floating-point NPY, NPZ and PFM files of metres; 0, NaN, infinite and the codes given as options are missing";
    }

    @Override
    public DepthLimits limits() {
        return DepthLimits.NONE;
    }

    @Override
    public String citation() {
        return "";
    }

    @Override
    public Set<ImportOption> options() {
        return Set.of(ImportOption.SCALE, ImportOption.RGB_FOLDER, ImportOption.DEPTH_FOLDER, ImportOption.INTRINSICS,
                ImportOption.DEPTH_LIMITS, ImportOption.MISSING, ImportOption.TIME_LIMIT, ImportOption.READING);
    }

    @Override
    public String instead() {
        return "name the depth folder instead";
    }

    @Override
    public SceneList scenes(Path root, ImportOptions options) throws IOException {
        Path rgbFolder = chosen("rgb folder", root, options.rgbFolder(), RGB_FOLDER);
        Path depthFolder = chosen("depth folder", root, options.depthFolder(), DEPTH_FOLDER);
        boolean mixed = rgbFolder.equals(depthFolder);
        List<Path> all = FolderListing.files(depthFolder, FolderListing.MAX_LEVELS);
        List<Path> allRgb = FolderListing.files(rgbFolder, FolderListing.MAX_LEVELS);
        boolean byContent = mixed && all.stream().noneMatch(file -> namesDepth(depthFolder, file));
        Predicate<Path> isDepth = file -> byContent ? holdsSixteenBits(file) : namesDepth(depthFolder, file);
        FolderListing depths = FolderListing.of(all.stream()
                .filter(file -> mixed ? isDepth.test(file) : !isBelow(rgbFolder, depthFolder, file)).toList(),
                FolderListing.DEPTH);
        FolderListing pictures = FolderListing.of(allRgb.stream()
                .filter(file -> mixed ? !isDepth.test(file) : !isBelow(depthFolder, rgbFolder, file)).toList(),
                FolderListing.PICTURES);
        if (pictures.files().isEmpty() || depths.files().isEmpty()) {
            String unread = String.join(" and ", List.of(pictures.unreadText(), depths.unreadText()).stream()
                    .filter(text -> !text.isEmpty()).distinct().toList());
            boolean jpeg = depths.files().isEmpty() && !mixed
                    && !FolderListing.of(all, Set.of(Formats.JPEG)).files().isEmpty();
            throw new IllegalArgumentException("pairs: expected pictures in " + rgbFolder + " and depth maps in "
                    + depthFolder + (mixed ? " (with \"depth\" in their names)" : "") + ", found "
                    + pictures.files().size() + " and " + depths.files().size()
                    + (unread.isEmpty() ? "" : ", and " + unread) + (jpeg ? "; JPEG files cannot hold depth" : "")
                    + (unread.isEmpty()
                            ? "; name the folders of both"
                            : "; convert pictures to PNG and depth in metres to NPY or PFM, or name other folders"));
        }
        PairTimes times = PairTimes.read(root, pictures.files(), depths.files());
        Matching matching = PairMatcher.match(rgbFolder, pictures.files(), depthFolder, depths.files(), times,
                options.timeLimit().orElse(TIME_LIMIT));
        List<String> notes = new ArrayList<>();
        times.unused().ifPresent(file -> notes
                .add(file + " was not used: no line names one of these pictures and one of these depth maps"));
        for (FolderListing listing : mixed ? List.of(pictures) : List.of(pictures, depths)) {
            if (!listing.unread().isEmpty()) {
                notes.add("left out " + listing.unreadText()
                        + "; convert pictures to PNG, and depth in metres to NPY or PFM");
            }
        }
        return list(root, rgbFolder, depthFolder, matching, options, notes);
    }

    private static boolean namesDepth(Path folder, Path file) {
        boolean array = FolderListing.of(List.of(file), FolderListing.PICTURES).files().isEmpty()
                && !FolderListing.of(List.of(file), FolderListing.DEPTH).files().isEmpty();
        return PairName.namesDepth(Folders.stem(Folders.name(folder, file)), array);
    }

    /** Returns whether a file is a gray picture of 16 bits, as depth maps are that are stored next to JPEG files. */
    private static boolean holdsSixteenBits(Path file) {
        try {
            if (FolderListing.of(List.of(file), FolderListing.PICTURES).files().isEmpty()) {
                return false;
            }
            ImageSize size = Images.probe(file);
            return size.bitDepth() == 16 && size.channels() == 1;
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns whether {@code file} is in the folder {@code inner} while that is inside {@code outer}. */
    private static boolean isBelow(Path inner, Path outer, Path file) {
        return inner.startsWith(outer) && file.startsWith(inner);
    }

    private static Path chosen(String what, Path root, Optional<Path> named, Pattern usual) throws IOException {
        if (named.isPresent()) {
            Path folder = root.resolve(named.get()).normalize();
            Folders.requireFolder(what, folder);
            return folder;
        }
        List<Path> found = Folders.folders(root).stream()
                .filter(child -> usual.matcher(Folders.fileName(child)).matches()).toList();
        if (found.size() > 1) {
            throw new IllegalArgumentException("pairs: expected one " + what + " in " + root + ", found "
                    + String.join(", ", found.stream().map(Folders::fileName).toList()) + "; name the one to take");
        }
        return found.isEmpty() ? root : found.getFirst();
    }

    private SceneList list(Path root, Path rgbFolder, Path depthFolder, Matching matching, ImportOptions options,
            List<String> notes) throws IOException {
        Optional<CameraFile> camera = camera(root, options);
        notes.addAll(ruleNotes(matching));
        Matching.Pair first = matching.pairs().getFirst();
        scaleNote(depthFolder, first.depth(), options).ifPresent(notes::add);
        matching.pairs().stream().map(Matching.Pair::depth)
                .filter(depth -> PairName.namesDisparity(Folders.stem(Folders.name(depthFolder, depth)))).findFirst()
                .ifPresent(depth -> notes.add(Folders.name(depthFolder, depth)
                        + " is named disparity but is read as depth; disparity has to be converted first: depth = focal "
                        + "length * baseline / disparity"));
        if (!matching.depths().isEmpty()) {
            int unused = matching.depths().size();
            notes.add(unused
                    + (unused == 1
                            ? " depth map without a picture was left out: "
                            : " depth maps without a picture were left out: ")
                    + String.join(", ", matching.depths().stream().limit(SHOWN)
                            .map(file -> Folders.name(depthFolder, file)).toList())
                    + (matching.depths().size() > SHOWN ? ", …" : ""));
        }
        Map<Path, Matching.Pair> pairs = new HashMap<>();
        matching.pairs().forEach(pair -> pairs.put(pair.rgb(), pair));
        List<Path> pictures = new ArrayList<>(pairs.keySet());
        pictures.addAll(matching.pictures().keySet());
        Map<Path, String> names = names(rgbFolder, pictures);
        List<SceneList.Candidate> candidates = pictures.stream().sorted()
                .limit(options.limit().orElse(Integer.MAX_VALUE))
                .map(rgb -> candidate(names.getOrDefault(rgb, ""), Optional.ofNullable(pairs.get(rgb)),
                        rgb + ": " + matching.pictures().getOrDefault(rgb, ""), camera, options))
                .toList();
        return new SceneList(commonRoot(root, rgbFolder, depthFolder), candidates, notes, matching.depths());
    }

    /** Returns a note for each rule that made pairs, if equal names are not the only rule. */
    private static List<String> ruleNotes(Matching matching) {
        List<String> notes = new ArrayList<>();
        for (PairRule rule : PairRule.values()) {
            List<Matching.Pair> made = matching.pairs().stream().filter(pair -> pair.rule() == rule).toList();
            if (!made.isEmpty() && (rule != PairRule.EQUAL_NAMES || made.size() < matching.pairs().size())) {
                Matching.Pair first = made.getFirst();
                OptionalDouble seconds = made.stream().map(Matching.Pair::seconds).filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble).max();
                notes.add(made.size() + (made.size() == 1 ? " pair" : " pairs") + " matched by " + rule.text()
                        + (rule == PairRule.TIMESTAMPS && seconds.isPresent()
                                ? String.format(Locale.ROOT, ", at most %.3f s apart", seconds.getAsDouble())
                                : "")
                        + ": the first are " + Folders.fileName(first.rgb()) + " and "
                        + Folders.fileName(first.depth()));
            }
        }
        return notes;
    }

    /**
     * Returns the camera of all scenes: from the file in the options if present, otherwise from {@code intrinsics.txt}
     * in the source.
     */
    private static Optional<CameraFile> camera(Path root, ImportOptions options) throws IOException {
        if (options.intrinsics().isPresent()) {
            return Optional.of(CameraFile.read(options.intrinsics().get()));
        }
        Path usual = root.resolve("intrinsics.txt");
        return Files.isRegularFile(usual) ? Optional.of(CameraFile.read(usual)) : Optional.empty();
    }

    /** Returns the paths below the folder without extension, or with extension if two would be equal. */
    private static Map<Path, String> names(Path rgbFolder, List<Path> pictures) {
        Map<String, Integer> uses = new HashMap<>();
        pictures.forEach(rgb -> uses.merge(Folders.stem(Folders.name(rgbFolder, rgb)), 1, Integer::sum));
        Map<Path, String> names = new HashMap<>();
        for (Path rgb : pictures) {
            String name = Folders.name(rgbFolder, rgb);
            names.put(rgb, uses.getOrDefault(Folders.stem(name), 0) > 1 ? name : Folders.stem(name));
        }
        return names;
    }

    private SceneList.Candidate candidate(String name, Optional<Matching.Pair> pair, String reason,
            Optional<CameraFile> camera, ImportOptions options) {
        if (pair.isEmpty()) {
            return () -> new Scene.Unusable(name, reason);
        }
        return () -> {
            try {
                return SceneCheck.inspect(name, pair.get(),
                        encoding(pair.get().depth(), options).withReading(options.reading()),
                        options.limits().orElse(limits()), camera, new ArrayList<>());
            } catch (IOException e) {
                return new Scene.Unusable(name, String.valueOf(e.getMessage()));
            }
        };
    }

    /** Returns how the scale of integers was chosen if that is not clear; a file that cannot be read is reported later. */
    private static Optional<String> scaleNote(Path depthFolder, Path depth, ImportOptions options) {
        try {
            OptionalDouble stated = StatedDepth.unitsPerMetre(depth);
            OptionalDouble given = options.unitsPerMetre();
            if (given.isPresent()) {
                return stated.isPresent() && !stated.equals(given)
                        ? Optional.of(Folders.name(depthFolder, depth) + " states " + stated.getAsDouble()
                                + " units per metre; the given scale is used instead")
                        : Optional.empty();
            }
            return stated.isEmpty() && !DepthFiles.holdsFloats(depth, options.reading())
                    ? Optional.of("depth taken as millimetres (1000 units per metre), as no scale was given")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static DepthEncoding encoding(Path depth, ImportOptions options) throws IOException {
        DepthEncoding encoding;
        if (options.unitsPerMetre().isPresent()) {
            // Refuses a file that states another kind.
            StatedDepth.unitsPerMetre(depth);
            encoding = new DepthEncoding.UnitsPerMetre(options.unitsPerMetre().getAsDouble());
        } else {
            encoding = DepthFiles.usualEncoding(depth, options.reading());
        }
        return encoding.withMissing(options.missing());
    }

    /** Returns the deepest folder that contains all files. */
    private static Path commonRoot(Path root, Path rgbFolder, Path depthFolder) {
        Path common = root;
        while (!(rgbFolder.startsWith(common) && depthFolder.startsWith(common))) {
            Path parent = common.getParent();
            if (parent == null) {
                throw new IllegalArgumentException(
                        "pairs: expected folders on one disk, found " + rgbFolder + " and " + depthFolder);
            }
            common = parent;
        }
        return common;
    }
}
