package fathom.inference.diffusion;

/**
 * A generator of standard normal numbers that are the same bits for one seed on every JVM and processor.
 *
 * <p>Each stream is selected by (seed, member, draw), so the noise of a member does not depend on the number or order of
 * members, and every picture starts from the same noise. The generator is SplitMix64 (Steele, Lea and Flood, OOPSLA
 * 2014), whose 53 upper bits become uniform numbers in (−1, 1), and Marsaglia's polar method (Marsaglia and Bray, SIAM
 * Review 1964) with {@link StrictMath#log}, which is specified to the last bit. These are not the numbers that PyTorch
 * draws from the same seed; to use those, store its latents in a file ({@link InitialNoise.Given}).
 */
public final class GaussianNoise {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;

    private final long seed;

    /**
     * Creates the generator of a seed.
     *
     * @param seed the seed
     */
    public GaussianNoise(long seed) {
        this.seed = seed;
    }

    /**
     * Returns numbers of one stream.
     *
     * @param member the index of the member, from 0
     * @param draw 0 for the initial latent, i + 1 for the noise that step i adds
     * @param count the number of numbers
     * @return the numbers
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

    /** Returns a number in [−1, 1). */
    private static double uniform(long bits) {
        return (bits >> 11) * 0x1.0p-52;
    }

    /** Applies Stafford's variant 13 of MurmurHash3's finaliser. */
    private static long mix(long bits) {
        long z = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }
}
