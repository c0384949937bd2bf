package fathom.workbench.predict;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
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
import fathom.formats.FileNames;
import fathom.formats.Formats;
import fathom.formats.ImageSize;
import fathom.formats.RejectedNameException;
import fathom.formats.TooLargeException;
import fathom.formats.UnreadableFileException;
import fathom.formats.images.Images;
import fathom.formats.images.ReadOptions;
import fathom.formats.json.JsonValue.Members;
import fathom.inference.DepthEstimator;
import fathom.inference.PreparedInput;
import fathom.models.Estimate;
import fathom.models.ModelDescription;
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
import fathom.workbench.alignment.DepthConversion;
import fathom.workbench.alignment.MissingKnownDepthException;
import org.jspecify.annotations.Nullable;

/**
 * The prediction of depth for picture files, with one output file for each. A picture that fails is reported, and the
 * others are processed.
 */
public final class PredictPictures {
    private PredictPictures() {}

    /**
     * The output options.
     *
     * @param folder the output folder, which is created if it does not exist
     * @param format the file format
     * @param nativeSize whether to write at the resolution of the model instead of the picture's
     * @param maps whether to also write the auxiliary maps of the model, such as an uncertainty, as {@code
     *            <stem>.<map>.<ext>}
     * @param camera the camera of a point cloud
     * @param reading how the pictures are read
     * @param conversion how predictions are converted to metres; if empty, they are written as the model predicts them
     */
    public record Options(Path folder, OutputFormat format, boolean nativeSize, boolean maps, CloudCamera camera,
            ReadOptions reading, Optional<DepthConversion> conversion) {}

    /** The result for one picture. */
    public sealed interface Result {
        /** {@return the picture} */
        Path picture();

        /**
         * A picture whose depth map was written.
         *
         * @param picture the picture
         * @param output the file
         * @param height the number of rows of the map
         * @param width the number of columns of the map
         * @param range the range of the values
         * @param seconds the time of the model
         * @param note what a reader of the file must know; may be empty
         * @param numbers the numbers that the model returned in addition to depth, such as a field of view
         * @param maps the files of the auxiliary maps, by name
         * @param conversion the numbers of the conversion to metres; empty if there was none
         */
        record Written(Path picture, Path output, int height, int width, Range range, double seconds, String note,
                Map<String, Double> numbers, Map<String, Path> maps, Optional<Members> conversion) implements Result {}

        /**
         * A picture without a depth map.
         *
         * @param picture the picture
         * @param reason the reason
         * @param remedy what may help; empty if unknown
         */
        record Failed(Path picture, String reason, Optional<Remedy> remedy) implements Result {
            static Failed of(Path picture, Exception reason) {
                return new Failed(picture, ApplyModel.reason(reason), HasRemedy.of(reason));
            }
        }
    }

    /**
     * The range of the finite values of a map.
     *
     * @param min the smallest value
     * @param median the upper median
     * @param max the largest value
     * @param unit {@code "m"}, or empty if there is none
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
     * Predicts depth and writes {@code <stem of the picture>.<extension>} for each picture.
     *
     * @param pictures the pictures
     * @param estimator the model
     * @param options the output options
     * @param parallelism the number of runs at once and of pictures per run
     * @param progress is advanced for each picture
     * @param cancellation stops the run
     * @return the results, in the order of the pictures
     * @throws IllegalArgumentException if two pictures have the same output file, an output file would replace one of
     *            the pictures, or a point cloud has no camera
     * @throws java.util.concurrent.CancellationException if the run was cancelled; files written so far are complete
     * @throws IOException if a file cannot be written
     * @throws Exception any other failure that does not concern a single picture
     */
    public static List<Result> run(List<Path> pictures, DepthEstimator estimator, Options options,
            Parallelism parallelism, Progress progress, Cancellation cancellation) throws Exception {
        Map<Path, Result> results = new HashMap<>();
        List<Job> jobs = jobs(pictures, options, results);
        Files.createDirectories(options.folder());
        progress.start("Predicting with " + estimator.name(), jobs.size());
        try {
            Pipeline.run(jobs, estimator, new Pipeline.Stages<>() {
                @Override
                public PreparedInput load(Job job) throws IOException {
                    try {
                        RgbImage image = Images.readRgb(job.picture, options.reading().image());
                        job.warning = byteOrderWarning(job.picture, options.reading());
                        job.loaded(image, options.format() == OutputFormat.PLY);
                        return estimator.prepare(image);
                    } catch (OutOfMemoryError e) {
                        ImageSize size = Images.probe(job.picture);
                        throw new TooLargeException(job.picture.toString(),
                                "a picture of " + size.width() + "x" + size.height() + " pixels", e);
                    }
                }

                @Override
                public void store(Job job, Estimate estimate, double seconds) throws IOException {
                    results.put(job.picture, job.written(estimate, estimator.description(), options, seconds));
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

    /** Returns a warning if a 16-bit picture would be far smoother in the other byte order; empty if not. */
    private static String byteOrderWarning(Path picture, ReadOptions reading) throws IOException {
        ImageSize size = Images.probe(picture);
        return size.format().equals(Formats.PNM) && size.bitDepth() == 16 && size.channels() == 1
                ? Images.byteOrderWarning(picture, Images.readGray(picture, reading.image()).values()).orElse("")
                : "";
    }

    /** A picture in the pipeline; loaded by one thread, then stored by another. */
    private static final class Job {
        final Path picture;
        final Path output;
        volatile String warning = "";
        volatile int height;
        volatile int width;
        /** The colours of a point cloud; other formats do not need the picture again. */
        volatile @Nullable RgbImage image;

        Job(Path picture, Path output) {
            this.picture = picture;
            this.output = output;
        }

        void loaded(RgbImage loaded, boolean needsColours) {
            height = loaded.height();
            width = loaded.width();
            image = needsColours ? loaded : null;
        }

        /** Writes the files. A name that the file system rejects, and a map that needs too much memory, fail alone. */
        Result written(Estimate estimate, ModelDescription model, Options options, double seconds) throws IOException {
            try {
                return write(estimate, model, options, seconds);
            } catch (RejectedNameException | UnreadableFileException | MissingKnownDepthException e) {
                return Result.Failed.of(picture, e);
            } catch (OutOfMemoryError e) {
                return Result.Failed.of(picture,
                        new TooLargeException(output.toString(), "a map of " + width + "x" + height + " pixels", e));
            }
        }

        private Result write(Estimate estimate, ModelDescription model, Options options, double seconds)
                throws IOException {
            RgbImage colours = image;
            image = null;
            Resampling kernel = Resampling.ofLabel(model.resampling());
            Prediction own = estimate.prediction();
            Prediction sized;
            Optional<DepthConversion.Fitted> conversion;
            try {
                conversion = conversion(own, kernel, model, options);
                Prediction unconverted = own.withValues(sized(own.values(), kernel, options));
                sized = conversion.isPresent() ? conversion.get().applied(unconverted) : unconverted;
            } catch (UnscorableException e) {
                return new Result.Failed(picture, e.reason(), Optional.empty());
            }
            int rows = sized.values().height();
            int columns = sized.values().width();
            Optional<Intrinsics> camera = options.format() == OutputFormat.PLY
                    ? Optional.of(options.camera().of(rows, columns, estimate.numbers()))
                    : Optional.empty();
            try {
                Optional<Members> facts = conversion.map(DepthConversion.Fitted::facts);
                String note = joined(joined(warning, conversion.map(fitted -> converted(fitted, sized)).orElse("")),
                        PredictionFiles.write(output, options.format(), sized, colours, camera, facts));
                if (facts.isPresent()) {
                    PredictionFiles.writeConversion(output.resolveSibling(stem(picture) + ".conversion.json"),
                            ApplyModel.provenance(model), facts.get());
                }
                Map<String, Path> maps = new LinkedHashMap<>();
                if (options.maps()) {
                    for (Map.Entry<String, Plane> map : components(estimate).entrySet()) {
                        Path file = output.resolveSibling(stem(picture) + "." + map.getKey() + "."
                                + PredictionFiles.mapExtension(options.format()));
                        PredictionFiles.writeMap(file, options.format(),
                                sized(map.getValue(), Resampling.TORCH_BILINEAR, options));
                        maps.put(map.getKey(), file);
                    }
                }
                return new Result.Written(picture, output, rows, columns, Range.of(sized), seconds, note,
                        estimate.numbers(), maps, facts);
            } catch (UnscorableException e) {
                return new Result.Failed(picture, "format " + options.format().label() + ": " + e.reason(),
                        Optional.empty());
            }
        }

        private Optional<DepthConversion.Fitted> conversion(Prediction own, Resampling kernel, ModelDescription model,
                Options options) throws UnscorableException, IOException {
            if (options.conversion().isEmpty()) {
                return Optional.empty();
            }
            Plane values = own.values();
            boolean fits = values.height() == height && values.width() == width;
            return Optional.of(options.conversion().get().fit(picture,
                    fits ? own : own.withValues(kernel.resized(values, height, width)), model));
        }

        /** Returns the conversion for display, with the number of pixels that it gives no depth. */
        private static String converted(DepthConversion.Fitted fitted, Prediction metres) {
            int missing = metres.values().size() - metres.valid().count();
            return missing == 0 ? fitted.text() : fitted.text() + "; " + missing + " pixels without depth";
        }

        /** Returns the planes of the auxiliary maps by name; each is written to a file. */
        private static Map<String, Plane> components(Estimate estimate) {
            Map<String, Plane> components = new LinkedHashMap<>();
            estimate.maps().forEach(map -> components.putAll(map.components()));
            return components;
        }

        private static String joined(String first, String second) {
            return first.isEmpty() || second.isEmpty() ? first + second : first + "; " + second;
        }

        private Plane sized(Plane map, Resampling kernel, Options options) {
            return options.nativeSize() || (map.height() == height && map.width() == width)
                    ? map
                    : kernel.resized(map, height, width);
        }
    }

    /** Returns a job for each picture; a picture whose name cannot be the name of an output file gets a result instead. */
    private static List<Job> jobs(List<Path> pictures, Options options, Map<Path, Result> results) throws IOException {
        List<Job> jobs = new ArrayList<>();
        Map<Path, Path> claimed = new HashMap<>();
        for (Path picture : pictures) {
            Path output;
            try {
                output = options.folder().resolve(stem(picture) + "." + options.format().extension());
            } catch (InvalidPathException e) {
                results.put(picture, new Result.Failed(picture, FileNames.reason(picture), Optional.empty()));
                continue;
            }
            Path other = claimed.putIfAbsent(output, picture);
            if (other != null && !FileNames.isText(picture)) {
                results.put(picture, new Result.Failed(picture, FileNames.reason(picture), Optional.empty()));
                continue;
            }
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
                throw new UsageException("output " + job.output + ": this file would replace the picture itself",
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
