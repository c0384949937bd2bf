package fathom.datasets;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import fathom.datasets.values.DatasetException;
import fathom.datasets.values.FieldSummary;

/** One line of the list of datasets: a dataset as it is, or a folder that cannot be read as one, and why. */
public sealed interface DatasetListing {
    /** The dataset's name. */
    String name();

    /** The dataset's folder. */
    Path folder();

    /**
     * A dataset that can be opened.
     *
     * @param name its name
     * @param folder its folder
     * @param description one line, may be empty
     * @param mediaRoot where its media lie
     * @param created when it was made
     * @param samples how many samples it has
     * @param fields its fields, the picture first
     * @param bytes size of the folder: index and stored maps, not the media
     */
    record Ready(String name, Path folder, String description, Path mediaRoot, Instant created, int samples,
            List<FieldSummary> fields, long bytes) implements DatasetListing {
        public Ready {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A folder that is no readable dataset.
     *
     * @param name its name
     * @param folder the folder
     * @param problem what is wrong, with a remedy
     */
    record Unreadable(String name, Path folder, DatasetException problem) implements DatasetListing {}
}
