package fathom.workbench.alignment;

import java.io.IOException;
import java.nio.file.Path;

import fathom.evaluation.metrics.UnscorableException;
import fathom.formats.json.JsonValue.Members;
import fathom.models.ModelDescription;
import fathom.raster.Prediction;

/** A rule that converts the predictions of pictures to metres. Safe for use by several threads. */
@FunctionalInterface
public interface DepthConversion {
    /**
     * Returns the conversion of one picture.
     *
     * @param picture the file of the picture
     * @param prediction the prediction at the size of the picture, [H, W]
     * @param model the model that made it
     * @return the conversion
     * @throws UnscorableException if this prediction cannot be converted
     * @throws IOException if a file that the conversion needs cannot be read
     */
    Fitted fit(Path picture, Prediction prediction, ModelDescription model) throws UnscorableException, IOException;

    /** The conversion of one picture. */
    interface Fitted {
        /**
         * Converts a prediction.
         *
         * @param prediction the prediction of the picture, of any size
         * @return the prediction in metres; NaN where the conversion gives no depth
         * @throws UnscorableException if no pixel has a depth
         */
        Prediction applied(Prediction prediction) throws UnscorableException;

        /** {@return the numbers of the conversion, for JSON and for the provenance of the output} */
        Members facts();

        /** {@return the conversion in one line, for display} */
        String text();
    }
}
