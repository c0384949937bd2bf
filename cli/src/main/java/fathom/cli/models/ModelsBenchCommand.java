package fathom.cli.models;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

import fathom.cache.CacheFolder;
import fathom.cache.CacheKind;
import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.cli.console.ExitCode;
import fathom.cli.console.JsonOutput;
import fathom.cli.console.Table;
import fathom.cli.options.HomeOption;
import fathom.cli.options.LicenceGate;
import fathom.cli.options.PrecisionOption;
import fathom.inference.Precision;
import fathom.models.catalogue.HubModel;
import fathom.models.catalogue.HubModels;
import fathom.workbench.bench.ModelBench;
import fathom.workbench.bench.ModelTimes;
import fathom.workbench.bench.ModelTimes.Measure;
import fathom.workbench.bench.PyTorch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code fathom models bench}: measures models in float32 and int8, also against PyTorch. */
@Command(name = "bench", mixinStandardHelpOptions = true, header = "Measure the speed of models in float32 and int8, against PyTorch and the machine's limit.", description = {
        "",
        "With --peers, also measures four full-size networks with random weights in Fathom and in PyTorch; the Python program must have torch and transformers. Run nothing else at the same time. Report ratios, not seconds: seconds depend on the machine.",
        ""}, footerHeading = "%nExamples:%n", footer = {"  fathom models bench Intel/dpt-hybrid-midas",
                "  fathom models bench checkpoints/mine --calibrate photos/ --json",
                "  fathom models bench --peers scripts/ --python /usr/bin/python3 --threads 2"})
public final class ModelsBenchCommand implements Callable<Integer> {
    private final Console console;

    @Parameters(paramLabel = "MODEL", arity = "0..*", description = "Checkpoint folders, .onnx files, or owner/name of the Hub (default: the downloaded known models).")
    private List<String> models = new ArrayList<>();

    @Option(names = "--peers", paramLabel = "DIR", description = "The folder of bench_forward.py, which measures PyTorch.")
    private @Nullable Path peers;

    @Option(names = "--peer-model", paramLabel = "NAME", description = "With --peers, measure only this network: ${COMPLETION-CANDIDATES}; repeatable (default: all).", completionCandidates = PeerNames.class)
    private List<String> peerModels = new ArrayList<>();

    @Option(names = "--python", paramLabel = "FILE", defaultValue = "python3", description = "The Python program for --peers (default: ${DEFAULT-VALUE}).")
    private String python;

    @Option(names = "--work", paramLabel = "DIR", description = "The folder for the random weights of --peers, 2.2 GB (default: peers in the cache folder).")
    private @Nullable Path work;

    @Option(names = "--rounds", paramLabel = "N", defaultValue = "3", description = "Number of alternating measurements (default: ${DEFAULT-VALUE}).")
    private int rounds;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0", description = "Number of threads of the model (default: one per core).")
    private int threads;

    @Option(names = "--no-int8", description = "Measure float32 only.")
    private boolean fullOnly;

    @Option(names = "--calibrate", paramLabel = "IMAGES", description = "Calibration pictures for int8, or a folder of them; repeatable (default: four sample rooms).")
    private List<String> calibration = new ArrayList<>();

    @Mixin
    private JsonOutput json;

    @Mixin
    private HomeOption home;

    /**
     * Creates the command.
     *
     * @param console input and output
     */
    public ModelsBenchCommand(Console console) {
        this.console = console;
    }

    /** The completion candidates of {@code --peer-model}. */
    static final class PeerNames extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        PeerNames() {
            for (PyTorch.Model model : PyTorch.Model.values()) {
                add(model.label());
            }
        }
    }

    /** One model in the JSON output. */
    record Row(ModelTimes times, double seconds, double floorSeconds, Optional<Double> ratioToPeer,
            Optional<Double> int8RatioToPeer, Optional<Double> processorRatioToPeer,
            Optional<Double> int8ProcessorRatioToPeer, Optional<Double> oneThreadProcessorRatioToPeer,
            Optional<Double> int8OneThreadProcessorRatioToPeer) {
        static Row of(ModelTimes times) {
            return new Row(times, times.fullSeconds(), times.floorSeconds(), times.fullRatio(Measure.CLOCK),
                    times.int8Ratio(Measure.CLOCK), times.fullRatio(Measure.PROCESSOR),
                    times.int8Ratio(Measure.PROCESSOR), times.oneThread().map(ModelTimes.OneThread::fullRatio),
                    times.oneThread().flatMap(ModelTimes.OneThread::int8Ratio));
        }
    }

    @Override
    public Integer call() throws IOException {
        List<String> named = models.isEmpty() ? downloaded() : models;
        if (named.isEmpty() && peers == null) {
            throw new IllegalArgumentException(
                    "MODEL: expected at least one, found none, and no known model is downloaded. "
                            + "Specify a checkpoint folder, or download a model with `fathom models pull`");
        }
        int used = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        ModelBench bench = new ModelBench(used, rounds, int8(), new ConsoleProgress(console));
        List<ModelTimes> times = new ArrayList<>();
        if (peers != null) {
            PyTorch peer = new PyTorch(python, peers, used);
            Path folder = work == null ? CacheFolder.use(CacheKind.PEERS) : work;
            for (PyTorch.Model model : chosen()) {
                times.add(bench.time(peer, model, folder));
            }
        }
        for (String model : named) {
            LicenceGate.require(model, home.path());
            times.add(bench.time(model));
        }
        if (json.isRequested()) {
            JsonOutput.print(console.out(), times.stream().map(Row::of).toList());
        } else {
            print(times, used);
        }
        return ExitCode.OK.code();
    }

    private List<String> downloaded() throws IOException {
        var cached = ModelsCommand.cached(console);
        return HubModels.list().stream().map(HubModel::id).filter(cached::contains).toList();
    }

    private List<PyTorch.Model> chosen() {
        List<String> known = new PeerNames();
        for (String name : peerModels) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(
                        "--peer-model: expected one of " + String.join(", ", known) + ", found " + name);
            }
        }
        return List.of(PyTorch.Model.values()).stream()
                .filter(model -> peerModels.isEmpty() || peerModels.contains(model.label())).toList();
    }

    private Optional<Precision.Int8> int8() throws IOException {
        return fullOnly ? Optional.empty() : Optional.of(PrecisionOption.int8(calibration, console));
    }

    private void print(List<ModelTimes> all, int used) {
        Table table = new Table("model", "input", "GFLOP", "floor", "fp32", "× floor", "× peer", "int8", "int8 × peer",
                "1 thread × peer", "int8", "fp32 MB", "int8 MB", "int8 difference", "AbsRel", "int8 AbsRel");
        for (ModelTimes times : all) {
            table.row(times.model(), times.height() + "x" + times.width(), number("%.1f", times.gigaflop()),
                    number("%.3f s", times.floorSeconds()), number("%.3f s", times.fullSeconds()),
                    number("%.2f", times.gigaflop() > 0 ? times.fullSeconds() / times.floorSeconds() : 0),
                    times.fullRatio(Measure.CLOCK).map(ratio -> number("%.2f", ratio)).orElse("-"),
                    times.int8Seconds().map(seconds -> number("%.3f s", seconds)).orElse("-"),
                    times.int8Ratio(Measure.CLOCK).map(ratio -> number("%.2f", ratio)).orElse("-"),
                    times.oneThread().map(one -> number("%.2f", one.fullRatio())).orElse("-"),
                    times.oneThread().flatMap(ModelTimes.OneThread::int8Ratio).map(ratio -> number("%.2f", ratio))
                            .orElse("-"),
                    number("%.0f", times.fullMegabytes()),
                    times.int8().map(eight -> number("%.0f", eight.megabytes())).orElse("-"),
                    times.int8().map(eight -> number("%.4f", eight.difference())).orElse("-"),
                    number("%.4f", times.absRel()),
                    times.int8().map(eight -> number("%.4f", eight.absRel())).orElse("-"));
        }
        console.out().print(table);
        console.out().printf(Locale.ROOT,
                "%d threads, batch 1, medians of %d alternating rounds; floor: the time of the operations at "
                        + "%.0f GFLOP/s, the speed of a matrix product measured now.%n",
                used, rounds, all.getFirst().machineGigaflops());
        if (all.getFirst().peer().isPresent()) {
            console.out().println("1 thread × peer: the peer's processor time on one thread divided by Fathom's.");
        }
        means(all).ifPresent(console.out()::println);
        all.stream()
                .flatMap(times -> times.peer().stream()
                        .map(peer -> String.format(Locale.ROOT,
                                "%s: the peer is %s; relative L2 difference of the depth maps: %.1e.", times.model(),
                                peer.name(), peer.difference())))
                .forEach(console.out()::println);
    }

    /** Returns geometric means of the ratios to the peer, in elapsed time and in processor time on one thread. */
    private static Optional<String> means(List<ModelTimes> all) {
        List<ModelTimes> compared = all.stream().filter(times -> times.peer().isPresent()).toList();
        if (compared.isEmpty()) {
            return Optional.empty();
        }
        StringBuilder text = new StringBuilder(
                "speed relative to the peer, geometric mean of " + compared.size() + ":");
        boolean eight = compared.getFirst().int8().isPresent();
        text.append(String.format(Locale.ROOT, " by the clock fp32 %.2f",
                mean(compared.stream().map(times -> times.fullRatio(Measure.CLOCK)))));
        if (eight) {
            text.append(String.format(Locale.ROOT, ", int8 %.2f",
                    mean(compared.stream().map(times -> times.int8Ratio(Measure.CLOCK)))));
        }
        text.append(String.format(Locale.ROOT, "; by the processor on one thread fp32 %.2f",
                mean(compared.stream().map(times -> times.oneThread().map(ModelTimes.OneThread::fullRatio)))));
        if (eight) {
            text.append(String.format(Locale.ROOT, ", int8 %.2f",
                    mean(compared.stream().map(times -> times.oneThread().flatMap(ModelTimes.OneThread::int8Ratio)))));
        }
        text.append('.');
        return Optional.of(text.toString());
    }

    private static double mean(Stream<Optional<Double>> ratios) {
        return Math.exp(ratios.flatMap(Optional::stream).mapToDouble(Math::log).average().orElse(Double.NaN));
    }

    private static String number(String format, double value) {
        return value > 0 ? String.format(Locale.ROOT, format, value) : "-";
    }
}
