package fathom.cli.models;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import fathom.cli.console.CommandGroup;
import fathom.cli.console.Console;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.RemedyText;
import fathom.cli.console.Table;
import fathom.cli.options.HomeOption;
import fathom.cli.options.ModelChoice;
import fathom.graph.Port;
import fathom.hub.HubCache;
import fathom.hub.HubSettings;
import fathom.inference.DepthEstimator;
import fathom.models.ModelDescription;
import fathom.models.catalogue.Catalogue;
import fathom.models.catalogue.HubModel;
import fathom.models.catalogue.HubModels;
import fathom.weights.DerivedFiles;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom models}: lists, describes, measures, downloads and removes models. */
@Command(name = "models", mixinStandardHelpOptions = true, header = "List, describe, measure, download and remove models.", synopsisSubcommandLabel = "COMMAND", footerHeading = "%nExamples:%n", footer = {
        "  fathom models list", "  fathom models info Intel/dpt-large", "  fathom models pull Intel/dpt-large",
        "  fathom models remove Intel/dpt-large"})
public final class ModelsCommand extends CommandGroup {
    /** Creates the command. */
    public ModelsCommand() {
        super(ListCommand.class, InfoCommand.class, ModelsBenchCommand.class, ModelsPullCommand.class,
                ModelsRemoveCommand.class);
    }

    /** One model of the list in the JSON output. */
    record Listing(String name, String description, String licence, String citation) {}

    /**
     * A model in the JSON output.
     *
     * @param model its description
     * @param options its model-specific options: key and description
     * @param warnings limitations that users need to know
     * @param inputs the input ports of an ONNX file; otherwise empty
     * @param outputs the output ports of an ONNX file; otherwise empty
     */
    record Information(ModelDescription model, Map<String, String> options, List<String> warnings, List<Port> inputs,
            List<Port> outputs) {}

    /** Returns the repositories in the Hub's cache. */
    static Set<String> cached(Console console) throws IOException {
        HubSettings settings = ModelsPullCommand.settings(console);
        return new HubCache(settings.cache(), settings.symbolicLinks()).repositories().stream()
                .map(HubCache.CachedRepository::id).collect(Collectors.toSet());
    }

    /** {@code fathom models list}: lists the known models. */
    @Command(name = "list", mixinStandardHelpOptions = true, header = "List the known models.", description = {"",
            "A checkpoint folder (config.json and weights), an .onnx file or any owner/name of the Hub is a model too.",
            ""}, footerHeading = "%nExamples:%n", footer = {"  fathom models list", "  fathom models list --json",
                    "  fathom models list --markdown           the table of docs/models.md"})
    public static final class ListCommand implements Callable<Integer> {
        private final Console console;

        @Option(names = "--markdown", description = "Print a Markdown table with parameters, licences and published scores.")
        private boolean markdown;

        @Mixin
        private JsonOutput json;

        /**
         * Creates the command.
         *
         * @param console input and output
         */
        public ListCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws IOException {
            if (markdown) {
                console.out().print(ModelTable.markdown());
                return ExitCode.OK.code();
            }
            Set<String> cached = cached(console);
            List<Listing> listings = Stream
                    .concat(Catalogue.entries().stream().map(
                            entry -> new Listing(entry.name(), entry.description(), entry.licence(), entry.citation())),
                            HubModels.list().stream().map(model -> new Listing(model.id(),
                                    HubModelView.line(model, cached.contains(model.id())), model.licence().spdx(), "")))
                    .toList();
            if (json.isRequested()) {
                JsonOutput.print(console.out(), listings);
                return ExitCode.OK.code();
            }
            Table table = new Table("model", "licence", "description");
            listings.forEach(listing -> table.row(listing.name(), listing.licence(), listing.description()));
            console.out().print(table);
            DerivedFiles.list().forEach(derived -> console.out().printf(Locale.ROOT,
                    "derived from %s: %s (%.0f MB); removed together with the model by `fathom models remove`%n",
                    derived.sources().isEmpty() ? "a deleted model" : derived.sources().getFirst(), derived.file(),
                    derived.bytes() / 1e6));
            return ExitCode.OK.code();
        }
    }

    /** {@code fathom models info}: describes one model. */
    @Command(name = "info", mixinStandardHelpOptions = true, header = "Describe a model: kind of depth, input, options, weights.", footerHeading = "%nExamples:%n", footer = {
            "  fathom models info fastdepth", "  fathom models info checkpoints/dpt-large --json",
            "  fathom models info apple/DepthPro-hf  works without downloading the model",
            "  fathom models info model.onnx         its family, inputs, outputs and options"})
    public static final class InfoCommand implements Callable<Integer> {
        private final Console console;

        @Parameters(paramLabel = "MODEL", description = "A name of `fathom models list`, downloaded or not, a checkpoint folder, an .onnx file or a model of Replicate.")
        private String name;

        @Mixin
        private HomeOption home;

        @Mixin
        private JsonOutput json;

        /**
         * Creates the command.
         *
         * @param console input and output
         */
        public InfoCommand(Console console) {
            this.console = console;
        }

        @Override
        public Integer call() throws Exception {
            Optional<HubModel> known = HubModels.find(name);
            if (known.isPresent()) {
                HubModelInformation information = HubModelInformation.of(known.get(),
                        ModelsPullCommand.settings(console));
                if (json.isRequested()) {
                    JsonOutput.print(console.out(), information);
                } else {
                    console.out().print(HubModelView.table(information));
                }
                return ExitCode.OK.code();
            }
            try (DepthEstimator estimator = new ModelChoice(name).open(console, home.path())) {
                ModelDescription model = estimator.description();
                if (json.isRequested()) {
                    JsonOutput.print(console.out(), new Information(model, estimator.options(), estimator.warnings(),
                            estimator.inputs(), estimator.outputs()));
                    return ExitCode.OK.code();
                }
                Table table = new Table("", "");
                table.row("name", model.name()).row("architecture", model.architecture()).row("output", output(model))
                        .row("input", model.inputPolicy()).row("resized to the picture with", model.resampling())
                        .row("parameters",
                                model.parameters() == 0
                                        ? "unknown"
                                        : String.format(Locale.ROOT, "%,d", model.parameters()))
                        .row("licence", model.licence()).row("source", model.source())
                        .row("weights (SHA-256)", model.weightsHash());
                estimator.inputs().forEach(port -> table.row("input port", port.toString()));
                estimator.outputs().forEach(port -> table.row("output port", port.toString()));
                estimator.warnings().forEach(warning -> table.row("note", warning));
                estimator.remedies().forEach(remedy -> table.row("", RemedyText.of(remedy)));
                estimator.options().forEach((key, what) -> table.row("--option " + key + "=…", what));
                console.out().print(table.toString().stripLeading());
                return ExitCode.OK.code();
            }
        }

        private static String output(ModelDescription model) {
            return switch (model.kind()) {
                case METRIC -> "metric depth, metres";
                case SCALE_INVARIANT -> "depth up to an unknown scale";
                case AFFINE -> "depth up to an unknown scale and shift";
                case AFFINE_INVERSE -> "inverse depth up to an unknown scale and shift; larger is nearer";
                case LEVELS -> "8-bit values of a picture, 0 to 255; larger is farther";
            };
        }
    }
}
