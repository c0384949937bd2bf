package fathom.evaluation.statistics;

import java.util.Optional;

/**
 * The mean and the median of one number per sample, with confidence intervals.
 *
 * @param samples number of samples
 * @param mean the arithmetic mean; infinite if a value is, NaN if infinite values have both signs
 * @param median the middle value, or the mean of the two middle values
 * @param meanInterval the interval of the mean; empty if there is only one sample or the mean is undefined
 * @param medianInterval the interval of the median; empty if there is only one sample or it is undefined
 * @see Bootstrap
 */
public record Summary(long samples, double mean, double median, Optional<Interval> meanInterval,
        Optional<Interval> medianInterval) {}
