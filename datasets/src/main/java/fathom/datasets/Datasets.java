package fathom.datasets;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

import fathom.datasets.files.DatasetFolders;
import fathom.datasets.files.FileErrors;
import fathom.datasets.files.MapFiles;
import fathom.datasets.files.NameLock;
import fathom.datasets.files.WriterLock;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.sqlite.SqliteLibrary;
import fathom.datasets.sqlite.Store;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Names;

/**
 * All datasets of one home folder: {@code <home>/datasets/<name>/}. Creates, opens, lists and deletes datasets.
 *
 * <p>A new dataset becomes visible under its name only when it is complete, and a deleted one disappears at once. If the
 * process dies meanwhile, a hidden folder remains; the next call that lists or opens datasets removes it.
 *
 * <p><b>Names</b> have 1 to 64 letters, digits, {@code '.'}, {@code '_'} and {@code '-'}. Two names must differ in more
 * than upper and lower case, so that a home folder can be copied to any file system.
 *
 * <p><b>Concurrency.</b> Instances are immutable and safe for use by several threads and processes at once.
 *
 * <p><b>Errors.</b> Methods throw {@link DatasetException}, whose {@link DatasetException#problem()} tells the cases apart:
 * unknown name, existing name, dataset in use, damaged or newer dataset, full or read-only disk.
 *
 * {@snippet file="snippets/DatasetSnippets.java" region="create"}
 *
 * @see Dataset
 * @see FathomHome
 */
public final class Datasets {
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path home;
    private final Path folder;
    private final DatasetFolders folders;

    private Datasets(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = this.home.resolve("datasets");
        this.folders = new DatasetFolders(folder);
    }

    /**
     * Returns the datasets of a home folder.
     *
     * @param home the home folder; it need not exist. {@link FathomHome#resolve()} returns the default
     * @return the datasets in it
     */
    public static Datasets at(Path home) {
        return new Datasets(home);
    }

    /** {@return the home folder, absolute} */
    public Path home() {
        return home;
    }

    /**
     * Returns whether a dataset exists, readable or not.
     *
     * @param name the name, in any case
     * @return whether there is a dataset of that name
     */
    public boolean exists(String name) {
        return existing(name).isPresent();
    }

    /** {@return the names of all datasets, sorted without regard to case} */
    public List<String> names() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(folder, Files::isDirectory)) {
            children.forEach(child -> names.add(child.getFileName().toString()));
        } catch (IOException e) {
            throw FileErrors.translate("listing the datasets in " + folder, e);
        }
        names.removeIf(name -> name.startsWith(DatasetFolders.HIDDEN));
        names.sort(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
        return names;
    }

    /** {@return all datasets, sorted by name; one that cannot be read is listed with the reason} */
    public List<DatasetListing> list() {
        folders.discardLeftovers();
        // Another process may delete a dataset after its name was read.
        return names().stream().map(this::listing)
                .filter(listing -> listing instanceof DatasetListing.Ready || Files.isDirectory(listing.folder()))
                .toList();
    }

    /**
     * Describes one dataset.
     *
     * @param name the name of the dataset
     * @return the entry that {@link #list()} contains for it
     * @throws DatasetException if there is no dataset of that name
     */
    public DatasetListing describe(String name) {
        return listing(require(name));
    }

    /** Describes a dataset that was found. Never fails: one damaged dataset must not hide the others. */
    private DatasetListing listing(String found) {
        Path own = folder.resolve(found);
        try (Dataset dataset = openReadOnly(found)) {
            return new DatasetListing.Ready(found, own, dataset.description(), dataset.mediaRoot(), dataset.created(),
                    dataset.size(), dataset.fields(), Dataset.bytes(own));
        } catch (DatasetException e) {
            return new DatasetListing.Unreadable(found, own, e);
        } catch (IOException e) {
            return new DatasetListing.Unreadable(found, own, FileErrors.translate("dataset " + found, e));
        } catch (RuntimeException e) {
            return new DatasetListing.Unreadable(found, own,
                    new DatasetException(Problem.CORRUPT, "dataset " + found + ": its index is damaged: " + e
                            + "; restore it from a backup, or delete the dataset and import it again", e));
        }
    }

    /**
     * Creates an empty dataset and opens it for writing.
     *
     * @param name the name of the new dataset
     * @param options the media root and the description
     * @return the open dataset
     * @throws IllegalArgumentException if the name is not valid, or if the media root is not a folder
     * @throws DatasetException if a dataset of that name exists (ignoring case), or if the disk cannot be written
     */
    public Dataset create(String name, DatasetOptions options) {
        return create(name, options, dataset -> {});
    }

    /**
     * Creates a dataset with its samples and opens it for writing. The dataset appears when {@code filling} returns. If
     * {@code filling} throws or the process dies, no dataset remains.
     *
     * @param name the name of the new dataset
     * @param options the media root and the description
     * @param filling adds the samples
     * @return the open dataset
     * @throws IllegalArgumentException if the name is not valid, or if the media root is not a folder
     * @throws DatasetException if a dataset of that name exists (ignoring case), or if the disk cannot be written
     */
    public Dataset create(String name, DatasetOptions options, Consumer<Dataset> filling) {
        requireFree(name);
        if (!Files.isDirectory(options.mediaRoot())) {
            throw new IllegalArgumentException("media root: expected a folder, found " + options.mediaRoot()
                    + (Files.exists(options.mediaRoot()) ? ", which is a file" : ", which does not exist"));
        }
        prepareLibrary();
        folders.discardLeftovers();
        DatasetFolders.Draft draft;
        try {
            draft = folders.create(name);
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + name + ": creating it in " + folder, e);
        }
        try {
            write(draft.path(), name, options);
            Dataset dataset = Dataset.openWritable(name, draft.path(), draft.lock(), MapFiles::write);
            try {
                filling.accept(dataset);
                publish(name, draft.path(), dataset);
            } finally {
                dataset.close();
            }
        } catch (RuntimeException e) {
            release(draft.lock(), e);
            DatasetFolders.discard(draft.path());
            throw e;
        }
        return open(name);
    }

    /** Gives a complete dataset its name, which another process may have taken meanwhile. */
    private void publish(String name, Path draft, Dataset dataset) {
        dataset.save();
        try (NameLock _ = NameLock.acquire(folder)) {
            // Windows cannot move a folder with an open file. No process removes the draft while the names are locked.
            dataset.close();
            requireFree(name);
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw exists(name)
                    ? taken(name)
                    : FileErrors.translate("dataset " + name + ": creating it in " + folder, e);
        }
    }

    private static void release(WriterLock lock, RuntimeException cause) {
        try {
            lock.close();
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    /**
     * Requires that {@code name} can be the name of a new dataset.
     *
     * @param name the name
     * @throws IllegalArgumentException if the name is not valid
     * @throws DatasetException if a dataset of that name exists (ignoring case)
     */
    public void requireFree(String name) {
        Names.requireDataset(name);
        existing(name).ifPresent(found -> { throw taken(found); });
    }

    private static void write(Path draft, String name, DatasetOptions options) {
        try (Store store = IndexFile.create(name, draft)) {
            store.change(() -> {
                String insert = "INSERT INTO fact (key, value) VALUES (?, ?)";
                store.update(insert, Schema.CREATED, Instant.now().truncatedTo(ChronoUnit.MILLIS).toString());
                store.update(insert, Schema.MEDIA_ROOT, options.mediaRoot().toString());
                store.update(insert, Schema.DESCRIPTION, options.description());
            });
        }
    }

    /**
     * Opens a dataset for writing. Waits at most two seconds for another writer to finish. An index of an older schema
     * version is converted.
     *
     * @param name the name of the dataset
     * @return the open dataset
     * @throws DatasetException if there is no dataset of that name, another process is writing it, or it cannot be read
     */
    public Dataset open(String name) {
        return open(name, PATIENCE, MapFiles::write);
    }

    /**
     * Opens a dataset for writing, with a limit for the time to wait.
     *
     * @param name the name of the dataset
     * @param patience the longest time to wait for another writer
     * @return the open dataset
     * @throws DatasetException if there is no dataset of that name, another process is writing it, or it cannot be read
     */
    public Dataset open(String name, Duration patience) {
        return open(name, patience, MapFiles::write);
    }

    Dataset open(String name, Duration patience, MapFiles.MapWriter writer) {
        String found = require(name);
        prepareLibrary();
        folders.discardLeftovers();
        return opened(found, () -> Dataset.openWritable(found, folder.resolve(found), patience, writer));
    }

    /**
     * Opens a dataset for reading. Another process can write it at the same time.
     *
     * @param name the name of the dataset
     * @return the open dataset
     * @throws DatasetException if there is no dataset of that name, or if it cannot be read
     */
    public Dataset openReadOnly(String name) {
        String found = require(name);
        prepareLibrary();
        return opened(found, () -> Dataset.openReadable(found, folder.resolve(found)));
    }

    /** Opens a dataset. If it was deleted meanwhile, that is the reason of any failure. */
    private Dataset opened(String found, Supplier<Dataset> opening) {
        try {
            return opening.get();
        } catch (DatasetException e) {
            if (Files.isDirectory(folder.resolve(found))) {
                throw e;
            }
            throw new DatasetException(Problem.UNKNOWN, "dataset " + found + ": deleted while it was opened", e);
        }
    }

    /**
     * Deletes a dataset, readable or not: its index and prediction maps. The media files are never deleted.
     *
     * @param name the name of the dataset
     * @throws DatasetException if there is no dataset of that name, or if another process is writing it
     */
    public void delete(String name) {
        String found = require(name);
        try {
            folders.delete(found, PATIENCE);
        } catch (NoSuchFileException e) {
            throw new DatasetException(Problem.UNKNOWN, "dataset " + found + ": another process deleted it", e);
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + found + ": deleting " + folder.resolve(found), e);
        }
        folders.discardLeftovers();
    }

    private void prepareLibrary() {
        SqliteLibrary.prepare();
    }

    /** Returns the name, as stored, of the dataset called {@code name} in any case. */
    private Optional<String> existing(String name) {
        return names().stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
    }

    private String require(String name) {
        List<String> names = names();
        if (names.contains(name)) {
            return name;
        }
        throw new DatasetException(Problem.UNKNOWN,
                "dataset: no dataset named " + name + " in " + folder + Names.hint(name, names, "; import one first"));
    }

    private static DatasetException taken(String name) {
        return new DatasetException(Problem.EXISTS,
                "dataset " + name + ": a dataset of that name exists already; choose another name, or delete it first");
    }
}
