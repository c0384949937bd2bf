package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthFiles;
import fathom.datasets.depth.DepthLimits;
import fathom.raster.Intrinsics;

/**
 * A reader of plain folders: pictures in one folder and depth maps in another, or both in one folder, matched by name
 * ({@link Matching}). Integers are divided by the given units per metre. Default: 1000. Floating-point files contain
 * metres.
 *
 * <table><caption>How files are found</caption> <tr><th>part</th><th>option</th><th>default</th></tr>
 * <tr><td>pictures</td><td>{@link ImportOptions#rgbFolder()}</td><td>the subfolder named {@code rgb}, {@code color(s)},
 * {@code image(s)} or {@code img(s)}; otherwise the source</td></tr> <tr><td>depth</td><td>{@link
 * ImportOptions#depthFolder()}</td><td>the subfolder named {@code depth}, {@code depths} or {@code depth_…}; otherwise
 * the source</td></tr> <tr><td>camera</td><td>{@link ImportOptions#intrinsics()}</td><td>{@code intrinsics.txt} in the
 * source; otherwise unknown</td></tr> </table>
 *
 * <p>If both folders are the same, files whose names contain the word "depth" are depth maps and the others are
 * pictures.
 */
final class Pairs implements SceneReader {
    private static final double MILLIMETRES = 1000;
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
                + "matched by stem, by stem without words such as rgb and depth, or by sorted order if counts are equal";
    }

    @Override
    public String depth() {
        return "integers with 1000 units per metre (option: 5000 for TUM and ICL-NUIM, 256 for KITTI), or NPY, NPZ and PFM files "
                + "of metres; 0, NaN and infinite are missing";
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
                ImportOption.DEPTH_LIMITS, ImportOption.READING);
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
        List<Path> depths = Folders.allDepthMaps(depthFolder).stream()
                .filter(file -> !mixed || Matching.namesDepth(file)).toList();
        List<Path> pictures = Folders.allPictures(rgbFolder).stream()
                .filter(file -> mixed ? !Matching.namesDepth(file) : !isBelow(depthFolder, rgbFolder, file)).toList();
        if (pictures.isEmpty() || depths.isEmpty()) {
            throw new IllegalArgumentException("pairs: expected pictures in " + rgbFolder + " and depth maps in "
                    + depthFolder + (mixed ? " (with \"depth\" in their names)" : "") + ", found " + pictures.size()
                    + " and " + depths.size() + "; name the folders of both");
        }
        Matching matching = Matching.of(rgbFolder, pictures, depthFolder, depths);
        if (matching.pairs().isEmpty()) {
            throw new IllegalArgumentException(
                    "pairs: expected depth maps named like the pictures, or as many of either, " + "found "
                            + pictures.size() + " pictures such as " + Folders.fileName(pictures.getFirst()) + " and "
                            + depths.size() + " depth maps such as " + Folders.fileName(depths.getFirst())
                            + "; rename one or the other");
        }
        return list(root, rgbFolder, depthFolder, matching, options);
    }

    /** Returns whether {@code file} is in the depth folder while that is inside the folder of the pictures. */
    private static boolean isBelow(Path depthFolder, Path rgbFolder, Path file) {
        return depthFolder.startsWith(rgbFolder) && file.startsWith(depthFolder);
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

    private SceneList list(Path root, Path rgbFolder, Path depthFolder, Matching matching, ImportOptions options)
            throws IOException {
        Optional<Intrinsics> camera = camera(root, options);
        List<String> notes = new ArrayList<>(matching.notes());
        if (options.unitsPerMetre().isEmpty() && !DepthFiles.holdsFloats(matching.pairs().getFirst().depth())) {
            notes.add("depth taken as millimetres (1000 units per metre), as no scale was given");
        }
        if (!matching.depths().isEmpty()) {
            notes.add(matching.depths().size() + " depth maps without a picture were left out, the first "
                    + matching.depths().getFirst());
        }
        List<Path> pictures = new ArrayList<>(matching.pairs().stream().map(Matching.Pair::rgb).toList());
        pictures.addAll(matching.pictures());
        Map<Path, Path> depths = new HashMap<>();
        matching.pairs().forEach(pair -> depths.put(pair.rgb(), pair.depth()));
        Map<Path, String> names = names(rgbFolder, pictures);
        List<SceneList.Candidate> candidates = pictures.stream().sorted()
                .limit(options.limit().orElse(Integer.MAX_VALUE)).map(rgb -> candidate(names.getOrDefault(rgb, ""), rgb,
                        Optional.ofNullable(depths.get(rgb)), camera, options))
                .toList();
        return new SceneList(commonRoot(root, rgbFolder, depthFolder), candidates, notes);
    }

    /**
     * Returns the camera of all scenes: from the file in the options if present, otherwise from {@code intrinsics.txt}
     * in the source.
     */
    private static Optional<Intrinsics> camera(Path root, ImportOptions options) throws IOException {
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

    private SceneList.Candidate candidate(String name, Path rgb, Optional<Path> depth, Optional<Intrinsics> camera,
            ImportOptions options) {
        if (depth.isEmpty()) {
            return () -> new Scene.Unusable(name, rgb + ": expected a depth map of that name, found none");
        }
        return () -> {
            try {
                return SceneCheck.inspect(name, rgb, depth.get(), encoding(depth.get(), options).withReading(options.reading()),
                        options.limits().orElse(limits()), camera, new ArrayList<>());
            } catch (IOException e) {
                return new Scene.Unusable(name, String.valueOf(e.getMessage()));
            }
        };
    }

    private static DepthEncoding encoding(Path depth, ImportOptions options) throws IOException {
        if (options.unitsPerMetre().isPresent()) {
            return new DepthEncoding.UnitsPerMetre(options.unitsPerMetre().getAsDouble());
        }
        return DepthFiles.holdsFloats(depth)
                ? new DepthEncoding.Metres()
                : new DepthEncoding.UnitsPerMetre(MILLIMETRES);
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
