package fathom.datasets;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.FieldSummary;

/**
 * An entry of {@link Datasets#list()}: a dataset with its description, or a folder that cannot be read as a dataset and
 * the reason.
 */
public sealed interface DatasetListing {
    /** {@return the name of the dataset} */
    String name();

    /** {@return the folder of the dataset} */
    Path folder();

    /**
     * A dataset that can be opened.
     *
     * @param name the name of the dataset
     * @param folder the folder of the dataset
     * @param description a description of one line for display; may be empty
     * @param mediaRoot the folder that contains the media
     * @param created the time at which the dataset was created
     * @param samples the number of samples
     * @param fields the fields with their counts, the picture first
     * @param bytes the size of the folder (index and stored maps, without the media)
     */
    record Ready(String name, Path folder, String description, Path mediaRoot, Instant created, int samples,
            List<FieldSummary> fields, long bytes) implements DatasetListing {
        /** Copies the list. */
        public Ready {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A folder that cannot be read as a dataset.
     *
     * @param name the name of the dataset
     * @param folder the folder
     * @param problem the reason, with the fix
     */
    record Unreadable(String name, Path folder, DatasetException problem) implements DatasetListing {}
}
