package fathom.cli.datasets;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.TerminalText;
import fathom.cli.options.HomeOption;
import fathom.cli.options.PgmOrderOption;
import fathom.datasets.depth.DepthLimits;
import fathom.datasets.readers.DepthSource;
import fathom.datasets.readers.ImportOptions;
import fathom.datasets.readers.ImportReport;
import fathom.datasets.readers.Scene;
import fathom.datasets.readers.SceneReaders;
import fathom.workbench.importing.ImportScenes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets import}: imports scenes of an RGB-D layout as a dataset. */
@Command(name = "import", mixinStandardHelpOptions = true, header = "Import scenes with measured depth as a dataset.", description = {
        "",
        "Pictures and depth maps are referenced, not copied. Scenes are sorted by name. Invalid scenes are reported and "
                + "skipped.",
        "", "sunrgbd  SUN RGB-D: the complete dataset, a subfolder such as kv1/NYUdata, or one scene folder",
        "pairs    a folder of pictures and a folder of depth maps; --scale defines the unit of depth. Names, then timestamps tell "
                + "which belong together; the file pairs.csv in the folder of the dataset lists every pair and its rule",
        ""}, footerHeading = "%nExamples:%n", footer = {
                "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20",
                "  fathom datasets import sunrgbd SUNRGBD/kv1/NYUdata --name nyu --depth raw",
                "  fathom datasets import pairs office --name office --scale 1000",
                "  fathom datasets import pairs . --name x --rgb color --depths depth --scale 5000 --intrinsics K.txt",
                "  fathom datasets import pairs nyu_raw --name raw --pgm-order little",
                "  fathom datasets import pairs scans --name scans --scale 1000 --missing 65535,65534"})
public final class DatasetsImportCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "LAYOUT", description = "sunrgbd or pairs.")
    private String layout;

    @Parameters(index = "1", paramLabel = "SRC", description = "The folder to import.")
    private Path source;

    @Option(names = "--name", required = true, paramLabel = "N", description = "The new dataset's name.")
    private String name;

    @Option(names = "--limit", paramLabel = "K", description = "Import only the first K scenes (default: all).")
    private @Nullable Integer limit;

    @Option(names = "--depth", paramLabel = "WHICH", description = "raw or filled, if the layout has both (default: filled).")
    private @Nullable DepthSource depth;

    @Option(names = "--scale", paramLabel = "S", description = "Units of the depth files per metre, for pairs: 1000 for millimetres, 5000 for TUM, 256 for KITTI.")
    private @Nullable Double scale;

    @Option(names = "--rgb", paramLabel = "DIR", description = "Folder of the pictures, for pairs.")
    private @Nullable Path rgb;

    @Option(names = "--depths", paramLabel = "DIR", description = "Folder of the depth maps, for pairs.")
    private @Nullable Path depths;

    @Option(names = "--intrinsics", paramLabel = "FILE", description = "Intrinsics of all scenes, in pixels of the pictures: a 3x3, 3x4 or 4x4 matrix, or fx fy cx cy with or without width and height, as text, JSON, NPY or NPZ.")
    private @Nullable Path intrinsics;

    @Option(names = "--min-depth", paramLabel = "M", description = "Mask depth below this value, in metres (default: the limit of the layout).")
    private @Nullable Double minDepth;

    @Option(names = "--max-depth", paramLabel = "M", description = "Mask depth above this value, in metres (default: the limit of the layout).")
    private @Nullable Double maxDepth;

    @Option(names = "--missing", paramLabel = "CODE", split = ",", description = "Numbers as stored in the depth files that mean no measurement, in addition to 0, such as 65535.")
    private List<Double> missing = new ArrayList<>();

    @Option(names = "--max-time-difference", paramLabel = "SECONDS", description = "The largest difference of the timestamps of a picture and a depth map, for pairs (default: 0.02).")
    private @Nullable Double timeLimit;
    @Option(names = "--array", paramLabel = "NAME", description = "Array to read from NPZ depth files with several maps, for pairs.")
    private @Nullable String array;

    @Mixin
    private PgmOrderOption order;

    @Mixin
    private HomeOption home;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsImportCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        ImportOptions options = new ImportOptions(limit == null ? OptionalInt.empty() : OptionalInt.of(limit),
                Optional.ofNullable(depth), scale == null ? OptionalDouble.empty() : OptionalDouble.of(scale),
                Optional.ofNullable(rgb), Optional.ofNullable(depths), Optional.ofNullable(intrinsics), limits(),
                missing, timeLimit == null ? OptionalDouble.empty() : OptionalDouble.of(timeLimit),
                order.reading(array));
        ImportReport report = Interruption.around(cancellation -> ImportScenes.run(home.datasets(), name,
                SceneReaders.named(layout), source, options, new ConsoleProgress(console), cancellation));
        if (json.isRequested()) {
            JsonOutput.print(console.out(), report);
        } else {
            print(report);
        }
        return (report.skipped().isEmpty() ? ExitCode.OK : ExitCode.PARTIAL).code();
    }

    private Optional<DepthLimits> limits() {
        if (minDepth == null && maxDepth == null) {
            return Optional.empty();
        }
        return Optional.of(new DepthLimits(minDepth == null ? DepthLimits.NONE.nearestMetres() : minDepth,
                maxDepth == null ? DepthLimits.NONE.farthestMetres() : maxDepth));
    }

    private void print(ImportReport report) {
        console.out().printf(Locale.ROOT, "Dataset %s: %d scenes imported, %d skipped.%n", report.dataset(),
                report.imported(), report.skipped().size());
        report.notes().forEach(note -> console.err().println("  " + TerminalText.line(note)));
        report.warnings().forEach(warning -> console.err().println("  warning: " + TerminalText.line(warning)));
        for (Scene.Unusable skipped : report.skipped()) {
            console.err().println("  skipped: " + TerminalText.line(skipped.name() + ": " + skipped.reason()));
        }
    }
}
