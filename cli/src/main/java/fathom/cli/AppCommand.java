package fathom.cli;

import java.util.concurrent.Callable;

import fathom.cli.console.Browser;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.Interruption;
import fathom.cli.options.HomeOption;
import fathom.datasets.Datasets;
import fathom.server.AppOptions;
import fathom.server.AppServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom app}: serves the App. */
@Command(name = "app", mixinStandardHelpOptions = true, header = "View datasets in the browser.", description = {"",
        "Runs until Ctrl-C. The App listens on localhost and requires the token in the printed address. To use it from "
                + "another machine: ssh -L 5151:127.0.0.1:5151 HOST, then open the printed address there.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom app", "  fathom app sun",
                "  fathom app sun --no-open --port 8080"})
final class AppCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "The dataset to open first (default: a list to choose from).")
    private @Nullable String dataset;

    @Option(names = "--port", paramLabel = "P", description = "The port to listen on (default: 5151, or the next free port).")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "The address to listen on. With any address other than a loopback address, everyone on the network with the "
            + "token can open the App (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--no-open", description = "Do not open a browser.")
    private boolean noOpen;

    @Mixin
    private HomeOption home;

    AppCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws Exception {
        Datasets datasets = home.datasets();
        AppOptions options = AppOptions.of(datasets).withHost(host);
        if (dataset != null) {
            options = options.withDataset(dataset);
        }
        if (port != null) {
            options = options.withPort(port);
        }
        serve(console, options, !noOpen);
        return ExitCode.OK.code();
    }

    /** Serves the App until the process is asked to stop. */
    static void serve(Console console, AppOptions options, boolean open) throws Exception {
        try (AppServer server = AppServer.start(options)) {
            console.out().println("Fathom App: " + server.url());
            console.err().println("Press Ctrl-C to stop.");
            if (open) {
                Browser.open(server.url());
            }
            Interruption.around(cancellation -> {
                while (!cancellation.isRequested()) {
                    Thread.sleep(100);
                }
                return server;
            });
        }
    }
}
