package fathom.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import fathom.datasets.Dataset;
import fathom.datasets.DatasetOptions;
import fathom.datasets.Datasets;
import fathom.datasets.Sample;
import fathom.datasets.depth.DepthEncoding;
import fathom.datasets.values.Provenance;
import fathom.datasets.values.SampleDraft;
import fathom.formats.png.Png;
import fathom.raster.DepthKind;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.RgbImage;

/**
 * A dataset of ten corridors, evaluated under two protocols: a metric prediction that is worse at larger depths, one that
 * is hardly different, an inverse prediction that lacks a sample, and a model whose name is markup.
 */
final class ReportedDataset {
    static final String NAME = "corridors";
    static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final int HEIGHT = 90;
    private static final int WIDTH = 120;
    private static final int SAMPLES = 10;

    private ReportedDataset() {}

    /** Creates the dataset in a home folder. */
    static void create(Path home) throws IOException {
        Path media = Files.createDirectories(home.resolve("media"));
        try (Dataset dataset = Datasets.at(home).create(NAME, DatasetOptions.of(media))) {
            for (int i = 0; i < SAMPLES; i++) {
                add(dataset, media, i);
            }
        }
        CommandLineRun command = new CommandLineRun(home);
        for (String field : new String[]{"metric", "nearly", "inverse"}) {
            command.run("evaluate", NAME, "--prediction", field, "--protocol", "article-aligned");
            command.run("evaluate", NAME, "--prediction", field, "--protocol", "article-fixed");
        }
    }

    private static void add(Dataset dataset, Path media, int i) throws IOException {
        RgbImage image = RgbImage.allocate(HEIGHT, WIDTH);
        Plane millimetres = Plane.allocate(HEIGHT, WIDTH);
        Plane metric = Plane.allocate(HEIGHT, WIDTH);
        Plane nearly = Plane.allocate(HEIGHT, WIDTH);
        Plane inverse = Plane.allocate(HEIGHT, WIDTH);
        for (int at = 0; at < HEIGHT * WIDTH; at++) {
            double y = (at / WIDTH - HEIGHT / 2.0) / HEIGHT;
            double x = (at % WIDTH - WIDTH / 2.0) / WIDTH;
            double depth = Math.min((5.0 + i) * 1.2, 1 / Math.max(Math.abs(x), Math.abs(y)));
            double wave = Math.sin(at * 0.37 + i);
            image.array()[3 * at] = (byte) (40 + 20 * i + 60 * Math.abs(x));
            image.array()[3 * at + 1] = (byte) (40 + 20 * i + 40 * Math.abs(y));
            image.array()[3 * at + 2] = (byte) (120 - depth * 4);
            millimetres.array()[at] = Math.round(1000 * depth);
            metric.array()[at] = (float) (depth + 0.03 * depth * depth * (0.5 + 0.1 * i) + 0.05 * wave);
            nearly.array()[at] = metric.array()[at] + (i % 2 == 0 ? 0.01f : -0.01f);
            inverse.array()[at] = (float) (3 / depth + 2 + 0.05 * wave);
        }
        Path picture = media.resolve(i + ".png");
        Path depth = media.resolve(i + "-depth.png");
        Png.writeRgb(picture, image);
        Png.writeGray16(depth, millimetres);
        SampleDraft draft = SampleDraft.of("corridor <b>/" + i, picture, HEIGHT, WIDTH).withMeasured("gt", depth,
                new DepthEncoding.UnitsPerMetre(1000));
        Sample sample = dataset.add(i % 2 == 0 ? draft.withTag("even") : draft.withTag("odd"));
        sample.setPrediction("metric", new Prediction(DepthKind.METRIC, metric), "torch-bilinear",
                Provenance.of("corridor-net"));
        sample.setPrediction("nearly", new Prediction(DepthKind.METRIC, nearly), "torch-bilinear",
                Provenance.of(HOSTILE));
        if (i > 0) {
            sample.setPrediction("inverse", new Prediction(DepthKind.AFFINE_INVERSE, inverse), "torch-bilinear",
                    Provenance.of("Intel/dpt-large"));
        }
    }
}
