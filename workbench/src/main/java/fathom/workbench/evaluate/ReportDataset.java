package fathom.workbench.evaluate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import fathom.datasets.Dataset;
import fathom.datasets.values.EvaluationRecord;
import fathom.datasets.values.FieldSummary;
import fathom.datasets.values.NumberSummary;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.reports.Report;

/** Reports of the scores stored in a dataset: tables of means, one per protocol. */
public final class ReportDataset {
    private ReportDataset() {}

    /**
     * Returns one report for each protocol that was run on a dataset.
     *
     * @param dataset the dataset
     * @return the reports, in the order of {@link Protocol#all()}
     */
    public static List<Report> all(Dataset dataset) {
        Set<String> run = new LinkedHashSet<>();
        for (EvaluationRecord evaluation : dataset.evaluations()) {
            run.add(evaluation.protocol());
        }
        return Protocol.all().stream().filter(protocol -> run.contains(protocol.name()))
                .map(protocol -> of(dataset, protocol)).toList();
    }

    /**
     * Returns the means of every prediction field under a protocol. A field without scores is a row without means.
     *
     * @param dataset the dataset
     * @param protocol the protocol
     * @return the report
     */
    public static Report of(Dataset dataset, Protocol protocol) {
        Map<String, NumberSummary> numbers = new HashMap<>();
        for (NumberSummary number : dataset.numberSummaries()) {
            numbers.put(number.path(), number);
        }
        List<Report.Row> rows = new ArrayList<>();
        for (FieldSummary field : dataset.fields()) {
            switch (field.type()) {
                case RGB, MEASURED -> {
                    // Not a prediction.
                }
                case PREDICTION -> rows.add(row(dataset, field, protocol, numbers));
            }
        }
        return new Report(dataset.name(), protocol.name(), protocol.metrics(), rows);
    }

    private static Report.Row row(Dataset dataset, FieldSummary field, Protocol protocol,
            Map<String, NumberSummary> numbers) {
        Map<Metric, Report.Mean> means = new TreeMap<>();
        long scored = 0;
        for (Metric metric : protocol.metrics()) {
            NumberSummary number = numbers.get(field.name() + "." + protocol.name() + "." + metric.key());
            if (number != null && number.count() > number.undefined()) {
                int defined = number.count() - number.undefined();
                means.put(metric, new Report.Mean(number.mean(), defined));
                scored = Math.max(scored, defined);
            }
        }
        String model = field.done() == 0 ? "" : dataset.provenances(field.name()).firstEntry().getKey().model();
        long unscored = field.done() - scored;
        boolean evaluated = dataset.evaluations().stream()
                .anyMatch(record -> record.field().equals(field.name()) && record.protocol().equals(protocol.name()));
        long failed = field.failed() + (evaluated ? unscored : 0);
        return new Report.Row(field.name(), model, scored, failed, dataset.size() - scored - failed, means);
    }
}
