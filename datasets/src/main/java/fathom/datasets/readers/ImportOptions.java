package fathom.datasets.readers;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

import fathom.datasets.depth.DepthLimits;
import fathom.formats.images.ReadOptions;

/**
 * Options for reading a folder of scenes. An empty part selects the default of the reader. A reader rejects parts that
 * it does not list in {@link SceneReader#options}.
 *
 * @param limit the number of scenes to read, the first by name; at least 1
 * @param depth raw or filled depth
 * @param unitsPerMetre the number of units per metre in the depth files
 * @param rgbFolder the folder of the pictures, absolute or relative to the source
 * @param depthFolder the folder of the depth maps, absolute or relative to the source
 * @param intrinsics a file with the camera of all scenes; {@link SceneReader} describes the forms
 * @param limits the range of valid depths
 * @param missing numbers as stored in the depth files that mean "no measurement", in addition to 0
 * @param timeLimit the largest difference of the timestamps of a pair, seconds
 * @param reading the byte order of 16-bit PGM files and the array of NPZ files
 */
public record ImportOptions(OptionalInt limit, Optional<DepthSource> depth, OptionalDouble unitsPerMetre,
        Optional<Path> rgbFolder, Optional<Path> depthFolder, Optional<Path> intrinsics, Optional<DepthLimits> limits,
        List<Double> missing, OptionalDouble timeLimit, ReadOptions reading) {
    private static final double MAX_TIME = 3600;

    /** All scenes, with the defaults of the reader. */
    public static final ImportOptions DEFAULT = new ImportOptions(OptionalInt.empty(), Optional.empty(),
            OptionalDouble.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), List.of(),
            OptionalDouble.empty(), ReadOptions.DEFAULT);

    /** Checks the ranges. */
    public ImportOptions {
        if (limit.isPresent() && limit.getAsInt() < 1) {
            throw new IllegalArgumentException("limit: expected at least 1 scene, found " + limit.getAsInt());
        }
        missing = List.copyOf(missing);
        if (!missing.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("codes for missing depth: expected finite numbers, found " + missing);
        }
        if (timeLimit.isPresent() && !(timeLimit.getAsDouble() >= 0 && timeLimit.getAsDouble() <= MAX_TIME)) {
            throw new IllegalArgumentException("limit of time differences: expected 0 to " + MAX_TIME
                    + " seconds, found " + timeLimit.getAsDouble());
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

    /**
     * Returns a copy with a limit of the number of scenes.
     *
     * @param scenes the number of scenes to read, at least 1
     * @return the copy
     */
    public ImportOptions withLimit(int scenes) {
        return new ImportOptions(OptionalInt.of(scenes), depth, unitsPerMetre, rgbFolder, depthFolder, intrinsics,
                limits, missing, timeLimit, reading);
    }

    /**
     * Returns a copy with a choice of raw or filled depth.
     *
     * @param source raw or filled
     * @return the copy
     */
    public ImportOptions withDepth(DepthSource source) {
        return new ImportOptions(limit, Optional.of(source), unitsPerMetre, rgbFolder, depthFolder, intrinsics, limits,
                missing, timeLimit, reading);
    }

    /**
     * Returns a copy with another scale.
     *
     * @param units the number of units per metre, finite and above 0
     * @return the copy
     */
    public ImportOptions withUnitsPerMetre(double units) {
        return new ImportOptions(limit, depth, OptionalDouble.of(units), rgbFolder, depthFolder, intrinsics, limits,
                missing, timeLimit, reading);
    }

    /**
     * Returns a copy with explicit folders.
     *
     * @param rgb the folder of the pictures
     * @param depthMaps the folder of the depth maps
     * @return the copy
     */
    public ImportOptions withFolders(Path rgb, Path depthMaps) {
        return new ImportOptions(limit, depth, unitsPerMetre, Optional.of(rgb), Optional.of(depthMaps), intrinsics,
                limits, missing, timeLimit, reading);
    }

    /**
     * Returns a copy with a camera file for all scenes.
     *
     * @param file the file
     * @return the copy
     */
    public ImportOptions withIntrinsics(Path file) {
        return new ImportOptions(limit, depth, unitsPerMetre, rgbFolder, depthFolder, Optional.of(file), limits,
                missing, timeLimit, reading);
    }

    /**
     * Returns a copy with codes for missing depth.
     *
     * @param codes numbers as stored in the depth files
     * @return the copy
     */
    public ImportOptions withMissing(List<Double> codes) {
        return new ImportOptions(limit, depth, unitsPerMetre, rgbFolder, depthFolder, intrinsics, limits, codes,
                timeLimit, reading);
    }

    /**
     * Returns a copy with another limit of the difference of timestamps.
     *
     * @param seconds the limit, finite and 0 or more
     * @return the copy
     */
    public ImportOptions withTimeLimit(double seconds) {
        return new ImportOptions(limit, depth, unitsPerMetre, rgbFolder, depthFolder, intrinsics, limits, missing,
                OptionalDouble.of(seconds), reading);
    }

    /**
     * Returns a copy with another way to read the depth files.
     *
     * @param how the byte order of 16-bit PGM files and the array of NPZ files
     * @return the copy
     */
    public ImportOptions withReading(ReadOptions how) {
        return new ImportOptions(limit, depth, unitsPerMetre, rgbFolder, depthFolder, intrinsics, limits, missing,
                timeLimit, how);
    }

    /** {@return the options that are present, without the limit} */
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
                case MISSING -> !missing.isEmpty();
                case TIME_LIMIT -> timeLimit.isPresent();
                case READING -> !reading.equals(ReadOptions.DEFAULT);
            };
            if (present) {
                stated.add(option);
            }
        }
        return stated;
    }
}
