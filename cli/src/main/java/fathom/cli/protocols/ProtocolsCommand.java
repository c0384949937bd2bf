package fathom.cli.protocols;

import fathom.cli.console.CommandGroup;
import picocli.CommandLine.Command;

/** {@code fathom protocols}: lists, shows, compares and verifies evaluation protocols. */
@Command(name = "protocols", mixinStandardHelpOptions = true, header = "List, show, compare and verify the evaluation protocols.", synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {
        "  fathom protocols list", "  fathom protocols show nyu-eigen", "  fathom protocols diff kitti-garg mine.yaml",
        "  fathom protocols verify goldens/protocols"})
public final class ProtocolsCommand extends CommandGroup {
    /** Creates the command. */
    public ProtocolsCommand() {
        super(ProtocolsListCommand.class, ProtocolsShowCommand.class, ProtocolsDiffCommand.class,
                ProtocolsVerifyCommand.class);
    }
}
