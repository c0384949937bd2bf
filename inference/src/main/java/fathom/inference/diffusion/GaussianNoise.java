package fathom.inference.diffusion;

/**
 * Standard normal numbers that a seed fixes on every machine: the same bits from every JVM and processor.
 *
 * <p>Each stream is told by (seed, member, draw), so a member's noise does not depend on how many members there are or in
 * which order they run, and every picture starts from the same noise. The generator is SplitMix64 (Steele, Lea and Flood,
 * OOPSLA 2014), whose 53 upper bits become uniform numbers in (−1, 1), and Marsaglia's polar method (Marsaglia and Bray,
 * SIAM Review 1964) with {@link StrictMath#log}, which is specified to the last bit. These are not the numbers that
 * PyTorch draws from the same seed: for those, store its latents in a file and hand them in.
 */
public final class GaussianNoise {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    /** The noise of {@code seed}. */
    public GaussianNoise(long seed) {
        this.seed = seed;
    }

    /**
     * {@code count} numbers of one stream.
     *
     * @param member which member of an ensemble, from 0
     * @param draw 0 for the start of a run, i + 1 for the noise that its step i adds
     */
    public float[] draw(int member, int draw, int count) {
        long state = mix(mix(seed + GOLDEN_GAMMA) + mix(((long) member << 32) + draw + GOLDEN_GAMMA));
        float[] values = new float[count];
        int filled = 0;
        while (filled < count) {
            double u = uniform(mix(state += GOLDEN_GAMMA));
            double v = uniform(mix(state += GOLDEN_GAMMA));
            double square = u * u + v * v;
            if (square >= 1 || square == 0) {
                continue;
            }
            double radius = Math.sqrt(-2 * StrictMath.log(square) / square);
            values[filled++] = (float) (u * radius);
            if (filled < count) {
                values[filled++] = (float) (v * radius);
            }
        }
        return values;
    }

    /** In [−1, 1). */
    private static double uniform(long bits) {
        return (bits >> 11) * 0x1.0p-52;
    }

    /** Stafford's variant 13 of MurmurHash3's finaliser. */
    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
