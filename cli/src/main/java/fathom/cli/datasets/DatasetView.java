package fathom.cli.datasets;

import java.util.List;
import java.util.Locale;

import fathom.datasets.DatasetListing;
import fathom.datasets.values.FieldSummary;
import org.jspecify.annotations.Nullable;

/**
 * One dataset in a listing.
 *
 * @param name its name
 * @param folder the folder of its index and maps
 * @param samples the number of samples, null if it cannot be read
 * @param created when it was created, ISO 8601, null if it cannot be read
 * @param description one line
 * @param mediaRoot the folder of its pictures, null if it cannot be read
 * @param bytes size of index and maps, null if it cannot be read
 * @param fields its fields
 * @param problem why it cannot be read, null if it can
 */
public record DatasetView(String name, String folder, @Nullable Integer samples, @Nullable String created,
        String description, @Nullable String mediaRoot, @Nullable Long bytes, List<Field> fields,
        @Nullable String problem) {
    /**
     * The state of one field over all samples.
     *
     * @param name its name
     * @param type rgb, measured or prediction
     * @param done the number of samples that have it
     * @param failed the number of samples for which it failed
     * @param pending the number of remaining samples
     */
    record Field(String name, String type, int done, int failed, int pending) {
        static Field of(FieldSummary summary) {
            return new Field(summary.name(), summary.type().name().toLowerCase(Locale.ROOT), summary.done(),
                    summary.failed(), summary.pending());
        }
    }

    static DatasetView of(DatasetListing listing) {
        return switch (listing) {
            case DatasetListing.Ready ready -> new DatasetView(ready.name(), ready.folder().toString(), ready.samples(),
                    ready.created().toString(), ready.description(), ready.mediaRoot().toString(), ready.bytes(),
                    ready.fields().stream().map(Field::of).toList(), null);
            case DatasetListing.Unreadable unreadable ->
                new DatasetView(unreadable.name(), unreadable.folder().toString(), null, null, "", null, null,
                        List.of(), unreadable.problem().getMessage());
        };
    }

    /**
     * Returns a human-readable number of bytes, such as {@code "1.5 MB"}.
     *
     * @param bytes the number
     * @return the number with a decimal unit
     */
    public static String size(long bytes) {
        String[] units = {"B", "kB", "MB", "GB", "TB"};
        double value = bytes;
        int unit = 0;
        while (value >= 1000 && unit < units.length - 1) {
            value /= 1000;
            unit++;
        }
        return unit == 0 ? bytes + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }
}
