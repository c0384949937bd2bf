package fathom.cli.protocols;

import java.util.concurrent.Callable;

import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.evaluation.protocols.ProtocolSchema;
import picocli.CommandLine.Command;

/** {@code fathom protocols schema}. */
@Command(name = "schema", mixinStandardHelpOptions = true, header = "Print the JSON Schema of protocol files.", description = {
        "", "Editors use it to complete and check a YAML file.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom protocols schema > protocol.schema.json"})
public final class ProtocolsSchemaCommand implements Callable<Integer> {
    private final Console console;

    /**
     * Creates the command.
     *
     * @param console where to print
     */
    public ProtocolsSchemaCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        JsonOutput.print(console.out(), ProtocolSchema.json());
        return ExitCode.OK.code();
    }
}
