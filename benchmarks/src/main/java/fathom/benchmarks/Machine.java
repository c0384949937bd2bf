package fathom.benchmarks;

import java.lang.management.ManagementFactory;

/** Measurements of this machine. */
final class Machine {
    private static final int BYTES = 1 << 20;

    private Machine() {}

    /** Returns the load average of the last minute; negative if the system does not report it. */
    static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** Returns the rate, in bytes per second, at which one thread adds a mebibyte of longs in its cache. */
    static double readBytesPerSecond() {
        long[] words = new long[BYTES / Long.BYTES];
        words[words.length / 2] = 1;
        double best = 0;
        long total = 0;
        for (int repetition = 0; repetition < 2000; repetition++) {
            long start = System.nanoTime();
            long sum = 0;
            for (long word : words) {
                sum += word;
            }
            total += sum;
            best = Math.max(best, BYTES / ((System.nanoTime() - start) / 1e9));
        }
        if (total != 2000) {
            throw new IllegalStateException("sum of the words: expected 2000, found " + total);
        }
        return best;
    }
}
