package fathom.cli.protocols;

import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.evaluation.protocols.Protocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code fathom protocols list}. */
@Command(name = "list", mixinStandardHelpOptions = true, header = "List the protocols.", footerHeading = "%nExamples:%n", footer = {
        "  fathom protocols list", "  fathom protocols list --json"})
public final class ProtocolsListCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console where to print
     */
    public ProtocolsListCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        if (json.isRequested()) {
            JsonOutput.print(console.out(), Protocol.all().stream().map(ProtocolListing::of).toList());
            return ExitCode.OK.code();
        }
        Table table = new Table("protocol", "description");
        for (Protocol protocol : Protocol.all()) {
            table.row(protocol.name(), protocol.text().title().substring(protocol.name().length() + 2));
        }
        console.out().print(table);
        return ExitCode.OK.code();
    }
}
