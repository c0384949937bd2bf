/** JMH and whole-program comparisons, never shipped; see the package. */
module fathom.benchmarks {
    requires static transitive org.jspecify;

}
