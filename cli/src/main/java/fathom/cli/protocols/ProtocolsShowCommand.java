package fathom.cli.protocols;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.TerminalText;
import fathom.cli.options.NamedProtocol;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom protocols show}. */
@Command(name = "show", mixinStandardHelpOptions = true, header = "Print what a protocol does, and its known errors.", footerHeading = "%nExamples:%n", footer = {
        "  fathom protocols show article", "  fathom protocols show nyu-eigen --json",
        "  fathom protocols show mine.yaml"})
public final class ProtocolsShowCommand implements Callable<Integer> {
    private static final int COLUMNS = 100;

    private final Console console;

    @Parameters(paramLabel = "P", description = "A name of `fathom protocols list`, or a YAML file.")
    private String protocol;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console where to print
     */
    public ProtocolsShowCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Protocol named = NamedProtocol.of(protocol);
        if (json.isRequested()) {
            JsonOutput.print(console.out(), ProtocolListing.of(named));
            return ExitCode.OK.code();
        }
        named.text().plain(COLUMNS).lines().forEach(line -> console.out().println(TerminalText.line(line)));
        List<String> sentences = named.sentences();
        if (!sentences.isEmpty()) {
            console.out().println();
            console.out().println("Steps");
            for (int i = 0; i < sentences.size(); i++) {
                console.out().println((i + 1) + ". " + sentences.get(i));
            }
        }
        console.out().println();
        console.out().println("Metrics");
        for (Metric metric : named.metrics()) {
            String unit = named.unit(metric);
            console.out().println("- " + metric.key() + (unit.isEmpty() ? "" : " (" + unit + ")") + ": "
                    + metric.formula() + ", " + metric.better().label() + " is better");
        }
        console.out().println();
        console.out().println("Hash " + named.hash());
        return ExitCode.OK.code();
    }
}
