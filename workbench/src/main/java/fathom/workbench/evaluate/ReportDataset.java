package fathom.workbench.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import fathom.datasets.Dataset;
import fathom.datasets.Sample;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.Failure;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.FieldType;
import fathom.datasets.values.NumberSummary;
import fathom.datasets.values.Provenance;
import fathom.evaluation.mapmetrics.MapMetrics;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.metrics.Quantity;
import fathom.evaluation.protocols.Pooling;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Column;
import fathom.evaluation.reports.Origin;
import fathom.evaluation.reports.PredictionScores;
import fathom.evaluation.reports.Report;
import fathom.evaluation.reports.ReportBuilder;
import fathom.evaluation.reports.ReportHeading;
import fathom.workbench.Cancellation;
import fathom.workbench.ProgramVersion;
import fathom.workbench.Progress;

/**
 * Reports of the scores stored in a dataset: one table for each definition of a protocol and each truth, so that no table
 * mixes numbers that cannot be compared.
 */
public final class ReportDataset {
    private final Dataset dataset;
    private final ReportOptions options;
    private final Progress progress;
    private final Cancellation cancellation;
    private final List<EvaluationRecord> evaluations;
    private final Map<String, NumberSummary> numbers = new HashMap<>();
    /** The samples and their slices by truth; loaded only if the report is sliced. */
    private final List<Sample> samples;
    private final Map<String, SequencedMap<String, BitSet>> slices = new HashMap<>();

    private ReportDataset(Dataset dataset, ReportOptions options, Progress progress, Cancellation cancellation) {
        this.dataset = dataset;
        this.options = options;
        this.progress = progress;
        this.cancellation = cancellation;
        this.evaluations = dataset.evaluations();
        for (NumberSummary number : dataset.numberSummaries()) {
            numbers.put(number.path(), number);
        }
        this.samples = options.slice().isPresent() ? dataset.samples() : List.of();
    }

    /** The numbers of one table: those of one definition of one protocol against one truth. */
    private record Group(String protocol, String hash, String truth, List<String> fields) {}

    /**
     * Returns the reports of all protocols that were run on a dataset, without slices.
     *
     * @param dataset the dataset
     * @return the reports, in the order of {@link Protocol#all()}
     */
    public static List<Report> all(Dataset dataset) {
        return all(dataset, ReportOptions.DEFAULT, Progress.silent(), new Cancellation());
    }

    /**
     * Returns the reports of all protocols that were run on a dataset.
     *
     * @param dataset the dataset
     * @param options slices and intervals
     * @param progress is advanced for each sample that is read
     * @param cancellation stops the reading
     * @return the reports, in the order of {@link Protocol#all()}, then those of other protocols by name
     * @throws java.util.concurrent.CancellationException if the reading was cancelled
     */
    public static List<Report> all(Dataset dataset, ReportOptions options, Progress progress,
            Cancellation cancellation) {
        ReportDataset reports = new ReportDataset(dataset, options, progress, cancellation);
        Set<String> run = new TreeSet<>();
        reports.evaluations.forEach(evaluation -> run.add(evaluation.protocol()));
        Set<String> ordered = new LinkedHashSet<>();
        Protocol.all().stream().map(Protocol::name).filter(run::contains).forEach(ordered::add);
        ordered.addAll(run);
        return ordered.stream().flatMap(name -> reports.groups(name).stream()).map(reports::report).toList();
    }

    /**
     * Returns the reports of one protocol: of a protocol of this program, one for each definition and truth with which it
     * was run; of another, only those of its definition. A field without scores is a row without means.
     *
     * @param dataset the dataset
     * @param protocol the protocol
     * @param options slices and intervals
     * @param progress is advanced for each sample that is read
     * @param cancellation stops the reading
     * @return the reports, at least one
     * @throws IllegalArgumentException if all scores under this name are of other definitions
     * @throws java.util.concurrent.CancellationException if the reading was cancelled
     */
    public static List<Report> of(Dataset dataset, Protocol protocol, ReportOptions options, Progress progress,
            Cancellation cancellation) {
        ReportDataset reports = new ReportDataset(dataset, options, progress, cancellation);
        List<Group> run = reports.groups(protocol.name());
        boolean builtIn = known(protocol.name()).map(Protocol::hash).filter(protocol.hash()::equals).isPresent();
        List<Group> groups = builtIn
                ? run
                : run.stream().filter(group -> group.hash().equals(protocol.hash())).toList();
        if (groups.isEmpty() && !run.isEmpty()) {
            throw new IllegalArgumentException("protocol " + protocol.name() + ": dataset " + dataset.name()
                    + " has scores of another definition of this name, " + run.getFirst().hash()
                    + ", expected those of the given one, " + protocol.hash() + "; evaluate with it first");
        }
        if (groups.isEmpty()) {
            groups = List.of(new Group(protocol.name(), protocol.hash(), "", reports.predictions()));
        }
        return groups.stream().map(reports::report).toList();
    }

    /**
     * Returns the reports of one protocol that was run on a dataset, by its name.
     *
     * @param dataset the dataset
     * @param name the name of a protocol of this program, or of one that was run on the dataset
     * @param options slices and intervals
     * @param progress is advanced for each sample that is read
     * @param cancellation stops the reading
     * @return the reports, at least one
     * @throws IllegalArgumentException if there is no such protocol
     * @throws java.util.concurrent.CancellationException if the reading was cancelled
     */
    public static List<Report> named(Dataset dataset, String name, ReportOptions options, Progress progress,
            Cancellation cancellation) {
        if (known(name).isPresent()) {
            return of(dataset, known(name).get(), options, progress, cancellation);
        }
        ReportDataset reports = new ReportDataset(dataset, options, progress, cancellation);
        List<Group> groups = reports.groups(name);
        if (groups.isEmpty()) {
            Set<String> run = new TreeSet<>();
            reports.evaluations.forEach(evaluation -> run.add(evaluation.protocol()));
            run.remove("");
            throw new IllegalArgumentException("protocol: expected one of those of dataset " + dataset.name() + ", "
                    + String.join(", ", run) + ", or the name of a built-in one, found \"" + name + "\"");
        }
        return groups.stream().map(reports::report).toList();
    }

    private List<String> predictions() {
        return dataset.fields().stream().filter(field -> field.type() == FieldType.PREDICTION).map(FieldSummary::name)
                .toList();
    }

    /** Returns the groups of a protocol, the present definition first. A field that was not scored is in each group. */
    private List<Group> groups(String protocol) {
        SequencedMap<List<String>, Set<String>> fields = new LinkedHashMap<>();
        String present = known(protocol).map(Protocol::hash).orElse("");
        List<EvaluationRecord> run = evaluations.stream().filter(record -> record.protocol().equals(protocol)).toList();
        run.stream().filter(record -> record.hash().equals(present)).forEach(record -> add(fields, record));
        run.stream().filter(record -> !record.hash().equals(present)).forEach(record -> add(fields, record));
        Set<String> scored = new HashSet<>();
        run.forEach(record -> scored.add(record.field()));
        List<Group> groups = new ArrayList<>();
        fields.forEach((key, members) -> groups.add(new Group(protocol, key.get(0), key.get(1),
                predictions().stream().filter(field -> members.contains(field) || !scored.contains(field)).toList())));
        return groups;
    }

    private static void add(Map<List<String>, Set<String>> fields, EvaluationRecord record) {
        fields.computeIfAbsent(List.of(record.hash(), record.truth()), fresh -> new HashSet<>()).add(record.field());
    }

    private static Optional<Protocol> known(String name) {
        return Protocol.all().stream().filter(protocol -> protocol.name().equals(name)).findFirst();
    }

    private Report report(Group group) {
        List<Column> columns = columns(group);
        ReportBuilder builder = new ReportBuilder(heading(group, columns), columns, options.bootstrap());
        List<PredictionScores> whole = group.fields().stream().map(field -> scores(group, field, columns)).toList();
        builder.add(whole);
        options.slice().ifPresent(by -> slices(by, group.truth())
                .forEach((name, members) -> builder.addSlice(name, sliced(group, columns, members))));
        return builder.build();
    }

    private ReportHeading heading(Group group, List<Column> columns) {
        List<String> remarks = new ArrayList<>();
        pooled(group, columns).ifPresent(remarks::add);
        for (String field : group.fields()) {
            WarningFiles.read(dataset.folder(), field, group.protocol(), group.hash())
                    .forEach(warning -> remarks.add("Warning for " + field + ": " + warning + "."));
        }
        Optional<Protocol> known = known(group.protocol());
        if (group.hash().isEmpty()) {
            remarks.add("The definition of the protocol was not recorded.");
        } else if (known.isPresent() && !known.get().hash().equals(group.hash())) {
            remarks.add("The numbers were made with another definition of " + group.protocol()
                    + " than that of this version; they are not comparable with new ones.");
        }
        int tables = groups(group.protocol()).size();
        if (tables > 1) {
            remarks.add("One of " + tables + " tables of " + group.protocol()
                    + " with different definitions or truths; their numbers are not comparable.");
        }
        int size = dataset.size();
        String selection = (size == 1 ? "the only sample" : "all " + size + " samples")
                + options.slice().map(by -> ", sliced by " + by.label()).orElse("")
                + (group.truth().isEmpty() ? "" : ", truth " + group.truth());
        return new ReportHeading(dataset.name(), group.protocol(), group.hash(), selection, ProgramVersion.label(),
                remarks);
    }

    /** Returns the metrics of the protocol; of another definition than the present one, those that were stored. */
    private List<Column> columns(Group group) {
        Optional<Protocol> known = known(group.protocol());
        if (known.isPresent() && known.get().hash().equals(group.hash())) {
            return known.get().metrics().stream().map(metric -> Column.of(metric, known.get())).toList();
        }
        Optional<RecordedDefinition> recorded = recorded(group);
        List<Metric> metrics = recorded.map(RecordedDefinition::metrics).filter(list -> !list.isEmpty())
                .orElse(MapMetrics.withPixelwise());
        Quantity quantity = known.map(Protocol::quantity)
                .orElse(recorded.map(RecordedDefinition::quantity).orElse(Quantity.NUMBERS));
        return metrics.stream().filter(
                metric -> group.fields().stream().anyMatch(field -> numbers.containsKey(path(group, field, metric))))
                .map(metric -> Column.of(metric, quantity)).toList();
    }

    private Optional<RecordedDefinition> recorded(Group group) {
        return evaluations.stream()
                .filter(record -> record.protocol().equals(group.protocol()) && record.hash().equals(group.hash()))
                .findFirst().flatMap(record -> RecordedDefinition.of(record.definition()));
    }

    /** Returns a remark with the numbers over all pixels, for a protocol that pools them. */
    private Optional<String> pooled(Group group, List<Column> columns) {
        if (recorded(group).map(RecordedDefinition::pooling).orElse(Pooling.IMAGES) == Pooling.IMAGES) {
            return Optional.empty();
        }
        List<String> parts = new ArrayList<>();
        for (String field : group.fields()) {
            String prefix = field + "." + group.protocol() + ".";
            if (numbers.containsKey(prefix + ScoreNumbers.PIXELS)) {
                double[] pixels = dataset.values(prefix + ScoreNumbers.PIXELS);
                double[] logMeans = dataset.values(prefix + ScoreNumbers.LOG_MEAN);
                parts.add(field + " " + columns.stream()
                        .map(column -> column.title() + " " + column.format(column.metric()
                                .pooled(dataset.values(prefix + column.metric().key()), pixels, logMeans)))
                        .collect(Collectors.joining(", ")));
            }
        }
        return Optional.of("This protocol takes the mean over the pixels of all samples: " + String.join("; ", parts)
                + ". The table has the means of the samples.");
    }

    private static String path(Group group, String field, Metric metric) {
        return field + "." + group.protocol() + "." + metric.key();
    }

    private boolean isEvaluated(Group group, String field) {
        return evaluations.stream()
                .anyMatch(record -> record.field().equals(field) && record.protocol().equals(group.protocol()));
    }

    private Map<Metric, double[]> values(Group group, String field, List<Column> columns) {
        Map<Metric, double[]> values = new HashMap<>();
        for (Column column : columns) {
            String path = path(group, field, column.metric());
            if (numbers.containsKey(path)) {
                values.put(column.metric(), dataset.values(path));
            }
        }
        return values;
    }

    private PredictionScores scores(Group group, String field, List<Column> columns) {
        FieldSummary summary = dataset.field(field);
        PredictionScores scores = new PredictionScores(field, origin(field, summary), dataset.size(), 0,
                values(group, field, columns));
        long unscored = isEvaluated(group, field) ? summary.done() - scores.scored() : 0;
        return scores.withFailed(summary.failed() + unscored);
    }

    private Origin origin(String field, FieldSummary summary) {
        if (summary.done() == 0) {
            return Origin.UNKNOWN;
        }
        SequencedMap<Provenance, Integer> provenances = dataset.provenances(field);
        Provenance first = provenances.firstEntry().getKey();
        return new Origin(first.model(), first.revision(), first.weightsHash(), first.program(), provenances.size());
    }

    private SequencedMap<String, BitSet> slices(SliceBy by, String truth) {
        return slices.computeIfAbsent(truth, field -> SampleSlices.of(samples, by, field, progress, cancellation));
    }

    private List<PredictionScores> sliced(Group group, List<Column> columns, BitSet members) {
        List<PredictionScores> predictions = new ArrayList<>();
        int[] chosen = members.stream().toArray();
        for (String field : group.fields()) {
            Map<Metric, double[]> values = values(group, field, columns);
            values.replaceAll((metric, all) -> Arrays.stream(chosen).mapToDouble(i -> all[i]).toArray());
            PredictionScores scores = new PredictionScores(field, origin(field, dataset.field(field)), chosen.length, 0,
                    values);
            predictions.add(scores.withFailed(failed(group, field, scores, chosen)));
        }
        return predictions;
    }

    /** Counts the samples of a slice that failed, or were predicted and evaluated but have no score. */
    private long failed(Group group, String field, PredictionScores scores, int[] chosen) {
        Set<String> failures = new HashSet<>();
        for (Failure failure : dataset.failures(field)) {
            failures.add(failure.sampleId());
        }
        boolean evaluated = isEvaluated(group, field);
        long failed = 0;
        for (int i = 0; i < chosen.length; i++) {
            Sample sample = samples.get(chosen[i]);
            boolean unscored = evaluated && sample.hasPrediction(field) && !scores.isScored(i);
            failed += failures.contains(sample.id()) || unscored ? 1 : 0;
        }
        return failed;
    }
}
