package fathom.rooms.tracing;

/** Sine and cosine by table: fast, and the same on every machine. */
final class Circle {
    private static final int STEPS = 1 << 13;
    private static final float[] SINE = sine();

    private Circle() {}

    private static float[] sine() {
        float[] table = new float[STEPS];
        for (int i = 0; i < STEPS; i++) {
            table[i] = (float) StrictMath.sin(2 * Math.PI * i / STEPS);
        }
        return table;
    }

    /** Returns the sine of an angle in revolutions, 0 or more. */
    static float sin(float turns) {
        return SINE[(int) (turns * STEPS) & (STEPS - 1)];
    }

    /** Returns the cosine of an angle in revolutions, 0 or more. */
    static float cos(float turns) {
        return sin(turns + 0.25f);
    }
}
