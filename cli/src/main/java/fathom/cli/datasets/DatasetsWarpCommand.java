package fathom.cli.datasets;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.datasets.Dataset;
import fathom.workbench.warp.WarpDataset;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets warp}: a dataset as a centred pinhole camera of one size sees it. */
@Command(name = "warp", mixinStandardHelpOptions = true, header = "Render a dataset for a centred pinhole camera of one size.", description = {
        "",
        "Pictures and measured depth are turned and resized as in the evaluation of MoGe, whose sizes are 640x480 (NYU, iBims-1), "
                + "750x375 (KITTI), 2048x1365 (ETH3D), 1024x768 (DIODE), 872x436 (Sintel). Every sample needs a camera. Apply "
                + "models to the new dataset and evaluate them with the protocol moge-eval.",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom datasets warp nyu --name nyu-moge --size 640x480 --out nyu-moge",
                "  fathom evaluate nyu-moge --prediction moge --protocol moge-eval"})
public final class DatasetsWarpCommand implements Callable<Integer> {
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{0,4})x([1-9][0-9]{0,4})");

    private final Console console;

    @Parameters(paramLabel = "DATASET", description = "The dataset's name.")
    private String dataset;

    @Option(names = "--name", required = true, paramLabel = "NAME", description = "The name of the new dataset.")
    private String name;

    @Option(names = "--size", required = true, paramLabel = "WxH", description = "Width and height of the new pictures.")
    private String size;

    @Option(names = "--out", required = true, paramLabel = "FOLDER", description = "The folder for pictures and depth maps; created if missing.")
    private Path out;

    @Option(names = "--truth", paramLabel = "FIELD", defaultValue = "gt", description = "The field of measured depth (default: ${DEFAULT-VALUE}).")
    private String truth;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsWarpCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Matcher sides = SIZE.matcher(size);
        if (!sides.matches()) {
            throw new IllegalArgumentException("--size: expected width and height such as 640x480, found " + size);
        }
        WarpDataset.Options options = new WarpDataset.Options(truth, Integer.parseInt(sides.group(2)),
                Integer.parseInt(sides.group(1)), out.toAbsolutePath().normalize());
        try (Dataset opened = home.datasets().openReadOnly(dataset)) {
            WarpDataset.Outcome outcome = Interruption.around(cancellation -> WarpDataset.run(home.datasets(), opened,
                    name, options, new ConsoleProgress(console), cancellation));
            if (json.isRequested()) {
                JsonOutput.print(console.out(), outcome);
            } else {
                console.out().println(outcome.samples() + " of " + opened.size() + " samples are in the dataset "
                        + TerminalText.line(name));
                outcome.skipped().forEach(skipped -> console.err()
                        .println("  left out: " + TerminalText.line(skipped.sample() + ": " + skipped.reason())));
            }
            return (outcome.skipped().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).code();
        }
    }
}
