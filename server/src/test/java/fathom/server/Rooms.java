package fathom.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Evaluation;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.PredictionDraft;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.json.JsonValue.Members;
import fathom.formats.png.Png;
import fathom.raster.AuxiliaryMap;
import fathom.raster.AuxiliaryMap.Kind;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * A small synthetic dataset: per sample a picture, measured depth in millimetres with a hole, a metric and an inverse
 * prediction with different resolutions, and three numbers per prediction. The truth of sample i at (row, column) is
 * {@link #millimetres}; its picture and numbers depend on i as well.
 */
final class Rooms {
    static final int HEIGHT = 96;
    static final int WIDTH = 128;
    /** Height and width of the inverse prediction. */
    static final int INVERSE_SIDE = 64;
    /** Number of columns at the left of {@code moge}'s mask that are 0. */
    static final int UNSEEN = 8;

    private Rooms() {}

    /** Creates the dataset {@code name} of {@code count} samples; {@code dpt} of the last sample failed. */
    static Datasets create(Path folder, String name, int count) {
        Datasets datasets = Datasets.at(folder.resolve("home"));
        Path media = folder.resolve("media-" + name);
        try {
            Files.createDirectories(media);
            try (Dataset dataset = datasets.create(name, DatasetOptions.of(media))) {
                for (int i = 0; i < count; i++) {
                    add(dataset, media, i, i == count - 1);
                }
                score(dataset, "flat", 40);
                score(dataset, "dpt", 20);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return datasets;
    }

    private static void add(Dataset dataset, Path media, int i, boolean fails) throws IOException {
        Path rgb = media.resolve("room" + i + (i % 2 == 0 ? ".jpg" : ".png"));
        if (i % 2 == 0) {
            Jpeg.write(rgb, picture(i), 90);
        } else {
            Png.writeRgb(rgb, picture(i));
        }
        Path depth = media.resolve("room" + i + "-depth.png");
        Plane stored = Plane.allocate(HEIGHT, WIDTH);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                stored.set(row, column, millimetres(i, row, column));
            }
        }
        Png.writeGray16(depth, stored);
        Sample sample = dataset.add(SampleDraft.of("rooms/" + i, rgb, HEIGHT, WIDTH).withMeasured("gt", depth,
                new DepthEncoding.UnitsPerMetre(1000)));
        sample.setPrediction("flat", new Prediction(DepthKind.METRIC, flat(i)), "torch-bilinear",
                Provenance.of("flat"));
        if (fails) {
            dataset.recordFailure(sample, "dpt", "picture could not be decoded");
        } else {
            sample.setPrediction("dpt", new Prediction(DepthKind.AFFINE_INVERSE, inverse(i)), "torch-bicubic",
                    Provenance.of("Intel/dpt-large"));
        }
    }

    /**
     * Adds the prediction {@code moge} to every sample except the first: depth as in {@code flat}, the uncertainty of
     * {@link #uncertainty}, and points at (0.25, 0.5, 2) metres. Except for the second sample, also adds a mask, which is 0 in
     * the first {@value #UNSEEN} columns, and normals: (0, 0, 0) in these columns, elsewhere towards the camera in the left half
     * and (0.6, 0, -0.8) in the right half.
     */
    static void addFurther(Datasets datasets, String name) {
        try (Dataset dataset = datasets.open(name)) {
            List<Sample> samples = dataset.samples();
            for (int i = 1; i < samples.size(); i++) {
                List<AuxiliaryMap> maps = new ArrayList<>();
                maps.add(AuxiliaryMap.of("uncertainty", Kind.UNCERTAINTY, "m", plane(Rooms::uncertainty)));
                maps.add(new AuxiliaryMap("points", Kind.POINTS, "m", List.of(plane((row, column) -> 0.25f),
                        plane((row, column) -> 0.5f), plane((row, column) -> 2))));
                if (i > 1) {
                    maps.add(AuxiliaryMap.of("mask", Kind.MASK, "", plane((row, column) -> column < UNSEEN ? 0 : 1)));
                    maps.add(new AuxiliaryMap("normal", Kind.NORMAL, "",
                            List.of(plane((row, column) -> column < WIDTH / 4 ? 0 : 0.6f), plane((row, column) -> 0),
                                    plane((row, column) -> column < UNSEEN ? 0 : column < WIDTH / 4 ? -1 : -0.8f))));
                }
                samples.get(i).setPrediction("moge", new PredictionDraft(new Prediction(DepthKind.METRIC, flat(i)),
                        "torch-bilinear", Provenance.of("moge-2"), maps, Map.of()));
            }
        }
    }

    /** Returns the uncertainty at (row, column) of a map with half the picture's height and width. */
    static float uncertainty(int row, int column) {
        return 0.01f * column + 0.001f * row;
    }

    private static Plane plane(Values values) {
        Plane plane = Plane.allocate(HEIGHT / 2, WIDTH / 2);
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                plane.set(row, column, values.at(row, column));
            }
        }
        return plane;
    }

    private interface Values {
        float at(int row, int column);
    }

    private static void score(Dataset dataset, String field, double base) {
        Evaluation evaluation = dataset.beginEvaluation(field, "article", "gt", Members.NONE);
        int i = 0;
        for (Sample sample : dataset.samples()) {
            if (sample.hasPrediction(field)) {
                evaluation.set(sample, Map.of("rmse", base + i, "psnr", 10 + 0.1 * i, "ssim", 0.5 + 0.01 * i));
            }
            i++;
        }
    }

    /** Returns the measured depth of sample {@code i}: a wall, a nearer box, and 0 in a hole at the top left. */
    static int millimetres(int i, int row, int column) {
        if (row < 12 && column < 12) {
            return 0;
        }
        boolean box = row > 40 && column > 30 + i % 40 && column < 70 + i % 40;
        return box ? 1500 + row * 5 : 3000 + column * 10 + i * 20;
    }

    private static RgbImage picture(int i) {
        RgbImage image = RgbImage.allocate(HEIGHT, WIDTH);
        for (int row = 0; row < HEIGHT; row++) {
            for (int column = 0; column < WIDTH; column++) {
                int depth = millimetres(i, row, column);
                int at = image.rowStart(row) + 3 * column;
                image.array()[at] = (byte) (220 - depth / 30);
                image.array()[at + 1] = (byte) (depth < 2500 ? 90 : 150);
                image.array()[at + 2] = (byte) (60 + i * 11 % 120);
            }
        }
        return image;
    }

    private static Plane flat(int i) {
        Plane plane = Plane.allocate(HEIGHT / 2, WIDTH / 2);
        for (int row = 0; row < plane.height(); row++) {
            for (int column = 0; column < plane.width(); column++) {
                plane.set(row, column, 4.5f - 0.05f * row + 0.01f * i);
            }
        }
        return plane;
    }

    private static Plane inverse(int i) {
        Plane plane = Plane.allocate(INVERSE_SIDE, INVERSE_SIDE);
        for (int row = 0; row < INVERSE_SIDE; row++) {
            for (int column = 0; column < INVERSE_SIDE; column++) {
                int depth = millimetres(i, row * HEIGHT / INVERSE_SIDE, column * WIDTH / INVERSE_SIDE);
                plane.set(row, column, depth == 0 ? 10 : 40_000f / depth);
            }
        }
        return plane;
    }
}
