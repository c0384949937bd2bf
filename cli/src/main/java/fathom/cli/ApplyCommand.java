package fathom.cli;

import java.io.IOException;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.RemedyText;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.cli.options.ModelChoice;
import fathom.cli.options.ParallelismOption;
import fathom.datasets.Dataset;
import fathom.datasets.values.Failure;
import fathom.inference.DepthEstimator;
import fathom.workbench.Parallelism;
import fathom.workbench.predict.ApplyModel;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom apply}: runs a model over a dataset; can be resumed. */
@Command(name = "apply", mixinStandardHelpOptions = true, header = "Run a model over a dataset and store its depth maps.", description = {
        "",
        "Samples that already have a prediction are skipped. To resume an interrupted run, run the same command again. If "
                + "a sample fails, its reason is recorded and the run continues.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom apply sun --model fastdepth --field fastdepth",
                "  fathom apply sun --model checkpoints/dpt-hybrid-midas --field dpt",
                "  fathom apply sun --model floor --field floor --redo",
                "  fathom apply sun --model marigold-folder --field marigold --steps 4 --ensemble 3 --seed 1",
                "  fathom apply sun --model replicate:adirik/marigold --field remote --dry-run",
                "  fathom apply sun --model replicate:adirik/marigold --field remote --concurrency 4"})
final class ApplyCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--field", required = true, paramLabel = "NAME", description = "The field to store the predictions in.")
    private String field;

    @Option(names = "--redo", description = "Delete the predictions, metrics and failures of the field first.")
    private boolean redo;

    @Option(names = "--dry-run", description = "Print the number of samples to predict and of calls to a remote service, and exit. Nothing is run or requested.")
    private boolean dryRun;

    @Mixin
    private ModelChoice model;

    @Mixin
    private ParallelismOption parallelism;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    ApplyCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (dryRun) {
            return plan();
        }
        Parallelism parallel = parallelism.value();
        ConsoleProgress progress = new ConsoleProgress(console);
        try (Dataset opened = home.datasets().open(dataset);
                DepthEstimator estimator = resumedModel(opened).open(console, home.path(), progress)) {
            if (redo && opened.fields().stream().anyMatch(summary -> summary.name().equals(field))) {
                opened.deletePredictions(field);
            }
            int before = opened.field(field).done();
            if (before > 0 && !json.isRequested()) {
                console.err().println(
                        "Resuming field " + field + ": " + before + " of " + opened.size() + " samples are done.");
            }
            estimator.warnings().forEach(warning -> console.err().println("warning: " + warning));
            estimator.remedies().forEach(remedy -> console.err().println("  " + RemedyText.of(remedy)));
            ApplyModel.Outcome outcome = Interruption
                    .around(cancellation -> ApplyModel.run(opened, estimator, field, parallel, progress, cancellation));
            print(opened, outcome);
            return (outcome.failures().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).code();
        }
    }

    /**
     * Returns the model. If no version of a remote model is specified, and the field has predictions, the version that made
     * them is used.
     */
    private ModelChoice resumedModel(Dataset opened) {
        if (!redo) {
            model.resumeVersion(opened, field).filter(version -> !json.isRequested())
                    .ifPresent(version -> console.err().println("Field " + field + " continues with version " + version
                            + " of the model; for the newest version use another field or --redo."));
        }
        return model;
    }

    private int plan() throws IOException {
        try (Dataset opened = home.datasets().openReadOnly(dataset);
                DepthEstimator estimator = resumedModel(opened).openToDescribe(console, home.path())) {
            ApplyModel.Plan plan = ApplyModel.plan(opened, estimator, field, redo);
            if (json.isRequested()) {
                JsonOutput.print(console.out(), plan);
                return ExitCode.OK.code();
            }
            console.out().printf(Locale.ROOT, "%s on %s, field %s: %d of %d samples to predict, %d done%s; %s%n",
                    plan.model(), dataset, field, plan.open(), plan.samples(), plan.done(),
                    plan.failed() == 0 ? "" : ", " + plan.failed() + " of them failed before",
                    estimator.isRemote()
                            ? plan.calls() + " calls of the service, which can be billed"
                            : "no calls of a remote service");
            return ExitCode.OK.code();
        }
    }

    private static String threads(OptionalInt threads) {
        return threads.isEmpty() ? "" : ", " + threads.getAsInt() + (threads.getAsInt() == 1 ? " thread" : " threads");
    }

    private void print(Dataset opened, ApplyModel.Outcome outcome) {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), outcome);
            return;
        }
        console.out().printf(Locale.ROOT,
                "%s: %d predicted, %d done before, %d failed, of %d samples in %.1f s (model busy %.0f %%%s)%n", field,
                outcome.stored(), outcome.done(), outcome.failures().size(), opened.size(), outcome.seconds(),
                100 * outcome.busy(), threads(outcome.threads()));
        for (Failure failure : outcome.failures()) {
            console.err().println("  failed: " + TerminalText.line(failure.sampleName() + ": " + failure.reason()));
        }
        outcome.remedies().forEach(remedy -> console.err().println(RemedyText.of(remedy)));
        if (!outcome.failures().isEmpty()) {
            console.err()
                    .println("Fix the problem and run the same command again; only the failed samples are retried.");
        }
    }
}
