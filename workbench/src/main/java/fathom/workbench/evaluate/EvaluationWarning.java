package fathom.workbench.evaluate;

import java.util.Map;

import fathom.evaluation.checks.Finding;
import fathom.evaluation.checks.Sureness;

/**
 * A probable mistake in the samples of an evaluation.
 *
 * @param kind the mistake: {@link fathom.evaluation.checks.FindingKind#label}
 * @param sureness how sure it is in the surest sample: {@link fathom.evaluation.checks.Sureness#label}
 * @param samples the number of samples that have it
 * @param checked the number of samples that were checked
 * @param sample the name of the surest sample, the first one of several; empty for two files
 * @param numbers the numbers of that sample, by name
 * @param words what was found in that sample
 */
public record EvaluationWarning(String kind, String sureness, int samples, int checked, String sample,
        Map<String, Double> numbers, String words) {
    static EvaluationWarning of(Finding finding, int samples, int checked, String sample) {
        return new EvaluationWarning(finding.kind().label(), finding.sureness().label(), samples, checked, sample,
                finding.numbers(), finding.words());
    }

    /** {@return whether it is sure enough to be displayed; correct data often has the others too} */
    public boolean isDisplayed() {
        return !sureness.equals(Sureness.LOW.label());
    }

    /** {@return the warning in one line, for display} */
    public String text() {
        return words + " (" + kind + ", " + sureness + " sureness"
                + (sample.isEmpty()
                        ? ""
                        : ", " + samples + " of " + checked + " checked samples, for example " + sample)
                + ")";
    }
}
