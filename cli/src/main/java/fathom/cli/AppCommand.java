package fathom.cli;

import java.util.concurrent.Callable;

import fathom.datasets.Datasets;
import fathom.server.AppOptions;
import fathom.server.AppServer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom app}: the page. */
@Command(name = "app", mixinStandardHelpOptions = true, header = "Look at datasets in the browser.", description = {"",
        "Serves until Ctrl-C, to this machine only, and only to who has the printed address with its token. From "
                + "another machine: ssh -L 5151:127.0.0.1:5151 HOST, then open the printed address there.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom app", "  fathom app sun",
                "  fathom app sun --no-open --port 8080"})
final class AppCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(arity = "0..1", paramLabel = "DATASET", description = "The dataset to show first.")
    private @Nullable String dataset;

    @Option(names = "--port", paramLabel = "P", description = "Exactly this port (default: 5151, or the next free one).")
    private @Nullable Integer port;

    @Option(names = "--host", paramLabel = "ADDRESS", defaultValue = "127.0.0.1", description = "Listen on this address; anything but a loopback address opens the page to the network, to whoever has "
            + "the token (default: ${DEFAULT-VALUE}).")
    private String host;

    @Option(names = "--no-open", description = "Do not open a browser.")
    private boolean closed;

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
        serve(console, options, !closed);
        return ExitCode.OK.code();
    }

    /** Serves until the process is asked to stop. */
    static void serve(Console console, AppOptions options, boolean open) throws Exception {
        try (AppServer server = AppServer.start(options)) {
            console.out().println("Fathom is at " + server.url());
            console.err().println("Ctrl-C stops it.");
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
