package fathom.evaluation.ordinal;

/**
 * The generator MT19937 of Matsumoto and Nishimura, <i>Mersenne Twister: A 623-Dimensionally Equidistributed Uniform
 * Pseudo-Random Number Generator</i>, ACM TOMACS 8, 1998, seeded as {@code torch.manual_seed} seeds it.
 */
final class MersenneTwister {
    private static final int SIZE = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[SIZE];
    private int next = SIZE;

    /** Uses the low 32 bits of the seed. */
    MersenneTwister(long seed) {
        state[0] = (int) seed;
        for (int i = 1; i < SIZE; i++) {
            state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
        }
    }

    /** Returns the next number modulo {@code bound}, as {@code torch.randint(0, bound)} does on a CPU. */
    int below(int bound) {
        return Integer.remainderUnsigned(next(), bound);
    }

    /** Returns the next 32 bits. */
    int next() {
        if (next == SIZE) {
            twist();
            next = 0;
        }
        int y = state[next++];
        y ^= y >>> 11;
        y ^= (y << 7) & 0x9D2C5680;
        y ^= (y << 15) & 0xEFC60000;
        return y ^ (y >>> 18);
    }

    private void twist() {
        for (int i = 0; i < SIZE; i++) {
            int y = (state[i] & 0x80000000) | (state[(i + 1) % SIZE] & 0x7FFFFFFF);
            int mixed = (y >>> 1) ^ ((y & 1) == 0 ? 0 : 0x9908B0DF);
            state[i] = state[(i + SHIFT) % SIZE] ^ mixed;
        }
    }
}
