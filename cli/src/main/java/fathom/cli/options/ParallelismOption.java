package fathom.cli.options;

import fathom.workbench.Parallelism;
import picocli.CommandLine.Option;

/** Options of commands that run a model over many pictures: concurrent remote calls and batch size. */
public final class ParallelismOption {
    @Option(names = "--concurrency", paramLabel = "N", defaultValue = "1", description = "Number of concurrent calls of a remote model; local models run one picture or batch at a time (default: ${DEFAULT-VALUE}).")
    private int concurrency;

    @Option(names = "--batch", paramLabel = "N", defaultValue = "1", description = "Maximum number of pictures of the same size per run of a local model; more need more memory (default: ${DEFAULT-VALUE}).")
    private int batch;

    /** {@return the options as a value} */
    public Parallelism value() {
        return new Parallelism(concurrency, batch);
    }
}
