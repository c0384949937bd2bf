package fathom.workbench.pages;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.EvaluationRecord;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.pages.DepthErrors;
import fathom.evaluation.pages.PageChart;
import fathom.evaluation.pages.PageSection;
import fathom.evaluation.pages.ReportPage;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Report;
import fathom.rendering.charts.Charts;
import fathom.rendering.charts.Range;
import fathom.workbench.Cancellation;
import fathom.workbench.ProgramVersion;
import fathom.workbench.Progress;

/**
 * Collects the page of reports of a dataset: tables, charts of intervals, the worst samples with small pictures, and where
 * the error is. A sample whose files cannot be read is left out of charts and counted in a note; a machine without fonts
 * has a page without charts.
 */
public final class ReportPages {
    /** The largest number of samples whose maps are read for charts, evenly spaced over the dataset. */
    private static final int MAX_SAMPLES = 50;
    /** The number of points of one prediction in the scatter chart. */
    private static final int POINTS = 1200;
    private static final int MAX_INTERVAL_CHARTS = 6;

    private final Dataset dataset;
    private final List<Sample> samples;
    private final Progress progress;
    private final Cancellation cancellation;
    private final Set<String> notes = new LinkedHashSet<>();
    /** The prediction fields of the reports, in the order of their colours. */
    private final List<String> predictions;
    private boolean fonts = true;
    private int charts;

    private ReportPages(Dataset dataset, List<Report> reports, Progress progress, Cancellation cancellation) {
        this.dataset = dataset;
        this.samples = dataset.samples();
        this.predictions = reports.stream().flatMap(report -> report.rows().stream()).map(Report.Row::prediction)
                .distinct().toList();
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /**
     * Collects a page.
     *
     * @param dataset the dataset
     * @param reports its reports
     * @param progress is advanced for each sample that is read
     * @param cancellation stops the reading
     * @return the page
     * @throws java.util.concurrent.CancellationException if the reading was cancelled
     */
    public static ReportPage of(Dataset dataset, List<Report> reports, Progress progress, Cancellation cancellation) {
        return new ReportPages(dataset, reports, progress, cancellation).page(reports);
    }

    private ReportPage page(List<Report> reports) {
        WorstSamples worst = new WorstSamples(dataset, samples);
        List<PageSection> sections = new ArrayList<>();
        Set<String> truths = new LinkedHashSet<>();
        Set<String> fields = new LinkedHashSet<>();
        for (Report report : reports) {
            cancellation.check();
            String truth = truth(report);
            truths.add(truth);
            report.rows().stream().filter(row -> row.scored() > 0).forEach(row -> fields.add(row.prediction()));
            sections.add(new PageSection(report, intervals(report), worst.of(report, truth)));
        }
        truths.remove("");
        List<DepthErrors> errors = new ArrayList<>();
        for (String truth : truths) {
            errors(truth, fields).ifPresent(errors::add);
        }
        return new ReportPage(dataset.name(), ProgramVersion.label(), sections, errors, List.copyOf(notes));
    }

    private String truth(Report report) {
        return dataset.evaluations().stream().filter(record -> record.protocol().equals(report.protocol()))
                .filter(record -> record.hash().equals(report.heading().hash()))
                .filter(record -> report.rows().stream()
                        .anyMatch(row -> row.scored() > 0 && row.prediction().equals(record.field())))
                .map(EvaluationRecord::truth).findFirst().orElse("");
    }

    /** Draws the means of each metric with their intervals, if there is something to compare. */
    private List<PageChart> intervals(Report report) {
        List<PageChart> drawn = new ArrayList<>();
        for (Column column : report.columns()) {
            List<Range> ranges = new ArrayList<>();
            for (Report.Row row : report.rows()) {
                row.mean(column.metric()).filter(mean -> mean.interval().isPresent())
                        .filter(mean -> Double.isFinite(mean.value()) && Double.isFinite(mean.interval().get().low())
                                && Double.isFinite(mean.interval().get().high()))
                        .ifPresent(mean -> ranges.add(new Range(name(row), colour(row.prediction()), mean.value(),
                                mean.interval().get().low(), mean.interval().get().high())));
            }
            if (ranges.size() > 1 && drawn.size() < MAX_INTERVAL_CHARTS) {
                chart(column.title(), "Mean and interval.", id -> Charts.intervals(id, column.heading(), ranges))
                        .ifPresent(drawn::add);
            }
        }
        return drawn;
    }

    /** Returns the same number for a prediction in all charts. */
    private int colour(String field) {
        return predictions.indexOf(field);
    }

    private static String name(Report.Row row) {
        return row.slice().isEmpty() ? row.prediction() : row.prediction() + ", " + row.slice();
    }

    private Optional<DepthErrors> errors(String truth, Set<String> fields) {
        List<Sample> read = spread(samples.stream().filter(sample -> sample.field(truth).isPresent())
                .filter(sample -> fields.stream().anyMatch(sample::hasPrediction)).toList());
        List<DepthProfile> profiles = fields.stream().map(field -> new DepthProfile(field, colour(field))).toList();
        int points = Math.max(1, POINTS / Math.max(1, read.size()));
        int unread = 0;
        boolean aligned = false;
        progress.start("Reading maps", read.size());
        try {
            for (Sample sample : read) {
                cancellation.check();
                for (DepthProfile profile : profiles) {
                    try {
                        Optional<MetricMaps> maps = MetricMaps.read(sample, profile.field(), truth);
                        maps.ifPresent(known -> profile.add(known, points));
                        aligned |= maps.isPresent() && maps.get().aligned();
                    } catch (DatasetException e) {
                        if (e.problem() != DatasetException.Problem.MEDIA) {
                            throw e;
                        }
                        unread++;
                    } catch (UnscorableException e) {
                        unread++;
                    }
                }
                progress.advance(1);
            }
        } finally {
            progress.finish();
        }
        if (unread > 0) {
            notes.add(unread + (unread == 1 ? " prediction" : " predictions")
                    + " could not be read or aligned and are missing from the charts of truth " + truth + ".");
        }
        List<DepthProfile> filled = profiles.stream().filter(profile -> profile.samples() > 0).toList();
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        String method = "From the maps of "
                + (read.size() == samples.size() ? "all " + read.size() : read.size() + " of " + samples.size())
                + " samples, over the pixels that have a measurement and a prediction. "
                + (aligned
                        ? "Predictions that are not in metres are aligned to the measurement of each sample: scale-invariant "
                                + "depth by the ratio of medians, affine-invariant depth and inverse depth by least squares."
                        : "All predictions are in metres and are not aligned.");
        return Optional.of(
                new DepthErrors(truth, method, filled.stream().map(DepthProfile::share).toList(), depthCharts(filled)));
    }

    private List<PageChart> depthCharts(List<DepthProfile> profiles) {
        List<PageChart> drawn = new ArrayList<>();
        chart("Error by depth", "Mean absolute error of the pixels in each range of true depth.", id -> Charts.lines(id,
                "true depth m", "mean absolute error m", profiles.stream().map(DepthProfile::errorByDepth).toList()))
                .ifPresent(drawn::add);
        for (DepthProfile profile : profiles) {
            chart("Predicted and true depth: " + profile.field(),
                    String.format(Locale.ROOT, "%,d random pixels of %d %s; line: equal.", profile.points().size(),
                            profile.samples(), profile.samples() == 1 ? "sample" : "samples"),
                    id -> Charts.scatter(id, "true depth m", "predicted depth m", List.of(profile.points())))
                    .ifPresent(drawn::add);
        }
        return drawn;
    }

    private interface Drawing {
        String draw(String id);
    }

    private Optional<PageChart> chart(String title, String caption, Drawing drawing) {
        if (!fonts) {
            return Optional.empty();
        }
        try {
            return Optional.of(new PageChart(title, caption, drawing.draw("chart-" + charts++)));
        } catch (IllegalStateException e) {
            fonts = false;
            notes.add("Charts are missing: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static List<Sample> spread(List<Sample> all) {
        if (all.size() <= MAX_SAMPLES) {
            return all;
        }
        List<Sample> spread = new ArrayList<>();
        for (int i = 0; i < MAX_SAMPLES; i++) {
            spread.add(all.get((int) ((long) i * all.size() / MAX_SAMPLES)));
        }
        return spread;
    }
}
