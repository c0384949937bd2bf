package fathom.cli.protocols;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.options.NamedProtocol;
import fathom.evaluation.protocols.Protocol;
import fathom.evaluation.protocols.ProtocolDifference;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code fathom protocols diff}. */
@Command(name = "diff", mixinStandardHelpOptions = true, header = "Print the settings in which two protocols differ.", footerHeading = "%nExamples:%n", footer = {
        "  fathom protocols diff nyu-eigen zoedepth", "  fathom protocols diff kitti-garg mine.yaml --json"})
public final class ProtocolsDiffCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(index = "0", paramLabel = "A", description = "A name of `fathom protocols list`, or a YAML file.")
    private String first;

    @Parameters(index = "1", paramLabel = "B", description = "Another one.")
    private String second;

    @Mixin
    private JsonOutput json;

    /**
     * Creates the command.
     *
     * @param console where to print
     */
    public ProtocolsDiffCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() throws IOException {
        Protocol one = NamedProtocol.of(first);
        Protocol two = NamedProtocol.of(second);
        List<ProtocolDifference> differences = ProtocolDifference.between(one, two);
        if (json.isRequested()) {
            JsonOutput.print(console.out(), differences);
            return ExitCode.OK.code();
        }
        if (differences.isEmpty()) {
            console.out().println(one.name() + " and " + two.name() + " have the same definition.");
            return ExitCode.OK.code();
        }
        Table table = new Table("setting", one.name(), two.name());
        differences.forEach(
                difference -> table.row(difference.setting(), shown(difference.first()), shown(difference.second())));
        console.out().print(table);
        return ExitCode.OK.code();
    }

    private static String shown(String value) {
        return value.isEmpty() ? "–" : value;
    }
}
