/**
 * How certain the mean of a metric over samples is, and whether two models differ: bootstrap intervals, paired tests,
 * correction for many comparisons. Everything is computed from one number per sample, with a stated seed.
 */
@NullMarked
package fathom.evaluation.statistics;

import org.jspecify.annotations.NullMarked;
