/** JMH and whole-program comparisons, never shipped. */
@NullMarked
package fathom.benchmarks;

import org.jspecify.annotations.NullMarked;
