package fathom.raster.advice;

import java.nio.file.Path;
import java.util.List;

/**
 * What the user can do about a mistake, independent of a user interface. The command line and the app choose the words,
 * each with an exhaustive {@code switch}.
 */
public sealed interface Remedy {
    /**
     * Store the predictions in another field, or delete those of {@code field} and predict again.
     *
     * @param field the field that holds other predictions
     */
    record RedoPredictions(String field) implements Remedy {}

    /** Process images of the same file name in separate runs, each with another output folder. */
    record SeparateOutputFolders() implements Remedy {}

    /** Write to another output folder. */
    record ChooseOutputFolder() implements Remedy {}

    /**
     * Start Java with a larger heap, or use smaller data.
     *
     * @param gigabytes a size that is probably large enough
     */
    record EnlargeHeap(long gigabytes) implements Remedy {}

    /**
     * Name the array to read from a file of several arrays.
     *
     * @param names the arrays to choose from
     */
    record NameArray(List<String> names) implements Remedy {
        /** Copies the list. */
        public NameArray {
            names = List.copyOf(names);
        }
    }

    /** State the camera of the image: its intrinsics or its horizontal field of view. */
    record StateCamera() implements Remedy {}

    /**
     * Predict depth for the samples of a dataset first.
     *
     * @param dataset the dataset
     * @param field the field to store the predictions in
     */
    record PredictFirst(String dataset, String field) implements Remedy {}

    /** Check which version of the remote model is used and which inputs it accepts. */
    record CheckModelInputs() implements Remedy {}

    /** Send the setting to the remote model as one of its inputs, instead of as an option of Fathom. */
    record GiveModelInput() implements Remedy {}

    /** Send fewer concurrent requests to the service, or allow more time. */
    record LowerConcurrency() implements Remedy {}

    /**
     * Set one of these options of the model.
     *
     * @param settings each as {@code key=value} or {@code key=PLACEHOLDER}
     */
    record SetModelOption(List<String> settings) implements Remedy {
        /** Copies the list. */
        public SetModelOption {
            settings = List.copyOf(settings);
        }
    }

    /**
     * State how a model's pictures are preprocessed: with a mean and a deviation, or without.
     *
     * @param mean the mean of red, green and blue that most models are trained with
     * @param deviation the deviation that most models are trained with
     */
    record StatePreprocessing(String mean, String deviation) implements Remedy {}

    /**
     * State what the values of an unknown model mean, or describe the model in a file.
     *
     * @param kinds the kinds of depth to choose from
     * @param file the description to write, a YAML file
     * @param content example content of the file; the user has to check its values
     */
    record DescribeModel(List<String> kinds, Path file, String content) implements Remedy {
        /** Copies the list. */
        public DescribeModel {
            kinds = List.copyOf(kinds);
        }
    }
}
