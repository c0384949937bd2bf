package fathom.cli;

import fathom.workbench.ProgramVersion;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code fathom} itself: help, version and the list of commands. */
@Command(name = "fathom", mixinStandardHelpOptions = true, versionProvider = FathomCommand.Version.class, header = "The monocular-depth workbench of the JVM.", description = {
        "", "How far away is everything in a photograph, and which depth model is to be trusted?",
        ""}, synopsisSubcommandLabel = "COMMAND", subcommands = {QuickstartCommand.class, PredictCommand.class,
                CompareCommand.class, DatasetsCommand.class,
                ApplyCommand.class, EvaluateCommand.class, ReportCommand.class, FigureCommand.class, AppCommand.class,
                ModelsCommand.class, CacheCommand.class,
                ProtocolsCommand.class, WarmUpCommand.class}, footerHeading = "%nExamples:%n", footer = {
                        "  fathom quickstart                          the whole job, on sample rooms",
                        "  fathom predict photo.jpg                   depth of one photograph",
                        "  fathom datasets import sunrgbd SUNRGBD --name sun --limit 20",
                        "  fathom apply sun --model fastdepth --field fastdepth",
                        "  fathom evaluate sun --prediction fastdepth --truth gt --protocol article-fixed",
                        "  fathom app sun                             look at the depth maps", "",
                        "Exit codes: 0 done, 1 a defect of Fathom, 2 usage, 3 bad data, 4 an unknown or taken name,",
                        "5 the environment (disk, permission, port), 6 done but for samples that failed, 130 interrupted.",
                        "",
                        "Environment variables:",
                        "  FATHOM_HOME          the folder of datasets and accepted licences",
                        "                       (default: ~/.local/share/fathom; `--home` of each command)",
                        "  FATHOM_CACHE         the folder of all that can be made or downloaded again",
                        "                       (default: ~/.cache/fathom; `fathom cache list` shows it)",
                        "  FATHOM_DEVICE        what networks run on: cpu or cuda:N (default: cpu)",
                        "  FATHOM_DEBUG         set to anything: print stack traces with errors",
                        "  HF_HOME, HF_HUB_CACHE, HF_TOKEN, HF_ENDPOINT, HF_HUB_OFFLINE …",
                        "                       as in Python's huggingface_hub, whose cache is shared",
                        "  REPLICATE_API_TOKEN  the access token for models of Replicate",
                        "  HTTPS_PROXY, HTTP_PROXY, NO_PROXY",
                        "                       proxies for downloads",
                        "",
                        "Nothing is sent, except by commands that download a model or use replicate:…, to where it is."})
final class FathomCommand implements Runnable {
    private final Console console;

    @Spec
    private CommandSpec spec;

    FathomCommand(Console console) {
        this.console = console;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? One of the list below.");
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
