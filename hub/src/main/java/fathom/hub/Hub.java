package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

import fathom.cache.CacheFolder;
import fathom.hub.http.Addresses;

/**
 * The Hub and its cache: downloads the missing files of a repository and returns a folder that contains them. Files
 * that Python has downloaded are used, and the reverse; see {@link HubCache}. Safe for use by many threads; holds
 * connections until it is closed.
 */
public final class Hub implements AutoCloseable {
    private static final int LISTING_LIMIT = 64 << 20;
    private static final int INDEX_LIMIT = 64 << 20;

    private final HubSettings settings;
    private final HubCache cache;
    private final HubHttp http;
    private final Download.FreeSpace space;
    private final Backoff.Pause pause;

    /**
     * Creates a client.
     *
     * @param settings address, token, cache and timeouts
     */
    public Hub(HubSettings settings) {
        this(settings, folder -> Files.getFileStore(folder).getUsableSpace(), Thread::sleep);
    }

    Hub(HubSettings settings, Download.FreeSpace space, Backoff.Pause pause) {
        this.settings = settings;
        this.cache = new HubCache(settings.cache(), settings.symbolicLinks());
        this.http = new HubHttp(settings);
        this.space = space;
        this.pause = pause;
    }

    /** {@return the cache on this disk} */
    public HubCache cache() {
        return cache;
    }

    @Override
    public void close() {
        http.close();
    }

    /**
     * Downloads files of a repository. Without network, or if the Hub does not answer, the files of the commit in the
     * cache are returned if they are complete.
     *
     * @param repository the repository and revision
     * @param requested the required files
     * @param listener is notified of the progress
     * @return the files in the cache
     * @throws HubException if they are not available; the message explains the fix
     */
    public HubSnapshot fetch(HubReference.Repository repository, RequestedFiles requested, HubListener listener)
            throws HubException {
        Optional<HubSnapshot> cached;
        try {
            cached = cached(repository, requested);
        } catch (HubException e) {
            if (e.kind() != HubException.Kind.FILE_NOT_FOUND) {
                throw e;
            }
            if (settings.offline()) {
                throw offline(repository, e);
            }
            cached = Optional.empty();
        }
        if (cached.isPresent() && (settings.offline() || repository.isPinned())) {
            return cached.get();
        }
        if (settings.offline()) {
            throw offline(repository);
        }
        RepositoryListing listing;
        try {
            listing = listing(repository, listener, cached.isEmpty());
        } catch (HubException e) {
            if (e.kind().isTemporary() && cached.isPresent()) {
                listener.usingCache(e.getMessage() == null ? "" : e.getMessage());
                return cached.get();
            }
            throw e;
        }
        return download(repository, listing, requested, listener);
    }

    /**
     * Returns the names of a repository's files; of the cached ones if the network may not be used. Downloads nothing.
     *
     * @param repository the repository and revision
     * @param listener is notified of waits
     * @return names, with {@code /} between folders
     * @throws HubException if the Hub does not answer or has no such repository
     */
    public List<String> files(HubReference.Repository repository, HubListener listener) throws HubException {
        if (settings.offline()) {
            Optional<String> commit = cache.commitOf(repository);
            return commit.isPresent() ? cache.files(repository, commit.get()) : List.of();
        }
        return List.copyOf(listing(repository, listener, true).sizes().keySet());
    }

    /**
     * Returns the licence on the model's page, in the Hub's spelling. Downloads nothing.
     *
     * @param repository the repository and revision
     * @param listener is notified of waits
     * @return the licence; empty if the page states none or the network may not be used
     * @throws HubException if the Hub does not answer or has no such repository
     */
    public Optional<String> licence(HubReference.Repository repository, HubListener listener) throws HubException {
        return settings.offline() ? Optional.empty() : listing(repository, listener, true).licence();
    }

    /**
     * Downloads one file of a repository to the cache. A file that is known to be missing from a commit is not
     * requested again.
     *
     * @param file the file
     * @param listener is notified of the progress
     * @return the file in the cache
     * @throws HubException if it is not available
     */
    public Path fetch(HubReference.RepositoryFile file, HubListener listener) throws HubException {
        HubReference.Repository repository = file.repository();
        Optional<String> known = cache.commitOf(repository);
        if (known.isPresent() && (settings.offline() || repository.isPinned())) {
            Path pointer = cache.snapshot(repository, known.get()).resolve(file.path());
            if (Files.isRegularFile(pointer)) {
                return pointer;
            }
            if (cache.isKnownMissing(repository, known.get(), file.path())) {
                throw new HubException(HubException.Kind.FILE_NOT_FOUND,
                        repository + ": there is no file " + file.path());
            }
        }
        return fetch(repository, new RequestedFiles.Named(List.of(file.path())), listener).folder()
                .resolve(file.path());
    }

    /**
     * Downloads a file from any address to the folder of downloads. It is downloaded again if the server announces
     * another entity tag.
     *
     * @param file the address
     * @param listener is notified of the progress
     * @return the file on disk
     * @throws HubException if it is not available
     */
    public Path fetch(HubReference.FileUrl file, HubListener listener) throws HubException {
        URI address = file.address();
        String what = Addresses.shown(address);
        CacheFolder.markInUse(settings.downloads());
        Path folder = settings.downloads().resolve(digest(address.toString()));
        Path target = folder.resolve(file.fileName());
        if (settings.offline()) {
            if (Files.isRegularFile(target)) {
                return target;
            }
            throw new HubException(HubException.Kind.OFFLINE,
                    what + ": not downloaded yet, and HF_HUB_OFFLINE forbids the network. Unset it once.");
        }
        Backoff backoff = new Backoff(pause, listener);
        create(folder);
        try (CacheLock _ = CacheLock.acquire(folder.resolve(".lock"), what, backoff, listener)) {
            return UrlFile.current(http, address, target, downloads(listener), backoff);
        }
    }

    private HubSnapshot download(HubReference.Repository repository, RepositoryListing listing,
            RequestedFiles requested, HubListener listener) throws HubException {
        String commit = listing.commit();
        List<String> files;
        try {
            files = Selection.of(requested, listing.sizes().keySet(),
                    index -> small(repository, commit, index, listener), repository.toString());
        } catch (HubException e) {
            if (e.kind() == HubException.Kind.FILE_NOT_FOUND && requested instanceof RequestedFiles.Named named) {
                for (String file : named.files()) {
                    if (!listing.sizes().containsKey(file)) {
                        cache.recordMissing(repository, commit, file);
                    }
                }
            }
            throw e;
        }
        Path snapshot = cache.snapshot(repository, commit);
        List<String> missing = new ArrayList<>();
        long bytes = 0;
        for (String file : files) {
            if (!Files.isRegularFile(snapshot.resolve(file))) {
                missing.add(file);
                long size = listing.sizes().getOrDefault(file, -1L);
                bytes = size < 0 || bytes < 0 ? -1 : Math.addExact(bytes, size);
            }
        }
        Download.requireSpace(space, cache.folder(repository), bytes - cache.partialBytes(repository),
                repository.toString());
        listener.planned(missing.size(), bytes);
        for (String file : missing) {
            downloadToCache(repository, commit, file, listener);
        }
        try {
            cache.recordRevision(repository, commit);
        } catch (HubException e) {
            if (!missing.isEmpty()) {
                throw e;
            }
            // A read-only cache still provides its files.
            listener.usingCache(e.getMessage() == null ? "" : e.getMessage());
        }
        return new HubSnapshot(repository, commit, snapshot, files, listing.licence());
    }

    /** Downloads {@code file} of {@code commit} to the cache. */
    private void downloadToCache(HubReference.Repository repository, String commit, String file, HubListener listener)
            throws HubException {
        String what = repository.id() + "/" + file;
        URI address = http.fileAddress(repository, commit, file);
        Backoff backoff = new Backoff(pause, listener);
        HubHttp.Announcement announced = repeated(backoff, () -> http.announce(address, what));
        Path blob = cache.blob(repository, announced.etag());
        create(cache.folder(repository).resolve("blobs"));
        try (CacheLock lock = CacheLock.acquire(cache.lock(repository, announced.etag()), what, backoff, listener)) {
            if (Files.isRegularFile(cache.snapshot(repository, commit).resolve(file))) {
                return;
            }
            boolean fresh = !Files.isRegularFile(blob);
            if (fresh) {
                // Python's programs would resume the same file: if they do not see the lock, another
                // file is used.
                String mark = lock.isExcludingPython() ? "" : ".fathom";
                Path partial = blob.resolveSibling(announced.etag() + mark + ".incomplete");
                downloads(listener).into(partial, new Download.Order(what, address, announced.size(),
                        () -> ContentHash.of(announced.etag(), announced.size())));
                move(partial, blob);
            }
            cache.link(repository, commit, file, announced.etag(), fresh);
        }
        listener.finished(what);
    }

    /** Returns the content of a small file, through the cache. */
    private byte[] small(HubReference.Repository repository, String commit, String file, HubListener listener)
            throws HubException {
        Path pointer = cache.snapshot(repository, commit).resolve(file);
        if (!Files.isRegularFile(pointer)) {
            downloadToCache(repository, commit, file, listener);
        }
        return content(pointer);
    }

    private static byte[] content(Path file) throws HubException {
        try {
            long size = Files.size(file);
            if (size > INDEX_LIMIT) {
                throw new HubException(HubException.Kind.UNEXPECTED_ANSWER,
                        file + ": expected at most " + INDEX_LIMIT + " bytes, found " + size);
            }
            return Files.readAllBytes(file);
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw HubCache.unusable("cannot read " + file, e);
        }
    }

    private RepositoryListing listing(HubReference.Repository repository, HubListener listener, boolean patient)
            throws HubException {
        Backoff backoff = new Backoff(pause, listener);
        String what = repository.toString();
        URI address = http.listingAddress(repository);
        byte[] json = patient
                ? repeated(backoff, () -> http.read(address, LISTING_LIMIT, what))
                : http.read(address, LISTING_LIMIT, what);
        return RepositoryListing.parse(json, what);
    }

    /**
     * Returns the cached files; empty if none is cached.
     *
     * @throws HubException of the kind {@code FILE_NOT_FOUND} if a required file is missing; the message names it
     */
    private Optional<HubSnapshot> cached(HubReference.Repository repository, RequestedFiles requested)
            throws HubException {
        Optional<String> commit = cache.commitOf(repository);
        if (commit.isEmpty()) {
            return Optional.empty();
        }
        Path folder = cache.snapshot(repository, commit.get());
        List<String> present = cache.files(repository, commit.get());
        if (present.isEmpty()) {
            return Optional.empty();
        }
        List<String> files = Selection.ofCached(requested, present, index -> content(folder.resolve(index)),
                repository.toString());
        return Optional.of(new HubSnapshot(repository, commit.get(), folder, files, Optional.empty()));
    }

    private HubException offline(HubReference.Repository repository, HubException missing) {
        String detail = String.valueOf(missing.getMessage());
        return new HubException(HubException.Kind.OFFLINE,
                repository + ": not complete in the cache " + cache.folder(repository) + " ("
                        + detail.substring(detail.indexOf(": ") + 2)
                        + "), and HF_HUB_OFFLINE forbids the network. Unset it once to download the rest.",
                missing);
    }

    private HubException offline(HubReference.Repository repository) {
        return new HubException(HubException.Kind.OFFLINE,
                repository + ": not complete in the cache " + cache.folder(repository)
                        + ", and HF_HUB_OFFLINE forbids the network. Unset it once to download the model.");
    }

    private Download downloads(HubListener listener) {
        return new Download(http, settings.silenceTimeout(), space, pause, listener);
    }

    /** A request that may be repeated. */
    interface Request<T> {
        T attempt() throws HubException;
    }

    static <T> T repeated(Backoff backoff, Request<T> request) throws HubException {
        while (true) {
            try {
                return request.attempt();
            } catch (HubException e) {
                backoff.after(e);
            }
        }
    }

    private static void create(Path folder) throws HubException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw HubCache.unusable("cannot make the folder " + folder, e);
        }
    }

    private static void move(Path partial, Path complete) throws HubException {
        try {
            HubCache.move(partial, complete);
        } catch (IOException e) {
            throw HubCache.unusable("cannot move " + partial, e);
        }
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 belongs to every Java platform", e);
        }
    }
}
