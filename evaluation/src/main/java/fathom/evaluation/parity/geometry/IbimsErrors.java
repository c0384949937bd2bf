package fathom.evaluation.parity.geometry;

/**
 * The global errors of the iBims-1 script over pairs of depths. Each pixel is computed in float32, as the script does;
 * means are float64.
 */
record IbimsErrors(double absRel, double sqRel, double rmse, double log10, double delta1, double delta2,
        double delta3) {
    /** {@return the errors of as many predictions as truths; NaN if there are none} */
    static IbimsErrors of(float[] truth, float[] prediction) {
        double absRel = 0;
        double sqRel = 0;
        double squares = 0;
        double log10 = 0;
        int[] below = new int[3];
        for (int i = 0; i < truth.length; i++) {
            float g = truth[i];
            float p = prediction[i];
            float difference = g - p;
            absRel += Math.abs(difference) / g;
            sqRel += difference * difference / g;
            squares += difference * difference;
            log10 += Math.abs((float) Math.log10(g) - (float) Math.log10(p));
            float ratio = Math.max(g / p, p / g);
            below[0] += ratio < 1.25f ? 1 : 0;
            below[1] += ratio < 1.5625f ? 1 : 0;
            below[2] += ratio < 1.953125f ? 1 : 0;
        }
        double count = truth.length;
        return new IbimsErrors(absRel / count, sqRel / count, Math.sqrt(squares / count), log10 / count,
                below[0] / count, below[1] / count, below[2] / count);
    }
}
