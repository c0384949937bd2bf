package fathom.cli;

import fathom.workbench.Parallelism;
import picocli.CommandLine.Option;

/** The options of commands that run a model over many pictures. */
final class ParallelismOption {
    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "1", description = "Pictures that a model of a service works on at the same time; a model that runs here takes them in turn (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1", description = "Pictures that a model which runs here takes together where they are of one size, at the price of memory (default: ${DEFAULT-VALUE}).")
    private int batch;

    Parallelism value() {
        return new Parallelism(concurrency, batch);
    }
}
