package fathom.cli;

import fathom.workbench.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code fathom} itself: help, version and the list of commands. */
@Command(name = "fathom", mixinStandardHelpOptions = true, versionProvider = FathomCommand.Version.class, header = "A workbench for monocular depth estimation on the JVM.", description = {
        "", "Runs depth models on pictures and datasets, computes metrics, and shows the results in the browser.",
        ""}, synopsisSubcommandLabel = "COMMAND", subcommands = {QuickstartCommand.class, PredictCommand.class,
                CompareCommand.class, DatasetsCommand.class,
                ApplyCommand.class, EvaluateCommand.class, ReportCommand.class, FigureCommand.class, AppCommand.class,
                ModelsCommand.class,
                ProtocolsCommand.class, WarmUpCommand.class}, footerHeading = "%nExamples:%n", footer = {
                        "  fathom quickstart                          complete example with sample rooms",
                        "  fathom predict photo.jpg                   depth of one photograph",
                        "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20",
                        "  fathom apply sun --model fastdepth --field fastdepth",
                        "  fathom evaluate sun --prediction fastdepth --truth gt --protocol article-fixed",
                        "  fathom app sun                             view the depth maps", "",
                        "Exit codes: 0 success, 1 internal error, 2 usage, 3 invalid data, 4 unknown or existing name,",
                        "5 environment (disk, permission, port), 6 some samples failed, 130 interrupted.",
                        "",
                        "Environment: FATHOM_HOME, the folder of datasets and caches; FATHOM_DEBUG, print stack traces;",
                        "REPLICATE_API_TOKEN, the access token for models of Replicate."})
final class FathomCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    FathomCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Missing command. Choose one from the list below.");
    }

    Console console() {
        return console;
    }

    /** What {@code --version} prints. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{ProgramVersion.label(), "Java " + Runtime.version()};
        }
    }
}
