package fathom.datasets;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

import fathom.datasets.depth.DepthFiles;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.sqlite.Store;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Field;
import fathom.datasets.values.SampleAttributes;
import fathom.formats.TooLargeException;
import fathom.formats.images.Images;
import fathom.formats.images.ReadOptions;
import fathom.raster.MeasuredDepth;
import fathom.raster.RgbImage;

/** The media files of a dataset: pictures and measured depth maps under a folder that can be moved. */
final class Media {
    private final String dataset;
    private final Store store;
    private volatile Path root;

    Media(String dataset, Store store, Path root) {
        this.dataset = dataset;
        this.store = store;
        this.root = root;
    }

    Path root() {
        return root;
    }

    /** Reads a picture. */
    RgbImage image(Sample sample, Field.RgbField field) {
        Path file = resolve(field.path());
        RgbImage image = read(sample, file, () -> Images.readRgb(file, reading(sample).image()));
        requireSize(sample, file, SampleAttributes.size(sample.height(), sample.width()), image.height(),
                image.width());
        return image;
    }

    /** Returns how the files of a sample are read, as its measured depth states. */
    private static ReadOptions reading(Sample sample) {
        return sample.fields().stream().filter(Field.MeasuredDepthField.class::isInstance)
                .map(field -> ((Field.MeasuredDepthField) field).encoding().reading())
                .filter(reading -> !reading.equals(ReadOptions.DEFAULT)).findFirst().orElse(ReadOptions.DEFAULT);
    }

    /** Reads and decodes measured depth. */
    MeasuredDepth measured(Sample sample, Field.MeasuredDepthField field) {
        Path file = resolve(field.path());
        MeasuredDepth depth = read(sample, file, () -> DepthFiles.read(file, field.encoding(), field.limits()));
        requireSize(sample, file,
                SampleAttributes.sizeOf(sample.attributes(), field.name(), sample.height(), sample.width()),
                depth.height(), depth.width());
        return depth;
    }

    private interface Reading<T> {
        T read() throws IOException;
    }

    private <T> T read(Sample sample, Path file, Reading<T> reading) {
        if (!Files.exists(file)) {
            throw new DatasetException(Problem.MEDIA, "dataset " + dataset + ", sample " + sample.name() + ": expected "
                    + file + ", found none; if the media were moved, relocate the dataset to their new folder");
        }
        try {
            return reading.read();
        } catch (IOException e) {
            throw new DatasetException(Problem.MEDIA,
                    "dataset " + dataset + ", sample " + sample.name() + ": " + e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            TooLargeException tooLarge = new TooLargeException(file.toString(),
                    sample.width() + "x" + sample.height() + " pixels", e);
            throw new DatasetException(Problem.MEDIA,
                    "dataset " + dataset + ", sample " + sample.name() + ": " + tooLarge.getMessage(), tooLarge);
        }
    }

    private void requireSize(Sample sample, Path file, String expected, int height, int width) {
        if (!SampleAttributes.size(height, width).equals(expected)) {
            throw new DatasetException(Problem.MEDIA,
                    "dataset " + dataset + ", sample " + sample.name() + ": " + file + ": expected " + expected
                            + " as imported, found " + width + "x" + height + "; import the changed files again");
        }
    }

    /** Returns the file at {@code path}, which is relative to the root and must stay below it. */
    Path resolve(String path) {
        Path file;
        try {
            file = root.resolve(path).normalize();
        } catch (InvalidPathException e) {
            throw new DatasetException(Problem.CORRUPT, "dataset " + dataset
                    + ": expected the path of a media file, found " + e.getMessage() + "; import the dataset again", e);
        }
        if (!file.startsWith(root)) {
            throw new DatasetException(Problem.CORRUPT, "dataset " + dataset + ": media path " + path
                    + " leaves the media root " + root + "; import the dataset again");
        }
        return file;
    }

    /** Returns the path of {@code file} relative to the root, with forward slashes. */
    String relative(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!absolute.startsWith(root) || absolute.equals(root)) {
            throw new IllegalArgumentException("media: expected files under the media root " + root + ", found " + file
                    + "; create the dataset with a media root above all its files");
        }
        return root.relativize(absolute).toString().replace('\\', '/');
    }

    /** Sets and saves another root. Every media file must exist under it. */
    void relocate(Path newRoot) {
        Path absolute = newRoot.toAbsolutePath().normalize();
        List<String> paths = store.query("SELECT rgb FROM sample UNION SELECT path FROM measured ORDER BY 1",
                row -> row.text(1));
        List<String> missing = paths.stream().filter(path -> !Files.isRegularFile(absolute.resolve(path))).toList();
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("media root: expected all " + paths.size() + " files of dataset "
                    + dataset + " under " + absolute + ", found " + missing.size() + " missing, the first "
                    + absolute.resolve(missing.getFirst()));
        }
        store.change(
                () -> store.update("UPDATE fact SET value = ? WHERE key = ?", absolute.toString(), Schema.MEDIA_ROOT));
        store.save();
        root = absolute;
    }
}
