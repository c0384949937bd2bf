package fathom.cli;

import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.CommandGroup;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.evaluation.metrics.Metric;
import fathom.evaluation.protocols.Protocol;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom protocols}: lists and shows evaluation protocols and their known errors. */
@Command(name = "protocols", mixinStandardHelpOptions = true, header = "List and show the evaluation protocols.", synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {
        "  fathom protocols list", "  fathom protocols show article"})
final class ProtocolsCommand extends CommandGroup {
    /** Creates the command. */
    ProtocolsCommand() {
        super(ListCommand.class, ShowCommand.class);
    }

    /** One protocol in the JSON output. */
    record Listing(String name, List<String> metrics, String text) {
        static Listing of(Protocol protocol) {
            return new Listing(protocol.name(), protocol.metrics().stream().map(Metric::key).toList(),
                    protocol.text().plain(80));
        }
    }

    /** {@code fathom protocols list}. */
    @Command(name = "list", mixinStandardHelpOptions = true, header = "List the protocols.", footerHeading = "%nExamples:%n", footer = {
            "  fathom protocols list", "  fathom protocols list --json"})
    static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Mixin
        private JsonOutput json;

        ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            if (json.isRequested()) {
                JsonOutput.print(console.out(), Protocol.all().stream().map(Listing::of).toList());
                return ExitCode.OK.code();
            }
            Table table = new Table("protocol", "metrics", "description");
            for (Protocol protocol : Protocol.all()) {
                table.row(protocol.name(), String.join(", ", Listing.of(protocol).metrics()),
                        protocol.text().title().substring(protocol.name().length() + 2));
            }
            console.out().print(table);
            return ExitCode.OK.code();
        }
    }

    /** {@code fathom protocols show}. */
    @Command(name = "show", mixinStandardHelpOptions = true, header = "Print the definition and the known errors of a protocol.", footerHeading = "%nExamples:%n", footer = {
            "  fathom protocols show article", "  fathom protocols show article-fixed --json"})
    static final class ShowCommand implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "P", description = "The protocol's name, as printed by `fathom protocols list`.")
        private String protocol;

        @Mixin
        private JsonOutput json;

        ShowCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() {
            Protocol named = Protocol.named(protocol);
            if (json.isRequested()) {
                JsonOutput.print(console.out(), Listing.of(named));
            } else {
                console.out().print(named.text().plain(100));
            }
            return ExitCode.OK.code();
        }
    }
}
