package fathom.cli.datasets;

import java.nio.file.Path;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.rooms.Rooms;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom datasets rooms}: renders sample rooms in the layout of SUN RGB-D. */
@Command(name = "rooms", mixinStandardHelpOptions = true, header = "Render sample scenes: furnished rooms with exact depth.", description = {
        "",
        "Rooms are rendered on all cores and written in the layout of SUN RGB-D, with its bit rotation: a raw depth map "
                + "with the holes of a sensor, and an exact one. The same seed produces the same files. Existing rooms are not "
                + "rendered again.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom datasets rooms --count 20 --seed 7 rooms",
                "  fathom datasets import sunrgbd rooms --name rooms"})
public final class DatasetsRoomsCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "OUT", description = "The folder to write to; created if missing.")
    private Path out;

    @Option(names = "--count", paramLabel = "N", defaultValue = "20", description = "Number of rooms (default: ${DEFAULT-VALUE}).")
    private int count;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "7", description = "Seed of the random rooms (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public DatasetsRoomsCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        if (count < 1) {
            throw new IllegalArgumentException("--count: expected at least 1, found " + count);
        }
        ConsoleProgress progress = new ConsoleProgress(console);
        progress.start("Rendering rooms", count);
        try {
            Rooms.write(out, count, seed, progress::advance);
        } finally {
            progress.finish();
        }
        if (json.isRequested()) {
            JsonOutput.print(console.out(), new Rendered(out.toString(), count, seed));
        } else {
            console.out().println(count + " rooms are stored in " + out + ". Next: fathom datasets import sunrgbd "
                    + out + " --name rooms");
        }
        return ExitCode.OK.code();
    }

    /** The JSON output. */
    record Rendered(String folder, int count, long seed) {}
}
