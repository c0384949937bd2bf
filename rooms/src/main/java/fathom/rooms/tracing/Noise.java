package fathom.rooms.tracing;

/** Smooth random fields over the plane, from which textures are made. Values are from 0 to 1. */
public final class Noise {
    private Noise() {}

    /** Returns value noise: one random number per corner of a unit square, interpolated by a cubic. */
    public static float value(float x, float y, int seed) {
        int column = floor(x);
        int row = floor(y);
        float fx = x - column;
        float fy = y - row;
        float sx = fx * fx * (3 - 2 * fx);
        float sy = fy * fy * (3 - 2 * fy);
        float top = mix(Dice.hash(column, row, seed), Dice.hash(column + 1, row, seed), sx);
        float bottom = mix(Dice.hash(column, row + 1, seed), Dice.hash(column + 1, row + 1, seed), sx);
        return mix(top, bottom, sy);
    }

    /**
     * Returns {@code octaves} layers of value noise; each has twice the frequency and half the amplitude of the
     * previous one.
     */
    public static float fractal(float x, float y, int octaves, int seed) {
        float sum = 0;
        float weight = 0.5f;
        float total = 0;
        float scale = 1;
        for (int octave = 0; octave < octaves; octave++) {
            sum += weight * value(x * scale, y * scale, seed + octave * 101);
            total += weight;
            weight *= 0.5f;
            scale *= 2.03f;
        }
        return sum / total;
    }

    static int floor(float x) {
        int whole = (int) x;
        return x < whole ? whole - 1 : whole;
    }

    static float mix(float a, float b, float t) {
        return a + (b - a) * t;
    }

    /** Returns 0 below {@code from}, 1 above {@code to}, a cubic between. */
    static float step(float from, float to, float x) {
        float t = Math.clamp((x - from) / (to - from), 0f, 1f);
        return t * t * (3 - 2 * t);
    }

    /**
     * Returns the share, 0 to 1, of a footprint {@code width} wide around {@code x} that is within {@code half} of a
     * line at 0.
     */
    static float line(float x, float half, float width) {
        float reach = Math.max(width, 1e-5f);
        float low = Math.max(x - reach / 2, -half);
        float high = Math.min(x + reach / 2, half);
        return Math.max(0, high - low) / reach;
    }
}
