/**
 * How fast Fathom is: JMH benchmarks of kernels, and {@link fathom.benchmarks.PeerComparison}, which runs Python programs
 * that do the same work side by side with ours. Never shipped, and no test of correctness: those live with the code. Figures
 * are ratios taken in one run on one machine; a figure of another day is not compared with them. How to run both, and what
 * was measured, is in the module's README.
 */
@NullMarked
package fathom.benchmarks;

import org.jspecify.annotations.NullMarked;
