package fathom.workbench.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.sun.management.OperatingSystemMXBean;
import fathom.evaluation.metrics.UnscorableException;
import fathom.evaluation.protocols.ArticleAlignedProtocol;
import fathom.formats.npy.Npy;
import fathom.inference.DepthEstimator;
import fathom.inference.EstimatorOptions;
import fathom.inference.Estimators;
import fathom.inference.MatrixRate;
import fathom.inference.Precision;
import fathom.inference.PreparedInput;
import fathom.raster.FloatTensor;
import fathom.raster.Mask;
import fathom.raster.MeasuredDepth;
import fathom.raster.Plane;
import fathom.raster.Prediction;
import fathom.raster.resampling.Resampling;
import fathom.raster.resampling.RgbResampling;
import fathom.rooms.Room;
import fathom.rooms.RoomOptions;
import fathom.rooms.Rooms;
import fathom.workbench.Progress;

/**
 * A benchmark of models. PyTorch, float32 and int8 run alternately, so that all are measured on the same state of the
 * machine. The maps of both precisions are compared on sample rooms that are not used for calibration.
 */
public final class ModelBench {
    private static final int ROOMS = 4;
    private static final long SEED = 1;
    /** The size of the picture on which runs are timed. */
    private static final int HEIGHT = 480;
    private static final int WIDTH = 640;
    /** The runs of each model per turn, after one run to warm up, as in the PyTorch script. */
    private static final int REPETITIONS = 2;
    private static final RoomOptions CAMERA = RoomOptions.defaults().withSize(240, 320);

    private final int threads;
    private final int rounds;
    private final Optional<Precision.Int8> int8;
    private final Progress progress;
    private final List<Room> rooms = new ArrayList<>();
    private double machineGigaflops;

    /**
     * Creates a benchmark.
     *
     * @param threads the number of threads of one run
     * @param rounds the number of turns, at least 1
     * @param int8 the calibration of int8; if empty, int8 is not measured
     * @param progress is advanced for each turn
     */
    public ModelBench(int threads, int rounds, Optional<Precision.Int8> int8, Progress progress) {
        if (rounds < 1) {
            throw new IllegalArgumentException("rounds: expected at least 1, found " + rounds);
        }
        this.threads = threads;
        this.rounds = rounds;
        this.int8 = int8;
        this.progress = progress;
    }

    /**
     * Measures a model.
     *
     * @param model the name of a local model, as for {@link Estimators#open}
     * @return the measurements
     * @throws IOException if a file cannot be read
     */
    public ModelTimes time(String model) throws IOException {
        return time(model, Optional.empty());
    }

    /**
     * Measures a model and PyTorch on the same weights.
     *
     * @param peer runs PyTorch
     * @param model the model
     * @param work the folder in which the weights are created
     * @return the measurements
     * @throws IOException if a file cannot be read or written, or the script of PyTorch fails
     */
    public ModelTimes time(PyTorch peer, PyTorch.Model model, Path work) throws IOException {
        progress.start(model.label() + ": the peer's weights", -1);
        Path folder;
        try {
            folder = peer.saved(model, work);
        } finally {
            progress.finish();
        }
        return time(folder.toString(), Optional.of(new Rival(peer, model, folder)));
    }

    private record Rival(PyTorch peer, PyTorch.Model model, Path folder) {}

    private ModelTimes time(String model, Optional<Rival> rival) throws IOException {
        prepare();
        progress.start(rival.map(other -> other.model.label()).orElse(model),
                rounds * (rival.isPresent() ? 2L : 1) + 2L * rooms.size());
        EstimatorOptions options = EstimatorOptions.defaults().withThreads(threads);
        double before = ownMegabytes();
        try (DepthEstimator full = Estimators.open(model, options)) {
            PreparedInput input = rival.isPresent()
                    ? input(rival.get().folder, rival.get().model)
                    : full.prepare(RgbResampling.PILLOW_BILINEAR.resized(rooms.getFirst().image(), HEIGHT, WIDTH));
            Plane first = full.run(input).prediction().values();
            double fullMegabytes = ownMegabytes() - before;
            Optional<ModelTimes.OneThread> oneThread = rival.isPresent()
                    ? Optional.of(oneThread(model, input, rival.get()))
                    : Optional.empty();
            if (int8.isEmpty()) {
                return measured(full, Optional.empty(), input, first, fullMegabytes, rival, oneThread);
            }
            before = ownMegabytes();
            try (DepthEstimator eight = Estimators.open(model, options.withPrecision(int8.get()))) {
                eight.run(input);
                return measured(full, Optional.of(new Eight(eight, ownMegabytes() - before)), input, first,
                        fullMegabytes, rival, oneThread);
            }
        } finally {
            progress.finish();
        }
    }

    private ModelTimes.OneThread oneThread(String model, PreparedInput input, Rival rival) throws IOException {
        List<ModelTimes.Run> peerRuns = new ArrayList<>();
        List<ModelTimes.Run> fullRuns = new ArrayList<>();
        List<ModelTimes.Run> eightRuns = new ArrayList<>();
        EstimatorOptions options = EstimatorOptions.defaults().withThreads(1);
        try (DepthEstimator full = Estimators.open(model, options)) {
            for (int round = 0; round < rounds; round++) {
                peerRuns.addAll(rival.peer.onOneThread().time(rival.model, REPETITIONS).runs());
                fullRuns.addAll(runs(full, input));
                if (int8.isPresent()) {
                    try (DepthEstimator eight = Estimators.open(model, options.withPrecision(int8.get()))) {
                        eightRuns.addAll(runs(eight, input));
                    }
                }
                progress.advance(1);
            }
        }
        return new ModelTimes.OneThread(fullRuns, eightRuns, peerRuns);
    }

    private record Eight(DepthEstimator estimator, double megabytes) {}

    private ModelTimes measured(DepthEstimator full, Optional<Eight> eight, PreparedInput input, Plane first,
            double fullMegabytes, Optional<Rival> rival, Optional<ModelTimes.OneThread> oneThread) throws IOException {
        List<ModelTimes.Run> fullRuns = new ArrayList<>();
        List<ModelTimes.Run> eightRuns = new ArrayList<>();
        List<ModelTimes.Run> peerRuns = new ArrayList<>();
        String peerName = "";
        for (int round = 0; round < rounds; round++) {
            if (rival.isPresent()) {
                PyTorch.Times times = rival.get().peer.time(rival.get().model, REPETITIONS);
                peerName = times.name();
                peerRuns.addAll(times.runs());
            }
            fullRuns.addAll(runs(full, input));
            if (eight.isPresent()) {
                eightRuns.addAll(runs(eight.get().estimator, input));
            }
            progress.advance(1);
        }
        Accuracy accuracy = new Accuracy();
        for (Room room : rooms) {
            Prediction exact = full.estimate(room.image()).prediction();
            progress.advance(1);
            accuracy.exact(room, full.description().resampling(), exact);
            if (eight.isPresent()) {
                accuracy.rounded(room, full.description().resampling(), exact,
                        eight.get().estimator.estimate(room.image()).prediction());
            }
            progress.advance(1);
        }
        Optional<ModelTimes.Int8> inBits = eight.map(other -> new ModelTimes.Int8(eightRuns, other.megabytes,
                accuracy.difference(), accuracy.roundedError()));
        Optional<ModelTimes.Peer> peer = rival.isEmpty()
                ? Optional.empty()
                : Optional.of(new ModelTimes.Peer(peerName, peerRuns,
                        new Difference()
                                .add(first.toArray(), Npy.read(rival.get().folder.resolve("output.npy")).toFloats())
                                .relative()));
        PreparedInput.Numbers numbers = (PreparedInput.Numbers) input;
        return new ModelTimes(rival.map(other -> other.model.label()).orElse(full.description().name()),
                full.description().architecture(), numbers.pixels().height(), numbers.pixels().width(),
                full.operations(input).orElse(0) / 1e9, machineGigaflops, fullRuns, fullMegabytes,
                accuracy.exactError(), inBits, peer, oneThread);
    }

    private static List<ModelTimes.Run> runs(DepthEstimator estimator, PreparedInput input) {
        estimator.run(input);
        List<ModelTimes.Run> runs = new ArrayList<>();
        for (int i = 0; i < REPETITIONS; i++) {
            runs.add(run(estimator, input));
        }
        return runs;
    }

    private static ModelTimes.Run run(DepthEstimator estimator, PreparedInput input) {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long processor = system.getProcessCpuTime();
        long start = System.nanoTime();
        estimator.run(input);
        return new ModelTimes.Run((System.nanoTime() - start) / 1e9, (system.getProcessCpuTime() - processor) / 1e9);
    }

    private static PreparedInput input(Path folder, PyTorch.Model model) throws IOException {
        return new PreparedInput.Numbers(model.height(), model.width(),
                FloatTensor.wrap(Npy.read(folder.resolve("input.npy")).toFloats(), 3, model.height(), model.width()));
    }

    private void prepare() {
        if (!rooms.isEmpty()) {
            return;
        }
        progress.start("Sample rooms and the machine's rate", ROOMS + 1L);
        try {
            for (int number = 0; number < ROOMS; number++) {
                rooms.add(Rooms.draw(SEED, number, CAMERA));
                progress.advance(1);
            }
            machineGigaflops = MatrixRate.gigaflops(threads);
            progress.advance(1);
        } finally {
            progress.finish();
        }
    }

    /** Returns the anonymous memory of this process in 10⁶ bytes; NaN if the system does not report it. */
    private static double ownMegabytes() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.isReadable(status)) {
            return Double.NaN;
        }
        for (String line : Files.readAllLines(status)) {
            if (line.startsWith("RssAnon:")) {
                return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024 / 1e6;
            }
        }
        return Double.NaN;
    }

    /** The errors over the rooms. */
    private static final class Accuracy {
        private final ArticleAlignedProtocol protocol = new ArticleAlignedProtocol();
        private final Difference difference = new Difference();
        private double exact;
        private double rounded;
        private int scored;

        void exact(Room room, String resampling, Prediction prediction) {
            exact += absRel(room, resampling, prediction);
            scored++;
        }

        void rounded(Room room, String resampling, Prediction full, Prediction eight) {
            rounded += absRel(room, resampling, eight);
            difference.add(eight.values().toArray(), full.values().toArray());
        }

        double difference() {
            return difference.relative();
        }

        double exactError() {
            return exact / scored;
        }

        double roundedError() {
            return rounded / scored;
        }

        /**
         * Returns the mean of |prediction − depth| / depth over the pixels of a room, after alignment by the kind of the
         * prediction.
         */
        private double absRel(Room room, String resampling, Prediction prediction) {
            Plane depth = room.depth();
            Plane values = Resampling.ofLabel(resampling).resized(prediction.values(), depth.height(), depth.width());
            Prediction resized = prediction.withValues(values);
            Mask counted = Mask.ofPositive(depth);
            try {
                Plane metres = protocol.metres(new MeasuredDepth(depth, depth, counted), resized, counted);
                double sum = 0;
                int count = 0;
                for (int row = 0; row < depth.height(); row++) {
                    for (int column = 0; column < depth.width(); column++) {
                        float truth = depth.get(row, column);
                        if (truth > 0) {
                            sum += Math.abs(metres.get(row, column) - truth) / truth;
                            count++;
                        }
                    }
                }
                return sum / count;
            } catch (UnscorableException e) {
                return Double.NaN;
            }
        }
    }

    /** The difference between maps of equal sizes: the relative L2 norm over all of them. */
    private static final class Difference {
        private double squares;
        private double size;

        Difference add(float[] ours, float[] theirs) {
            for (int i = 0; i < theirs.length; i++) {
                double d = (double) ours[i] - theirs[i];
                squares += d * d;
                size += (double) theirs[i] * theirs[i];
            }
            return this;
        }

        double relative() {
            return Math.sqrt(squares / size);
        }
    }
}
