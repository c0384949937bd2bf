package fathom.workbench.bench;

import java.util.List;
import java.util.Optional;

/**
 * What was measured of one model.
 *
 * @param model its name
 * @param architecture its {@code model_type}
 * @param height rows of what went into the network
 * @param width columns of it
 * @param gigaflop operations of one run, 10⁹, 0 where they are not known
 * @param machineGigaflops what this machine's matrix products reached in this run, 10⁹ per second
 * @param full runs in float32
 * @param fullMegabytes memory of the process's own after runs in float32, beyond what it had before, 10⁶ bytes; negative where
 *        the system does not tell
 * @param absRel error of the float32 maps in the sample rooms, aligned
 * @param int8 the same in 8 bits, where it was measured
 * @param peer PyTorch, where it was measured
 */
public record ModelTimes(String model, String architecture, int height, int width, double gigaflop,
        double machineGigaflops, List<Run> full, double fullMegabytes, double absRel, Optional<Int8> int8,
        Optional<Peer> peer) {
    public ModelTimes {
        full = List.copyOf(full);
    }

    /**
     * In 8 bits.
     *
     * @param runs each run
     * @param megabytes as {@link ModelTimes#fullMegabytes}
     * @param difference of the maps from those in float32: relative L2 over the sample rooms
     * @param absRel error of its maps
     */
    public record Int8(List<Run> runs, double megabytes, double difference, double absRel) {
        public Int8 {
            runs = List.copyOf(runs);
        }
    }

    /**
     * PyTorch on an architecture of the same name and size.
     *
     * @param name with versions
     * @param runs each run
     * @param difference of our map from its own on the same weights and input: relative L2
     */
    public record Peer(String name, List<Run> runs, double difference) {
        public Peer {
            runs = List.copyOf(runs);
        }
    }

    /**
     * One run.
     *
     * @param seconds by the clock
     * @param processorSeconds of all cores together, which says more where other programs run too
     */
    public record Run(double seconds, double processorSeconds) {}

    /** What is compared of runs. */
    public enum Measure {
        /** Time by the clock. */
        CLOCK,
        /** Time of the processor's cores. */
        PROCESSOR;

        /** Its median over {@code runs}. */
        public double median(List<Run> runs) {
            double[] sorted = runs.stream().mapToDouble(run -> switch (this) {
                case CLOCK -> run.seconds();
                case PROCESSOR -> run.processorSeconds();
            }).sorted().toArray();
            int middle = sorted.length / 2;
            return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /** Median seconds in float32, by the clock. */
    public double fullSeconds() {
        return Measure.CLOCK.median(full);
    }

    /** Median seconds in 8 bits, by the clock, where measured. */
    public Optional<Double> int8Seconds() {
        return int8.map(eight -> Measure.CLOCK.median(eight.runs));
    }

    /**
     * {@return the least time that the operations could take, were all of them matrix products; 0 where they are not
     * known}
     */
    public double floorSeconds() {
        return gigaflop / machineGigaflops;
    }

    /** {@return how many times faster than PyTorch float32 is} */
    public Optional<Double> fullRatio(Measure measure) {
        return peer.map(other -> measure.median(other.runs) / measure.median(full));
    }

    /** {@return how many times faster than PyTorch 8 bits are} */
    public Optional<Double> int8Ratio(Measure measure) {
        return int8.flatMap(eight -> peer.map(other -> measure.median(other.runs) / measure.median(eight.runs)));
    }
}
