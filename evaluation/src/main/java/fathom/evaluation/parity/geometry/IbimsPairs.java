package fathom.evaluation.parity.geometry;

import java.io.IOException;
import java.util.Arrays;

import fathom.evaluation.parity.ToolkitCase;
import fathom.raster.Plane;

/**
 * Truth and prediction as the iBims-1 script pairs them: zeros are removed from each of them separately, so that the
 * pairs shift if only one of the two is 0 at a pixel.
 */
final class IbimsPairs {
    private final int valid;
    private final float[] truth;
    private final float[] prediction;

    private IbimsPairs(int valid, float[] truth, float[] prediction) {
        this.valid = valid;
        this.truth = truth;
        this.prediction = prediction;
    }

    /** {@return the pairs of the pixels with a truth that is finite and above 0} */
    static IbimsPairs of(ToolkitCase pair) throws IOException {
        Plane truthMap = pair.truth();
        Plane predictionMap = pair.prediction();
        truthMap.requireSameShape("prediction", predictionMap);
        float[] truth = truthMap.toArray();
        float[] prediction = predictionMap.toArray();
        int valid = 0;
        int predicted = 0;
        for (int i = 0; i < truth.length; i++) {
            if (Float.isFinite(truth[i]) && truth[i] > 0) {
                truth[valid++] = truth[i];
                if (prediction[i] != 0) {
                    prediction[predicted++] = prediction[i];
                }
            }
        }
        return new IbimsPairs(valid, Arrays.copyOf(truth, valid), Arrays.copyOf(prediction, predicted));
    }

    /** {@return the number of pixels with a truth} */
    int valid() {
        return valid;
    }

    /** {@return whether there are as many predictions as truths} */
    boolean match() {
        return truth.length == prediction.length;
    }

    /** {@return whether NumPy pairs them: as many, or one prediction for all} */
    boolean broadcast() {
        return match() || prediction.length == 1;
    }

    float[] truth() {
        return truth;
    }

    /** {@return the predictions, as many as truths} */
    float[] prediction() {
        if (match()) {
            return prediction;
        }
        float[] repeated = new float[truth.length];
        Arrays.fill(repeated, prediction[0]);
        return repeated;
    }

    /** {@return the pairs whose truth is inside [from, to]} */
    IbimsPairs between(float from, float to) {
        float[] insideTruth = new float[truth.length];
        float[] insidePrediction = new float[truth.length];
        int count = 0;
        for (int i = 0; i < truth.length; i++) {
            if (truth[i] >= from && truth[i] <= to) {
                insideTruth[count] = truth[i];
                insidePrediction[count++] = prediction[i];
            }
        }
        return new IbimsPairs(count, Arrays.copyOf(insideTruth, count), Arrays.copyOf(insidePrediction, count));
    }
}
