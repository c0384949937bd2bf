package fathom.datasets.readers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.depth.DepthLimits;

/**
 * A reader of SUN RGB-D. The source is any folder above scene folders, or one scene folder. A scene folder contains
 * {@code image/}, {@code depth/} (raw) and {@code depth_bfx/} (filled), with one file each whose stems may differ, and
 * {@code intrinsics.txt}.
 *
 * <p>Depth is stored as 16-bit {@linkplain DepthEncoding.RotatedMillimetres rotated millimetres}; 0 is missing. Filled
 * depth is the default. A scene without a readable camera is imported without intrinsics, with a warning.
 *
 * <p>Source: S. Song, S. Lichtenberg, J. Xiao: SUN RGB-D: A RGB-D Scene Understanding Benchmark Suite. CVPR 2015.
 */
final class SunRgbd implements SceneReader {
    private static final String RGB = "image";
    private static final String RAW = "depth";
    private static final String FILLED = "depth_bfx";

    @Override
    public String name() {
        return "sunrgbd";
    }

    @Override
    public String title() {
        return "SUN RGB-D: 10,335 indoor scenes of four sensors (NYU, B3DO and SUN3D among them)";
    }

    @Override
    public String layout() {
        return "<scene>/image/*.jpg, <scene>/depth/*.png (raw), <scene>/depth_bfx/*.png (filled), <scene>/intrinsics.txt, "
                + "at any depth below the source";
    }

    @Override
    public String depth() {
        return "16-bit millimetres rotated by three bits, 0 missing";
    }

    @Override
    public DepthLimits limits() {
        return DepthLimits.NONE;
    }

    @Override
    public String citation() {
        return "S. Song, S. Lichtenberg, J. Xiao: SUN RGB-D: A RGB-D Scene Understanding Benchmark Suite. CVPR 2015. For "
                + "research use; also cite NYU Depth v2, B3DO and SUN3D for the parts from them";
    }

    @Override
    public Set<ImportOption> options() {
        return Set.of(ImportOption.DEPTH_SOURCE, ImportOption.INTRINSICS, ImportOption.DEPTH_LIMITS,
                ImportOption.MISSING);
    }

    @Override
    public String instead() {
        return "the layout and the scale of SUN RGB-D are fixed; use the reader pairs for plain folders";
    }

    @Override
    public SceneList scenes(Path root, ImportOptions options) throws IOException {
        List<Path> folders = new ArrayList<>();
        collect(root, 0, options.limit().orElse(Integer.MAX_VALUE), folders);
        if (folders.isEmpty()) {
            throw new IllegalArgumentException(
                    "sunrgbd: expected scene folders with image/ and depth_bfx/ or depth/ below " + root
                            + ", found none; give the folder that holds the scenes, or use the reader pairs");
        }
        Optional<CameraFile> stated = options.intrinsics().isPresent()
                ? Optional.of(CameraFile.read(options.intrinsics().get()))
                : Optional.empty();
        return new SceneList(root, folders.stream().map(folder -> candidate(root, folder, options, stated)).toList(),
                List.of(), List.of());
    }

    /** Collects scene folders in the order of their names. Does not search inside a scene folder. */
    private static void collect(Path folder, int level, int limit, List<Path> scenes) throws IOException {
        if (Files.isDirectory(folder.resolve(RGB)) || Files.isDirectory(folder.resolve(RAW))
                || Files.isDirectory(folder.resolve(FILLED))) {
            scenes.add(folder);
            return;
        }
        if (level == Folders.MAX_LEVELS) {
            return;
        }
        for (Path child : Folders.folders(folder)) {
            if (scenes.size() >= limit) {
                return;
            }
            collect(child, level + 1, limit, scenes);
        }
    }

    private SceneList.Candidate candidate(Path root, Path folder, ImportOptions options, Optional<CameraFile> stated) {
        String name = folder.equals(root) ? String.valueOf(folder.getFileName()) : Folders.name(root, folder);
        return () -> {
            try {
                return inspect(name, folder, options, stated);
            } catch (IOException e) {
                return new Scene.Unusable(name, String.valueOf(e.getMessage()));
            }
        };
    }

    private Scene inspect(String name, Path folder, ImportOptions options, Optional<CameraFile> stated)
            throws IOException {
        boolean filled = options.depth().orElse(DepthSource.FILLED) == DepthSource.FILLED;
        List<Path> pictures = Folders.pictures(folder.resolve(RGB));
        List<Path> depths = Folders.depthMaps(folder.resolve(filled ? FILLED : RAW));
        if (pictures.isEmpty()) {
            return new Scene.Unusable(name,
                    folder.resolve(RGB) + ": expected a picture, found " + found(folder.resolve(RGB)));
        }
        if (depths.isEmpty()) {
            boolean other = !Folders.depthMaps(folder.resolve(filled ? RAW : FILLED)).isEmpty();
            return new Scene.Unusable(name,
                    folder.resolve(filled ? FILLED : RAW) + ": expected a depth map, found "
                            + found(folder.resolve(filled ? FILLED : RAW))
                            + (other ? "; the scene has " + (filled ? "raw" : "filled") + " depth, select that" : ""));
        }
        List<String> warnings = new ArrayList<>();
        if (pictures.size() > 1 || depths.size() > 1) {
            warnings.add(folder + ": expected one picture and one depth map, found " + pictures.size() + " and "
                    + depths.size() + "; the first of each is used");
        }
        Optional<CameraFile> camera = stated.isPresent() ? stated : camera(folder.resolve("intrinsics.txt"), warnings);
        Matching.Pair pair = new Matching.Pair(pictures.getFirst(), depths.getFirst(), PairRule.SCENE_FOLDER,
                OptionalDouble.empty());
        return SceneCheck.inspect(name, pair, new DepthEncoding.RotatedMillimetres().withMissing(options.missing()),
                options.limits().orElse(limits()), camera, warnings);
    }

    /** Returns "none", or what the folder contains in formats that are not read. */
    private static String found(Path folder) throws IOException {
        String unread = Folders.unread(folder);
        return unread.isEmpty() ? "none" : unread;
    }

    private static Optional<CameraFile> camera(Path file, List<String> warnings) {
        if (!Files.exists(file)) {
            warnings.add(file + ": expected the camera, found no file; the scene has no intrinsics");
            return Optional.empty();
        }
        try {
            return Optional.of(CameraFile.read(file));
        } catch (IOException e) {
            warnings.add(e.getMessage() + "; the scene has no intrinsics");
            return Optional.empty();
        }
    }
}
