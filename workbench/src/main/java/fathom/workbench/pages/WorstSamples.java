package fathom.workbench.pages;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.Field;
import fathom.evaluation.errors.ErrorConcentration;
import fathom.evaluation.errors.ErrorKind;
import fathom.evaluation.errors.ErrorMap;
import fathom.evaluation.errors.WorstRegions;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.ScoredMaps;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.pages.PagePicture;
import fathom.evaluation.pages.WorstSample;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Report;
import fathom.formats.jpeg.Jpeg;
import fathom.formats.png.Png;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.RgbImage;
import fathom.rendering.Colormap;
import fathom.rendering.ErrorShading;
import fathom.rendering.Heatmap;
import fathom.rendering.Shading;
import fathom.rendering.Thumbnails;
import fathom.workbench.evaluate.EvaluateDataset;
import fathom.workbench.predict.ApplyModel;

/** The samples with the worst scores of each prediction of a report, with small pictures. */
final class WorstSamples {
    private static final int PER_PREDICTION = 3;
    private static final int MAX_HEIGHT = 90;
    private static final int MAX_WIDTH = 120;
    private static final int QUALITY = 80;
    private static final int REGIONS_PER_SIDE = 6;

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
                .limit(PER_PREDICTION).map(i -> of(samples.get(i), field, truth, known(protocol), column, values[i]))
                .toList();
    }

    private static Optional<Protocol> known(String name) {
        return Protocol.all().stream().filter(protocol -> protocol.name().equals(name)).findFirst();
    }

    /** Returns what the protocol compares; if it compares pictures, both maps in metres. */
    private static Optional<ScoredMaps> compared(Sample sample, String field, String truth, Optional<Protocol> protocol)
            throws UnscorableException {
        if (protocol.isPresent() && sample.hasPrediction(field)
                && sample.field(truth).orElse(null) instanceof Field.MeasuredDepthField) {
            Optional<ScoredMaps> maps = EvaluateDataset.compared(sample, field, sample.measured(truth), protocol.get());
            if (maps.isPresent()) {
                return maps;
            }
        }
        return MetricMaps.read(sample, field, truth).map(maps -> new ScoredMaps(maps.measured().metres(), maps.metres(),
                maps.counted(), Optional.empty(), Optional.empty()));
    }

    private static String region(ErrorMap errors) {
        int side = Math.max(1, Math.min(errors.values().height(), errors.values().width()) / REGIONS_PER_SIDE);
        return WorstRegions.of(errors, side, 1).stream().findFirst()
                .map(region -> String.format(Locale.ROOT,
                        "largest errors: rows %d to %d, columns %d to %d, mean %.2f m, %.0f %% of the error",
                        region.top(), region.top() + region.side() - 1, region.left(),
                        region.left() + region.side() - 1, region.mean(), 100 * region.share()))
                .orElse("");
    }

    private static WorstSample of(Sample sample, String field, String truth, Optional<Protocol> protocol, Column column,
            double value) {
        List<PagePicture> pictures = new ArrayList<>();
        Optional<ErrorConcentration> concentration = Optional.empty();
        String region = "";
        String note = "";
        try {
            pictures.add(picture(sample.image()));
            Optional<ScoredMaps> read = compared(sample, field, truth, protocol);
            if (read.isPresent()) {
                ScoredMaps maps = read.get();
                Mask measured = Mask.ofPositive(maps.truth());
                Shading shading = Heatmap.shading(new MeasuredDepth(maps.truth(), maps.truth(), measured),
                        Colormap.viridis());
                ErrorMap errors = ErrorMap.of(maps, ErrorKind.ABSOLUTE);
                concentration = Optional.of(ErrorConcentration.of(maps.truth(), maps.prediction(), maps.counted()));
                region = region(errors);
                pictures.add(map("truth", Heatmap.render(maps.truth(), measured, shading)));
                pictures.add(map("prediction, as scored", Heatmap.render(maps.prediction(), maps.counted(), shading)));
                pictures.add(map("error", Heatmap.render(errors.values(), errors.counted(),
                        ErrorShading.size(List.of(errors.values())))));
            }
        } catch (DatasetException e) {
            if (e.problem() != DatasetException.Problem.MEDIA) {
                throw e;
            }
            note = ApplyModel.reason(e);
        } catch (UnscorableException e) {
            note = e.reason();
        }
        return new WorstSample(field, sample.name(), column, value, concentration, region, pictures, note);
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
