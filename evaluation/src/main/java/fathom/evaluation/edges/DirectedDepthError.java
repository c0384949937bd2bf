package fathom.evaluation.edges;

/**
 * On which side of a plane parallel to the image the prediction puts each pixel (iBims-1: Koch et al., 2018, section
 * 3.2). A pixel whose truth or prediction is NaN counts in none of the three shares; they then sum to less than 1.
 *
 * @param correct share of pixels on the right side
 * @param tooNear share of pixels that are behind the plane and predicted before or on it
 * @param tooFar share of pixels that are before or on the plane and predicted behind it
 */
public record DirectedDepthError(double correct, double tooNear, double tooFar) {
    /**
     * {@return the error for a plane; NaN if there are no pixels}
     *
     * @param truth depths, metres
     * @param prediction as many depths, metres
     * @param plane depth of the plane, metres
     * @throws IllegalArgumentException if the numbers of depths differ
     */
    public static DirectedDepthError of(float[] truth, float[] prediction, double plane) {
        if (truth.length != prediction.length) {
            throw new IllegalArgumentException(
                    "prediction: expected " + truth.length + " depths, found " + prediction.length);
        }
        float limit = (float) plane;
        int correct = 0;
        int near = 0;
        int far = 0;
        for (int i = 0; i < truth.length; i++) {
            if (Float.isNaN(truth[i]) || Float.isNaN(prediction[i])) {
                continue;
            }
            boolean before = truth[i] <= limit;
            boolean predictedBefore = prediction[i] <= limit;
            if (before == predictedBefore) {
                correct++;
            } else if (predictedBefore) {
                near++;
            } else {
                far++;
            }
        }
        double count = truth.length;
        return new DirectedDepthError(correct / count, near / count, far / count);
    }
}
