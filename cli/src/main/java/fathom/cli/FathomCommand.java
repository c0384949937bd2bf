package fathom.cli;

import fathom.cli.console.CommandGroup;
import fathom.cli.datasets.DatasetsCommand;
import fathom.cli.models.ModelsCommand;
import fathom.cli.protocols.ProtocolsCommand;
import fathom.workbench.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;

/** The top-level command {@code fathom}: help, version and the list of commands. */
@Command(name = "fathom", mixinStandardHelpOptions = true, versionProvider = FathomCommand.Version.class, header = "A workbench for monocular depth estimation on the JVM.", description = {
        "", "Runs depth models on pictures and datasets, computes metrics, and shows the results in the browser.",
        ""}, synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {
                "  fathom quickstart                          complete example with sample rooms",
                "  fathom predict photo.jpg                   depth of one photograph",
                "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20",
                "  fathom apply sun --model fastdepth --field fastdepth",
                "  fathom evaluate sun --prediction fastdepth --protocol article-fixed",
                "  fathom app sun                             view the depth maps", "", "Exit codes:",
                "  0 success                    4 unknown or existing name",
                "  1 internal error             5 environment (disk, permission, network)",
                "  2 invalid command line       6 some samples failed",
                "  3 invalid data               130 interrupted", "", "Environment variables:",
                "  FATHOM_HOME          the folder of datasets and accepted licences; option --home",
                "                       (default: ~/.local/share/fathom)",
                "  FATHOM_CACHE         the folder of files that can be made or downloaded again",
                "                       (default: ~/.cache/fathom; `fathom cache list` shows it)",
                "  FATHOM_DEVICE        runs networks: cpu or cuda:N (default: cpu)",
                "  FATHOM_DEBUG         any value: print stack traces with errors",
                "  HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE …",
                "                       as in Python's huggingface_hub, whose cache is shared",
                "  REPLICATE_API_TOKEN  the access token for models of Replicate",
                "  HTTPS_PROXY, HTTP_PROXY, NO_PROXY", "                       proxies for downloads", "",
                "Nothing is sent, except by commands that download a model or use replicate:…."})
final class FathomCommand extends CommandGroup {
    /** Creates the command. */
    FathomCommand() {
        super(QuickstartCommand.class, PredictCommand.class, CompareCommand.class, DatasetsCommand.class,
                ApplyCommand.class, EvaluateCommand.class, OrderCommand.class, CalibrateCommand.class,
                ReportCommand.class, FigureCommand.class, AppCommand.class, ModelsCommand.class, CacheCommand.class,
                ProtocolsCommand.class, ReproduceCommand.class, WarmUpCommand.class);
    }

    /** Prints the versions of Fathom and Java. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{ProgramVersion.label(), "Java " + Runtime.version()};
        }
    }
}
