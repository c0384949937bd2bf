package fathom.workbench.bench;

import java.util.List;
import java.util.Optional;

/**
 * The measurements of one model.
 *
 * @param model the name of the model
 * @param architecture its {@code model_type}
 * @param height the number of rows of the network's input
 * @param width the number of columns of the network's input
 * @param gigaflop the operations of one run, 10⁹; 0 if unknown
 * @param machineGigaflops the rate of matrix products on this machine in this run, 10⁹ per second
 * @param full the runs in float32
 * @param fullMegabytes the anonymous memory of the process that the float32 model added, 10⁶ bytes; NaN if the system
 *            does not report it
 * @param absRel the error of the float32 maps in the sample rooms, aligned
 * @param int8 the measurements of int8; empty if not measured
 * @param peer the measurements of PyTorch; empty if not measured
 * @param oneThread the measurements of all on one thread; empty if PyTorch was not measured
 */
public record ModelTimes(String model, String architecture, int height, int width, double gigaflop,
        double machineGigaflops, List<Run> full, double fullMegabytes, double absRel, Optional<Int8> int8,
        Optional<Peer> peer, Optional<OneThread> oneThread) {
    /** Copies the list. */
    public ModelTimes {
        full = List.copyOf(full);
    }

    /**
     * The measurements of int8.
     *
     * @param runs the runs
     * @param megabytes as {@link ModelTimes#fullMegabytes}
     * @param difference the difference from the float32 maps: relative L2 over the sample rooms
     * @param absRel the error of the maps
     */
    public record Int8(List<Run> runs, double megabytes, double difference, double absRel) {
        /** Copies the list. */
        public Int8 {
            runs = List.copyOf(runs);
        }
    }

    /**
     * The measurements of PyTorch on an architecture of the same name and size.
     *
     * @param name the name with versions
     * @param runs the runs
     * @param difference the difference of Fathom's map from PyTorch's on the same weights and input: relative L2
     */
    public record Peer(String name, List<Run> runs, double difference) {
        /** Copies the list. */
        public Peer {
            runs = List.copyOf(runs);
        }
    }

    /**
     * The measurements of all on one thread. Their processor times compare the programs themselves: no thread waits for
     * another, and other programs on the machine have little influence.
     *
     * @param full the runs in float32
     * @param int8 the runs in int8; empty if not measured
     * @param peer the runs of PyTorch
     */
    public record OneThread(List<Run> full, List<Run> int8, List<Run> peer) {
        /** Copies the lists. */
        public OneThread {
            full = List.copyOf(full);
            int8 = List.copyOf(int8);
            peer = List.copyOf(peer);
        }

        /** {@return PyTorch's processor time divided by that of float32} */
        public double fullRatio() {
            return Measure.PROCESSOR.median(peer) / Measure.PROCESSOR.median(full);
        }

        /** {@return PyTorch's processor time divided by that of int8; empty if int8 was not measured} */
        public Optional<Double> int8Ratio() {
            return int8.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Measure.PROCESSOR.median(peer) / Measure.PROCESSOR.median(int8));
        }
    }

    /**
     * One run.
     *
     * @param seconds the wall-clock time
     * @param processorSeconds the time of all processor cores, which is more reliable if other programs are running
     */
    public record Run(double seconds, double processorSeconds) {}

    /** The time that is compared. */
    public enum Measure {
        /** Wall-clock time. */
        CLOCK,
        /** Processor time of all cores. */
        PROCESSOR;

        /**
         * Returns the median of this time.
         *
         * @param runs the runs, at least one
         * @return the median in seconds
         */
        public double median(List<Run> runs) {
            double[] sorted = runs.stream().mapToDouble(run -> switch (this) {
                case CLOCK -> run.seconds();
                case PROCESSOR -> run.processorSeconds();
            }).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /** {@return the median wall-clock time in float32, in seconds} */
    public double fullSeconds() {
        return Measure.CLOCK.median(full);
    }

    /** {@return the median wall-clock time in int8, in seconds; empty if not measured} */
    public Optional<Double> int8Seconds() {
        return int8.map(eight -> Measure.CLOCK.median(eight.runs));
    }

    /**
     * {@return a lower bound of the time in seconds, if all operations were matrix products; 0 if the operations are
     * unknown}
     */
    public double floorSeconds() {
        return gigaflop / machineGigaflops;
    }

    /**
     * Returns PyTorch's time divided by that of float32.
     *
     * @param measure the time to compare
     * @return the ratio; empty if PyTorch was not measured
     */
    public Optional<Double> fullRatio(Measure measure) {
        return peer.map(other -> measure.median(other.runs) / measure.median(full));
    }

    /**
     * Returns PyTorch's time divided by that of int8.
     *
     * @param measure the time to compare
     * @return the ratio; empty if one of them was not measured
     */
    public Optional<Double> int8Ratio(Measure measure) {
        return int8.flatMap(eight -> peer.map(other -> measure.median(other.runs) / measure.median(eight.runs)));
    }
}
