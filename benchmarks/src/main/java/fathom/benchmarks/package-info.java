/**
 * Benchmarks of Fathom: JMH benchmarks of kernels, and {@link fathom.benchmarks.PeerComparison}, which compares Fathom with
 * Python programs that do the same work. They are not distributed and do not test correctness. Results are ratios measured
 * in one run on one machine; do not compare them with results of another run. The README of the module describes how to run
 * them, and the measurements.
 */
@NullMarked
package fathom.benchmarks;

import org.jspecify.annotations.NullMarked;
