package fathom.rooms.tracing;

/**
 * Random numbers that depend only on the seed: SplitMix64 (Steele, Lea, Flood: "Fast splittable pseudorandom number
 * generators", OOPSLA 2014). Not safe for concurrent use.
 */
public final class Dice {
    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private long state;

    public Dice(long seed) {
        state = seed;
    }

    /** Returns a generator for one part of the work, independent of how many numbers were taken from this one. */
    public static Dice of(long seed, long part) {
        return new Dice(mix(mix(seed) + GOLDEN * (part + 1)));
    }

    public long next() {
        state += GOLDEN;
        return mix(state);
    }

    /** Returns a number of at least 0 and below 1. */
    public double unit() {
        return (next() >>> 11) * 0x1p-53;
    }

    /** Returns a number of at least {@code low} and below {@code high}. */
    public double between(double low, double high) {
        return low + (high - low) * unit();
    }

    /** Returns an integer from {@code low} to {@code high}, both included. */
    public int whole(int low, int high) {
        return low + (int) (unit() * (high - low + 1));
    }

    /** Returns true with the given probability. */
    public boolean chance(double probability) {
        return unit() < probability;
    }

    /** Returns one of {@code choices}. */
    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[whole(0, choices.length - 1)];
    }

    /** Mixes the bits of {@code z}. */
    public static long mix(long z) {
        long a = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        long b = (a ^ (a >>> 27)) * 0x94D049BB133111EBL;
        return b ^ (b >>> 31);
    }

    /**
     * Returns a number of at least 0 and below 1 that depends on the three keys: randomness for pixels, without state.
     */
    public static float hash(int a, int b, int c) {
        int h = a * 0x8DA6B343 + b * 0xD8163841 + c * 0xCB1AB31F;
        h ^= h >>> 16;
        h *= 0x7FEB352D;
        h ^= h >>> 15;
        h *= 0x846CA68B;
        h ^= h >>> 16;
        return (h >>> 8) * 0x1p-24f;
    }
}
