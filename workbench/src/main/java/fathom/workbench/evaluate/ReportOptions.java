package fathom.workbench.evaluate;

import java.util.Optional;

import fathom.evaluation.statistics.Bootstrap;

/**
 * The options of a report.
 *
 * @param slice the property of its slices; empty for all samples only
 * @param bootstrap how intervals are computed
 */
public record ReportOptions(Optional<SliceBy> slice, Bootstrap bootstrap) {
    /** All samples, {@link Bootstrap#DEFAULT}. */
    public static final ReportOptions DEFAULT = new ReportOptions(Optional.empty(), Bootstrap.DEFAULT);
}
