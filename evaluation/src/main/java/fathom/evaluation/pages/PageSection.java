package fathom.evaluation.pages;

import java.util.List;

import fathom.evaluation.reports.Report;

/**
 * One report of a page.
 *
 * @param report the table
 * @param charts charts of its numbers
 * @param worst the samples with the worst scores
 */
public record PageSection(Report report, List<PageChart> charts, List<WorstSample> worst) {
    /** Copies the lists. */
    public PageSection {
        charts = List.copyOf(charts);
        worst = List.copyOf(worst);
    }
}
