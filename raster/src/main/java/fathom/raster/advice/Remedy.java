package fathom.raster.advice;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user can do about a mistake, without the words of any user interface. The command line and the page word it, each
 * with an exhaustive {@code switch}.
 */
public sealed interface Remedy {
    /**
     * Store the predictions in another field, or delete those of {@code field} and predict again.
     *
     * @param field the field that holds other predictions
     */
    record RedoPredictions(String field) implements Remedy {}

    /** Process pictures of the same file name in separate runs, each with another output folder. */
    record SeparateOutputFolders() implements Remedy {}

    /** Write to another output folder. */
    record ChooseOutputFolder() implements Remedy {}

    /** State the camera of the picture: its intrinsics or its horizontal field of view. */
    record StateCamera() implements Remedy {}

    /**
     * Predict depth for the samples of a dataset first.
     *
     * @param dataset the dataset
     * @param field the field that is to hold the predictions
     */
    record PredictFirst(String dataset, String field) implements Remedy {}

    /** Check which version of the remote model runs and which inputs it takes. */
    record CheckModelInputs() implements Remedy {}

    /** Send the setting to the remote model as one of its own inputs, instead of as an option of Fathom. */
    record GiveModelInput() implements Remedy {}

    /** Send fewer requests to the service at the same time, or allow more time. */
    record LowerConcurrency() implements Remedy {}

    /**
     * Set one of these options of the model.
     *
     * @param settings each as {@code key=value} or {@code key=PLACEHOLDER}
     */
    record SetModelOption(List<String> settings) implements Remedy {
        public SetModelOption {
            settings = List.copyOf(settings);
        }
    }

    /**
     * State what an unknown model's numbers mean, or describe the model in a file.
     *
     * @param kinds the kinds of depth to choose from
     * @param file the description to write, a YAML file
     * @param content an example of its content; the values have to be checked
     */
    record DescribeModel(List<String> kinds, Path file, String content) implements Remedy {
        public DescribeModel {
            kinds = List.copyOf(kinds);
        }
    }
}
