package fathom.workbench.predict;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;

import fathom.datasets.values.Provenance;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleMap;
import fathom.formats.AtomicFile;
import fathom.formats.json.JsonValue.Members;
import fathom.formats.npy.Npy;
import fathom.formats.ply.Ply;
import fathom.formats.png.Png;
import fathom.formats.pnm.Pfm;
import fathom.raster.DepthKind;
import fathom.raster.Intrinsics;
import fathom.raster.Mask;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.Heatmap;
import org.jspecify.annotations.Nullable;

/** A writer of predicted depth maps in each {@link OutputFormat}. */
final class PredictionFiles {
    /** The range of depths, without unit, to which a point cloud maps affine predictions. */
    private static final double NEAREST = 1;
    private static final double FARTHEST = 10;

    /** The key of the conversion to metres in PNG files, as JSON. */
    private static final String CONVERSION = "Depth-Conversion";

    private PredictionFiles() {}

    /** Writes the origin of a converted prediction as JSON: the model, and the numbers of the conversion. */
    static void writeConversion(Path file, Provenance model, Members conversion) throws IOException {
        Members origin = Members.NONE.with("model", model.model()).with("revision", model.revision())
                .with("identity", model.identity()).with("program", model.program()).with("conversion", conversion);
        AtomicFile.write(file, out -> out.write((origin.canonical() + "\n").getBytes(StandardCharsets.UTF_8)));
    }

    /**
     * Writes {@code prediction} to {@code file}, completely or not at all.
     *
     * @param image the picture of the prediction, of the same size; used if the format is a point cloud
     * @param camera the camera of a point cloud
     * @param conversion the numbers of the conversion to metres, which the picture formats of depth state
     * @return what a reader of the file must know; may be empty
     * @throws UnscorableException if the format is the article's 8-bit map and the prediction has none
     */
    static String write(Path file, OutputFormat format, Prediction prediction, @Nullable RgbImage image,
            Optional<Intrinsics> camera, Optional<Members> conversion) throws IOException, UnscorableException {
        Plane values = prediction.values();
        switch (format) {
            case NPY -> Npy.write(file, values);
            case PFM -> Pfm.write(file, values);
            case PNG16 -> {
                LinearQuantization code = LinearQuantization.of(prediction);
                SequencedMap<String, String> entries = code.entries(prediction.kind());
                conversion.ifPresent(facts -> entries.put(CONVERSION, facts.canonical()));
                Png.writeGray16(file, code.encode(values), entries);
                return code.text();
            }
            case HEATMAP -> Png.writeRgb(file, Heatmap.of(prediction, Colormap.viridis()));
            case ARTICLE -> Png.writeGray8(file, ArticleMap.of(prediction).toLevels());
            case PLY -> {
                return writeCloud(file, prediction, Objects.requireNonNull(image, "image"), camera.orElseThrow());
            }
        }
        return "";
    }

    /**
     * Writes one plane of an auxiliary map, such as an uncertainty: as a picture in viridis over its range if the format
     * is a picture, otherwise as numbers.
     */
    static void writeMap(Path file, OutputFormat format, Plane map) throws IOException {
        switch (format) {
            case NPY, PLY -> Npy.write(file, map);
            case PFM -> Pfm.write(file, map);
            case HEATMAP, PNG16, ARTICLE ->
                Png.writeRgb(file, Heatmap.of(new Prediction(DepthKind.AFFINE, map), Colormap.viridis()));
        }
    }

    /** Returns the extension of the files of {@link #writeMap}, without a dot. */
    static String mapExtension(OutputFormat format) {
        return format == OutputFormat.PLY ? OutputFormat.NPY.extension() : format.extension();
    }

    private static String writeCloud(Path file, Prediction prediction, RgbImage image, Intrinsics intrinsics)
            throws IOException {
        Plane depth = switch (prediction.kind()) {
            case METRIC, SCALE_INVARIANT -> prediction.values();
            case AFFINE, LEVELS -> spread(prediction.values(), NEAREST, FARTHEST);
            case AFFINE_INVERSE -> inverted(spread(prediction.values(), 1 / FARTHEST, 1 / NEAREST));
        };
        Ply.write(file, intrinsics.unproject(depth), image, Mask.ofPositive(depth));
        return switch (prediction.kind()) {
            case METRIC -> "metres";
            case SCALE_INVARIANT -> "the unit is unknown: the model predicts depth up to scale";
            case AFFINE, AFFINE_INVERSE, LEVELS -> "the shape is approximate: the model predicts "
                    + prediction.kind().label() + " values, mapped here to depths 1 to 10";
        };
    }

    /** Returns the finite values mapped linearly onto [low, high]. */
    private static Plane spread(Plane values, double low, double high) {
        PredictPictures.Range range = PredictPictures.Range.of(new Prediction(DepthKind.AFFINE, values));
        double span = range.max() > range.min() ? range.max() - range.min() : 1;
        Plane spread = Plane.allocate(values.height(), values.width());
        for (int row = 0, to = 0; row < values.height(); row++) {
            for (int at = values.rowStart(row), end = at + values.width(); at < end; at++, to++) {
                spread.array()[to] = (float) (low + (values.array()[at] - range.min()) / span * (high - low));
            }
        }
        return spread;
    }

    private static Plane inverted(Plane values) {
        float[] array = values.toArray();
        for (int i = 0; i < array.length; i++) {
            array[i] = 1 / array[i];
        }
        return Plane.wrap(array, values.height(), values.width());
    }
}
