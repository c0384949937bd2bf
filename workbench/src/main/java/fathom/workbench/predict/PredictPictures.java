package fathom.workbench.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.images.Images;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;
import fathom.raster.Intrinsics;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.raster.ValueStatistics;
import fathom.raster.advice.HasRemedy;
import fathom.raster.advice.Remedy;
import fathom.raster.advice.UsageException;
import fathom.raster.resampling.Resampling;
import fathom.workbench.Cancellation;
import fathom.workbench.Parallelism;
import fathom.workbench.Pipeline;
import fathom.workbench.Progress;
import org.jspecify.annotations.Nullable;

/** Predicts depth for pictures in files and writes a file for each. A picture that fails is told of; the rest goes on. */
public final class PredictPictures {
    private PredictPictures() {}

    /**
     * What is written.
     *
     * @param folder where, made if it does not exist
     * @param format as what
     * @param nativeSize at the model's own resolution instead of the picture's
     * @param maps whether further maps of the model, such as an uncertainty, are written too, {@code <stem>.<map>.<ext>}
     * @param camera the camera of a point cloud
     */
    public record Options(Path folder, OutputFormat format, boolean nativeSize, boolean maps, CloudCamera camera) {}

    /** What became of one picture. */
    public sealed interface Result {
        /** Returns the picture. */
        Path picture();

        /**
         * It has a depth map.
         *
         * @param picture the picture
         * @param output the file written
         * @param height rows of the map
         * @param width columns of the map
         * @param range the values
         * @param seconds time inside the model
         * @param note what a reader of the file has to know, may be empty
         * @param numbers what the model gave beside depth, such as a field of view
         * @param maps files of the further maps, by their names
         */
        record Written(Path picture, Path output, int height, int width, Range range, double seconds, String note,
                Map<String, Double> numbers, Map<String, Path> maps) implements Result {}

        /**
         * It has none.
         *
         * @param picture the picture
         * @param reason why
         * @param remedy what may help, empty if nothing is known
         */
        record Failed(Path picture, String reason, Optional<Remedy> remedy) implements Result {
            static Failed of(Path picture, Exception reason) {
                return new Failed(picture, ApplyModel.reason(reason), HasRemedy.of(reason));
            }
        }
    }

    /**
     * The finite values of a map.
     *
     * @param min smallest
     * @param median the upper median
     * @param max largest
     * @param unit {@code "m"} or empty
     */
    public record Range(double min, double median, double max, String unit) {
        static Range of(Prediction prediction) {
            ValueStatistics finite = ValueStatistics.ofFinite(prediction.values());
            String unit = prediction.kind().unit();
            return finite.count() == 0
                    ? new Range(Double.NaN, Double.NaN, Double.NaN, unit)
                    : new Range(finite.min(), finite.upperMedian(), finite.max(), unit);
        }
    }

    /**
     * Predicts and writes {@code <picture's stem>.<extension>} for each picture.
     *
     * @return what became of each picture, in their order
     * @throws IllegalArgumentException if two pictures would be written to the same file, an output would replace one of
     *         the pictures, or a point cloud has no camera
     * @throws java.util.concurrent.CancellationException if it was stopped; files so far are whole
     * @throws IOException if a file cannot be written
     */
    public static List<Result> run(List<Path> pictures, DepthEstimator estimator, Options options,
            Parallelism parallelism, Progress progress, Cancellation cancellation) throws Exception {
        List<Job> jobs = jobs(pictures, options);
        Files.createDirectories(options.folder());
        Map<Path, Result> results = new HashMap<>();
        progress.start("Predicting with " + estimator.description().name(), pictures.size());
        try {
            Pipeline.run(jobs, estimator, new Pipeline.Stages<>() {
                @Override
                public PreparedInput load(Job job) throws IOException {
                    RgbImage image = Images.readRgb(job.picture);
                    job.image = image;
                    return estimator.prepare(image);
                }

                @Override
                public void store(Job job, Estimate estimate, double seconds) throws IOException {
                    results.put(job.picture,
                            job.write(estimate, estimator.description().resampling(), options, seconds));
                }

                @Override
                public void failed(Job job, Exception reason) {
                    results.put(job.picture, Result.Failed.of(job.picture, reason));
                }
            }, parallelism, progress, cancellation);
        } finally {
            progress.finish();
        }
        return pictures.stream().map(picture -> Objects.requireNonNull(results.get(picture))).toList();
    }

    /** One picture on its way through the pipeline; loaded by one thread, then stored by another. */
    private static final class Job {
        final Path picture;
        final Path output;
        volatile @Nullable RgbImage image;

        Job(Path picture, Path output) {
            this.picture = picture;
            this.output = output;
        }

        Result write(Estimate estimate, String resampling, Options options, double seconds) throws IOException {
            RgbImage loaded = Objects.requireNonNull(image, "picture");
            image = null;
            Resampling kernel = Resampling.ofLabel(resampling);
            Prediction own = estimate.prediction();
            Prediction sized = own.withValues(sized(own.values(), loaded, kernel, options));
            int height = sized.values().height();
            int width = sized.values().width();
            Optional<Intrinsics> camera = options.format() == OutputFormat.PLY
                    ? Optional.of(options.camera().of(height, width, estimate.numbers()))
                    : Optional.empty();
            try {
                String note = PredictionFiles.write(output, options.format(), sized, loaded, camera);
                Map<String, Path> maps = new LinkedHashMap<>();
                if (options.maps()) {
                    for (Map.Entry<String, Plane> map : components(estimate).entrySet()) {
                        Path file = output.resolveSibling(stem(picture) + "." + map.getKey() + "." + PredictionFiles
                                .mapExtension(options.format()));
                        PredictionFiles.writeMap(file, options.format(), sized(map.getValue(), loaded,
                                Resampling.TORCH_BILINEAR, options));
                        maps.put(map.getKey(), file);
                    }
                }
                return new Result.Written(picture, output, height, width, Range.of(sized), seconds, note, estimate
                        .numbers(), maps);
            } catch (UnscorableException e) {
                return new Result.Failed(picture, "format " + options.format().label() + ": " + e.reason(),
                        Optional.empty());
            }
        }

        /** Returns the planes of the auxiliary maps by name: a file each. */
        private static Map<String, Plane> components(Estimate estimate) {
            Map<String, Plane> components = new LinkedHashMap<>();
            estimate.maps().forEach(map -> components.putAll(map.components()));
            return components;
        }

        private static Plane sized(Plane map, RgbImage image, Resampling kernel, Options options) {
            return options.nativeSize() || (map.height() == image.height() && map.width() == image.width())
                    ? map
                    : kernel.resized(map, image.height(), image.width());
        }
    }

    private static List<Job> jobs(List<Path> pictures, Options options) throws IOException {
        List<Job> jobs = new ArrayList<>();
        Map<Path, Path> claimed = new HashMap<>();
        for (Path picture : pictures) {
            Path output = options.folder().resolve(stem(picture) + "." + options.format().extension());
            Path other = claimed.put(output, picture);
            if (other != null) {
                throw new UsageException(
                        "pictures " + other + " and " + picture + ": both would be written to " + output,
                        new Remedy.SeparateOutputFolders());
            }
            jobs.add(new Job(picture, output));
        }
        Set<Path> originals = new HashSet<>();
        for (Path picture : pictures) {
            originals.add(picture.toRealPath());
        }
        for (Job job : jobs) {
            if (Files.exists(job.output) && originals.contains(job.output.toRealPath())) {
                throw new UsageException("output " + job.output + ": writing there would replace the picture itself",
                        new Remedy.ChooseOutputFolder());
            }
        }
        return jobs;
    }

    private static String stem(Path picture) {
        String name = picture.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}
