package fathom.workbench.warp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.datasets.values.SampleDraft;
import fathom.evaluation.warp.PinholeWarp;
import fathom.formats.npy.Npy;
import fathom.formats.png.Png;
import fathom.raster.Intrinsics;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.RgbImage;
import fathom.workbench.Cancellation;
import fathom.workbench.Progress;
import fathom.workbench.predict.ApplyModel;

/**
 * Renders the pictures and the measured depth of a dataset for a centred pinhole camera of one size, as a new dataset: the
 * form in which MoGe evaluates models. Models are then applied to the new dataset.
 *
 * @see PinholeWarp
 */
public final class WarpDataset {
    /** Attributes that stay true; sizes and rules of pairing do not. */
    private static final Set<String> KEPT = Set.of("scene", "camera", "sensor");

    private WarpDataset() {}

    /**
     * What to render.
     *
     * @param truth the field of measured depth
     * @param height rows of the new pictures
     * @param width columns of the new pictures
     * @param folder where pictures and depth maps are written; created if missing
     */
    public record Options(String truth, int height, int width, Path folder) {
        private static final int LARGEST = 8192;

        /**
         * Validates the size.
         *
         * @throws IllegalArgumentException if a side is not from 1 to 8192
         */
        public Options {
            if (height < 1 || height > LARGEST || width < 1 || width > LARGEST) {
                throw new IllegalArgumentException(
                        "size: expected sides from 1 to " + LARGEST + ", found " + width + "x" + height);
            }
        }
    }

    /**
     * A sample that is not in the new dataset.
     *
     * @param sample its name
     * @param reason why
     */
    public record Skipped(String sample, String reason) {}

    /**
     * The result.
     *
     * @param samples the number of samples of the new dataset
     * @param skipped the samples that have no camera, no measured depth, or cannot be read
     */
    public record Outcome(int samples, List<Skipped> skipped) {}

    /**
     * Renders a dataset.
     *
     * @param datasets the datasets to add to
     * @param source the dataset
     * @param name the name of the new dataset
     * @param options what to render
     * @param progress is advanced for each sample
     * @param cancellation stops the work; files that were written stay, the dataset is not created
     * @return the number of samples, and those left out
     * @throws IOException if a file cannot be written
     * @throws IllegalArgumentException if no sample can be rendered
     */
    public static Outcome run(Datasets datasets, Dataset source, String name, Options options, Progress progress,
            Cancellation cancellation) throws IOException {
        datasets.requireFree(name);
        Files.createDirectories(options.folder().resolve("rgb"));
        Files.createDirectories(options.folder().resolve("depth"));
        List<SampleDraft> drafts = new ArrayList<>();
        List<Skipped> skipped = new ArrayList<>();
        progress.start("Rendering " + name, source.size());
        try {
            int index = 0;
            for (Sample sample : source) {
                cancellation.check();
                try {
                    drafts.add(rendered(sample, options, String.format(Locale.ROOT, "%06d", index)));
                } catch (DatasetException e) {
                    if (e.problem() != DatasetException.Problem.MEDIA) {
                        throw e;
                    }
                    skipped.add(new Skipped(sample.name(), ApplyModel.reason(e)));
                } catch (LeftOutException e) {
                    skipped.add(new Skipped(sample.name(), String.valueOf(e.getMessage())));
                }
                index++;
                progress.advance(1);
            }
        } finally {
            progress.finish();
        }
        if (drafts.isEmpty()) {
            throw new IllegalArgumentException("dataset " + source.name()
                    + ": expected samples with a camera and measured depth, found none; the first: "
                    + (skipped.isEmpty() ? "the dataset is empty" : skipped.getFirst().reason()));
        }
        datasets.create(name,
                DatasetOptions.of(options.folder()).withDescription(
                        source.name() + " at " + options.width() + "x" + options.height() + ", centred pinhole"),
                dataset -> drafts.forEach(dataset::add)).close();
        return new Outcome(drafts.size(), skipped);
    }

    /** A sample that lacks what is needed. */
    private static final class LeftOutException extends Exception {
        private static final long serialVersionUID = 1;

        LeftOutException(String message) {
            super(message);
        }
    }

    private static SampleDraft rendered(Sample sample, Options options, String file)
            throws IOException, LeftOutException {
        Intrinsics camera = sample.intrinsics()
                .orElseThrow(() -> new LeftOutException("expected a camera, found none"));
        if (!(sample.field(options.truth()).orElse(null) instanceof Field.MeasuredDepthField)) {
            throw new LeftOutException("expected measured depth " + options.truth() + ", found none");
        }
        MeasuredDepth measured = sample.measured(options.truth());
        RgbImage picture = sample.image();
        Intrinsics ofDepth = camera.resized(sample.height(), sample.width(), measured.height(), measured.width());
        PinholeWarp depthWarp = PinholeWarp.of(ofDepth, measured.height(), measured.width(), options.height(),
                options.width());
        PinholeWarp pictureWarp = PinholeWarp.of(camera, picture.height(), picture.width(), options.height(),
                options.width());
        Path rgb = options.folder().resolve("rgb").resolve(file + ".png");
        Path depth = options.folder().resolve("depth").resolve(file + ".npy");
        Png.writeRgb(rgb, pictureWarp.picture(picture));
        Plane metres = depthWarp.depth(measured.metres(), measured.valid());
        Npy.write(depth, metres);
        SampleDraft draft = SampleDraft.of(sample.name(), rgb, options.height(), options.width())
                .withMeasured(options.truth(), depth, new DepthEncoding.Metres())
                .withIntrinsics(pictureWarp.intrinsics());
        for (String tag : sample.tags()) {
            draft = draft.withTag(tag);
        }
        for (Map.Entry<String, String> attribute : sample.attributes().entrySet()) {
            if (KEPT.contains(attribute.getKey())) {
                draft = draft.withAttribute(attribute.getKey(), attribute.getValue());
            }
        }
        return draft;
    }
}
