package fathom.workbench.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.pages.PagePicture;
import fathom.evaluation.pages.WorstSample;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Report;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.Heatmap;
import fathom.rendering.Shading;
import fathom.rendering.Thumbnails;
import fathom.workbench.predict.ApplyModel;

/** The samples with the worst scores of each prediction of a report, with small pictures. */
final class WorstSamples {
    private static final int PER_PREDICTION = 3;
    private static final int MAX_HEIGHT = 120;
    private static final int MAX_WIDTH = 160;
    private static final int QUALITY = 80;

    private final Dataset dataset;
    private final List<Sample> samples;

    WorstSamples(Dataset dataset, List<Sample> samples) {
        this.dataset = dataset;
        this.samples = samples;
    }

    /** Returns the worst samples by the first metric of the report that has numbers; empty if there is none. */
    List<WorstSample> of(Report report, String truth) {
        Optional<Column> column = report.columns().stream()
                .filter(each -> report.rows().stream().anyMatch(row -> row.mean(each.metric()).isPresent()))
                .findFirst();
        List<WorstSample> worst = new ArrayList<>();
        if (column.isPresent()) {
            for (Report.Row row : report.rows()) {
                if (row.slice().isEmpty() && row.mean(column.get().metric()).isPresent()) {
                    worst.addAll(of(report.protocol(), row.prediction(), truth, column.get()));
                }
            }
        }
        return worst;
    }

    private List<WorstSample> of(String protocol, String field, String truth, Column column) {
        double[] values = dataset.values(field + "." + protocol + "." + column.metric().key());
        Comparator<Integer> order = Comparator.comparingDouble(i -> values[i]);
        return IntStream.range(0, values.length).filter(i -> !Double.isNaN(values[i])).boxed()
                .sorted(column.metric().better() == Metric.Better.LOWER ? order.reversed() : order)
                .limit(PER_PREDICTION).map(i -> of(samples.get(i), field, truth, column, values[i])).toList();
    }

    private static WorstSample of(Sample sample, String field, String truth, Column column, double value) {
        List<PagePicture> pictures = new ArrayList<>();
        Optional<ErrorConcentration> concentration = Optional.empty();
        String note = "";
        try {
            pictures.add(picture(sample.image()));
            Optional<MetricMaps> read = MetricMaps.read(sample, field, truth);
            if (read.isPresent()) {
                MetricMaps maps = read.get();
                Shading shading = Heatmap.shading(maps.measured(), Colormap.viridis());
                concentration = Optional
                        .of(ErrorConcentration.of(maps.measured().metres(), maps.metres(), maps.counted()));
                pictures.add(map("truth", Heatmap.render(maps.measured().metres(), maps.measured().valid(), shading)));
                pictures.add(map(maps.aligned() ? "prediction, aligned" : "prediction",
                        Heatmap.render(maps.metres(), maps.counted(), shading)));
            }
        } catch (DatasetException e) {
            if (e.problem() != DatasetException.Problem.MEDIA) {
                throw e;
            }
            note = ApplyModel.reason(e);
        } catch (UnscorableException e) {
            note = e.reason();
        }
        return new WorstSample(field, sample.name(), column, value, concentration, pictures, note);
    }

    private static PagePicture picture(RgbImage image) {
        RgbImage small = Thumbnails.fit(image, MAX_HEIGHT, MAX_WIDTH);
        try {
            return PagePicture.ofJpeg("picture", Jpeg.encode(small, QUALITY), small.height(), small.width());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static PagePicture map(String label, RgbImage image) {
        RgbImage small = Thumbnails.fit(image, MAX_HEIGHT, MAX_WIDTH);
        try {
            return PagePicture.ofPng(label, Png.encodeRgb(small), small.height(), small.width());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
