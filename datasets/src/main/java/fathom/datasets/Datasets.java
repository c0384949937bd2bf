package fathom.datasets;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

import fathom.datasets.files.FileErrors;
import fathom.datasets.files.MapFiles;
import fathom.datasets.files.WriterLock;
import fathom.datasets.sqlite.IndexFile;
import fathom.datasets.sqlite.Schema;
import fathom.datasets.sqlite.SqliteLibrary;
import fathom.datasets.sqlite.Store;
import fathom.datasets.values.DatasetException;
import fathom.datasets.values.DatasetException.Problem;
import fathom.datasets.values.Names;

/**
 * All datasets under one home: {@code <home>/datasets/<name>/}. A dataset appears whole or not at all, and disappears in
 * the same way; names differ in more than case, so that a home can move between file systems.
 */
public final class Datasets {
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** A folder being made has its writer long before this. */
    private static final Duration LEFTOVER_AGE = Duration.ofMinutes(10);
    /** Folders being made or deleted begin with it; names of datasets cannot. */
    private static final String HIDDEN = ".";

    private final Path home;
    private final Path folder;

    private Datasets(Path home) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = this.home.resolve("datasets");
    }

    /** The datasets of {@code home}, a folder which need not exist yet; {@link FathomHome#resolve()} finds a person's. */
    public static Datasets at(Path home) {
        return new Datasets(home);
    }

    /** The folder that holds the datasets and caches. */
    public Path home() {
        return home;
    }

    /** Whether there is a dataset of that name, readable or not. */
    public boolean exists(String name) {
        return existing(name).isPresent();
    }

    /** The names of all datasets, sorted without regard to case. */
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
        names.removeIf(name -> name.startsWith(HIDDEN));
        names.sort(String.CASE_INSENSITIVE_ORDER.thenComparing(Comparator.naturalOrder()));
        return names;
    }

    /** All datasets, sorted by name; one that cannot be read is listed with its problem. */
    public List<DatasetListing> list() {
        return names().stream().map(this::describe).toList();
    }

    /** One dataset as {@link #list()} shows it. */
    public DatasetListing describe(String name) {
        String found = require(name);
        Path own = folder.resolve(found);
        try (Dataset dataset = openReadOnly(found)) {
            return new DatasetListing.Ready(found, own, dataset.description(), dataset.mediaRoot(), dataset.created(),
                    dataset.size(), dataset.fields(), Dataset.bytes(own));
        } catch (DatasetException e) {
            return new DatasetListing.Unreadable(found, own, e);
        } catch (IOException e) {
            return new DatasetListing.Unreadable(found, own, FileErrors.translate("dataset " + found, e));
        }
    }

    /**
     * Makes an empty dataset and opens it for writing.
     *
     * @throws IllegalArgumentException if the name cannot be one
     * @throws DatasetException if there is a dataset of that name, whichever the case of its letters
     */
    public Dataset create(String name, DatasetOptions options) {
        return create(name, options, dataset -> {});
    }

    /**
     * Makes a dataset that appears when {@code filling} is done with it, and opens it for writing. If {@code filling} throws,
     * or the process dies meanwhile, there is no dataset.
     */
    public Dataset create(String name, DatasetOptions options, Consumer<Dataset> filling) {
        requireFree(name);
        if (!Files.isDirectory(options.mediaRoot())) {
            throw new IllegalArgumentException("media root: expected a folder, found " + options.mediaRoot()
                    + (Files.exists(options.mediaRoot()) ? ", which is a file" : ", which does not exist"));
        }
        prepareLibrary();
        discardLeftovers();
        Path draft = folder.resolve(HIDDEN + "new-" + name + "-" + UUID.randomUUID());
        try {
            Files.createDirectories(draft);
            write(draft, name, options);
            try (Dataset dataset = Dataset.openWritable(name, draft, PATIENCE, MapFiles::write)) {
                filling.accept(dataset);
            }
            Files.move(draft, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            discard(draft);
            throw taken(name);
        } catch (IOException e) {
            discard(draft);
            throw FileErrors.translate("dataset " + name + ": making it in " + folder, e);
        } catch (RuntimeException e) {
            discard(draft);
            throw e;
        }
        return open(name);
    }

    /**
     * Requires that {@code name} can be the name of a new dataset.
     *
     * @throws IllegalArgumentException if the name cannot be one
     * @throws DatasetException if there is a dataset of that name, whichever the case of its letters
     */
    public void requireFree(String name) {
        Names.requireDataset(name);
        existing(name).ifPresent(found -> {
            throw taken(found);
        });
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
     * Opens a dataset for writing. Another writer is waited for, but for no more than two seconds.
     *
     * @throws DatasetException if there is none of that name, another writer holds it, or it cannot be read
     */
    public Dataset open(String name) {
        return open(name, PATIENCE, MapFiles::write);
    }

    /** As {@link #open(String)}, waiting for another writer for at most {@code patience}. */
    public Dataset open(String name, Duration patience) {
        return open(name, patience, MapFiles::write);
    }

    Dataset open(String name, Duration patience, MapFiles.MapWriter writer) {
        String found = require(name);
        prepareLibrary();
        return Dataset.openWritable(found, folder.resolve(found), patience, writer);
    }

    /** Opens a dataset for reading, which is possible while another process writes it. */
    public Dataset openReadOnly(String name) {
        String found = require(name);
        prepareLibrary();
        return Dataset.openReadable(found, folder.resolve(found));
    }

    /**
     * Deletes a dataset, readable or not: its index and prediction maps, never the media that it refers to.
     *
     * @throws DatasetException if there is none of that name, or it is being written
     */
    public void delete(String name) {
        String found = require(name);
        Path own = folder.resolve(found);
        Path discarded = folder.resolve(HIDDEN + "deleted-" + found + "-" + UUID.randomUUID());
        try {
            // Held no longer than it takes to know that nobody writes: Windows moves no folder with an open file in it.
            WriterLock.acquire(found, own, PATIENCE).close();
            Files.move(own, discarded, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw FileErrors.translate("dataset " + found + ": deleting " + own, e);
        }
        discard(discarded);
        discardLeftovers();
    }

    private void prepareLibrary() {
        SqliteLibrary.prepare();
    }

    /** The name as stored of the dataset called {@code name}, whichever the case of its letters. */
    private Optional<String> existing(String name) {
        return names().stream().filter(known -> known.equalsIgnoreCase(name)).findFirst();
    }

    private String require(String name) {
        List<String> names = names();
        if (names.contains(name)) {
            return name;
        }
        throw new DatasetException(Problem.UNKNOWN, "dataset: there is none named " + name + " in " + folder
                + Names.hint(name, names, "; import one first"));
    }

    private static DatasetException taken(String name) {
        return new DatasetException(Problem.EXISTS, "dataset " + name
                + ": there is one of that name already; choose another name, or delete it first");
    }

    /** Removes what a killed creation or deletion left. */
    private void discardLeftovers() {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, HIDDEN + "{new,deleted}-*")) {
            for (Path leftover : leftovers) {
                if (isAbandoned(leftover)) {
                    discard(leftover);
                }
            }
        } catch (IOException e) {
            // It costs space only: the next creation or deletion tries again.
            return;
        }
    }

    /** Whether no process is still at work on a hidden folder: nobody writes it, and it is not just being made. */
    private static boolean isAbandoned(Path hidden) throws IOException {
        if (String.valueOf(hidden.getFileName()).startsWith(HIDDEN + "deleted-")) {
            return true;
        }
        if (Files.getLastModifiedTime(hidden).toInstant().isAfter(Instant.now().minus(LEFTOVER_AGE))) {
            return false;
        }
        try {
            WriterLock.acquire(hidden.toString(), hidden, Duration.ZERO).close();
            return true;
        } catch (DatasetException e) {
            return false;
        }
    }

    /** Deletes a folder that is no dataset any more, as far as that is possible. */
    private static void discard(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // Hidden from every listing; the next deletion tries again.
            return;
        }
    }
}
