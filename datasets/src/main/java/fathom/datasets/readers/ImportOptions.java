package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

import fathom.datasets.depth.DepthLimits;

/**
 * What to take from a folder of scenes, and what its files do not say. An empty part is the reader's default; a part that a
 * reader does not declare in {@link SceneReader#options} is refused.
 *
 * @param limit how many scenes, the first by name, at least 1
 * @param depth raw or filled depth
 * @param unitsPerMetre how many of the depth files' units make a metre
 * @param rgbFolder folder of the pictures, absolute or relative to the source
 * @param depthFolder folder of the depth maps, absolute or relative to the source
 * @param intrinsics text file with the camera of all scenes: a 3x3 matrix, or fx fy cx cy
 * @param limits which depths are trusted
 */
public record ImportOptions(OptionalInt limit, Optional<DepthSource> depth, OptionalDouble unitsPerMetre,
        Optional<Path> rgbFolder, Optional<Path> depthFolder, Optional<Path> intrinsics, Optional<DepthLimits> limits) {
    /** Everything, as the reader likes it. */
    public static final ImportOptions DEFAULT = new ImportOptions(OptionalInt.empty(), Optional.empty(),
            OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public ImportOptions {
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("limit: expected at least 1 scene, found " + limit.getAsInt());
        }
        if (unitsPerMetre.isPresent()) {
            double units = unitsPerMetre.getAsDouble();
            if (!(units > 0 && units < Double.POSITIVE_INFINITY)) {
                throw new IllegalArgumentException(
                        "units per metre: expected a finite number above 0, such as 1000 for millimetres, found "
                                + units);
            }
        }
    }

    /** The same for the first {@code scenes} only. */
    public ImportOptions withLimit(int scenes) {
        return new ImportOptions(OptionalInt.of(scenes), depth, unitsPerMetre, rgbFolder, depthFolder, intrinsics,
                limits);
    }

    /** The same with raw or filled depth. */
    public ImportOptions withDepth(DepthSource source) {
        return new ImportOptions(limit, Optional.of(source), unitsPerMetre, rgbFolder, depthFolder, intrinsics, limits);
    }

    /** The same with another scale. */
    public ImportOptions withUnitsPerMetre(double units) {
        return new ImportOptions(limit, depth, OptionalDouble.of(units), rgbFolder, depthFolder, intrinsics, limits);
    }

    /** The same with the folders named. */
    public ImportOptions withFolders(Path rgb, Path depthMaps) {
        return new ImportOptions(limit, depth, unitsPerMetre, Optional.of(rgb), Optional.of(depthMaps), intrinsics,
                limits);
    }

    /** The same with a file that holds the camera. */
    public ImportOptions withIntrinsics(Path file) {
        return new ImportOptions(limit, depth, unitsPerMetre, rgbFolder, depthFolder, Optional.of(file), limits);
    }

    /** Returns the options that are stated, besides the number of scenes. */
    public Set<ImportOption> stated() {
        Set<ImportOption> stated = EnumSet.noneOf(ImportOption.class);
        for (ImportOption option : ImportOption.values()) {
            boolean present = switch (option) {
                case DEPTH_SOURCE -> depth.isPresent();
                case SCALE -> unitsPerMetre.isPresent();
                case RGB_FOLDER -> rgbFolder.isPresent();
                case DEPTH_FOLDER -> depthFolder.isPresent();
                case INTRINSICS -> intrinsics.isPresent();
                case DEPTH_LIMITS -> limits.isPresent();
            };
            if (present) {
                stated.add(option);
            }
        }
        return stated;
    }
}
