package fathom.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Supplier;

import fathom.hub.http.StallGuard;

/**
 * Downloads one file to a partial file next to its destination: resumes an interrupted download, retries temporary
 * failures, restarts once if the content does not match the announced hash, and ends with a verified, complete file.
 */
final class Download {
    /** Returns the free bytes of the disk of {@code folder}; tests replace it. */
    interface FreeSpace {
        long of(Path folder) throws IOException;
    }

    /**
     * A file to download.
     *
     * @param what its name, for display
     * @param address its address
     * @param size its bytes, -1 if unknown
     * @param hash creates the verification of its content
     */
    record Order(String what, URI address, long size, Supplier<ContentHash> hash) {}

    private static final int BUFFER = 1 << 18;

    private final HubHttp http;
    private final Duration silence;
    private final FreeSpace space;
    private final Backoff.Pause pause;
    private final HubListener listener;

    Download(HubHttp http, Duration silence, FreeSpace space, Backoff.Pause pause, HubListener listener) {
        this.http = http;
        this.silence = silence;
        this.space = space;
        this.pause = pause;
        this.listener = listener;
    }

    /** Stores the complete, verified content in {@code partial}. */
    void into(Path partial, Order order) throws HubException {
        long present = sizeOf(partial);
        if (order.size() >= 0 && present > order.size()) {
            discard(partial);
            present = 0;
        }
        requireSpace(space, partial, order.size() - present, order.what());
        listener.started(order.what(), order.size(), present);
        Backoff backoff = new Backoff(pause, listener);
        boolean startedOver = false;
        while (true) {
            try {
                receive(partial, order, backoff);
                return;
            } catch (HubException e) {
                if (e.kind() != HubException.Kind.CORRUPT || startedOver) {
                    backoff.after(e);
                } else {
                    startedOver = true;
                    listener.received(-sizeOf(partial));
                    discard(partial);
                }
            }
        }
    }

    /** Throws if fewer than {@code needed} bytes are free on the disk of {@code file}. */
    static void requireSpace(FreeSpace space, Path file, long needed, String what) throws HubException {
        Path folder = file.toAbsolutePath();
        while (folder != null && !Files.isDirectory(folder)) {
            folder = folder.getParent();
        }
        if (folder == null || needed <= 0) {
            return;
        }
        long free;
        try {
            free = space.of(folder);
        } catch (IOException e) {
            // The check is optional: writing to a full disk fails anyway.
            return;
        }
        if (free < needed) {
            throw new HubException(HubException.Kind.DISK_FULL, String.format(Locale.ROOT,
                    "%s: needs %.1f MB in %s, where %.1f MB are free. Make room, or choose another folder with HF_HOME.",
                    what, needed / 1e6, folder, free / 1e6));
        }
    }

    private void receive(Path partial, Order order, Backoff backoff) throws HubException {
        Backoff.requireWanted(listener, order.what());
        ContentHash hash = order.hash().get();
        try (FileChannel channel = FileChannel.open(partial, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE)) {
            long at = channel.size();
            if (order.size() < 0 || at < order.size() || at == 0) {
                at = transfer(channel, order, hash, backoff);
            } else {
                hashPrefix(channel, at, hash, order.what());
            }
            if (order.size() >= 0 && at != order.size()) {
                // A body that ends early without an error is an interrupted connection.
                throw new HubException(HubException.Kind.UNREACHABLE, order.what() + ": expected " + order.size()
                        + " bytes, found " + at + ": the connection was cut");
            }
            hash.verify(order.what());
            channel.force(false);
        } catch (HubException e) {
            throw e;
        } catch (ClosedByInterruptException e) {
            throw HubException.cancelled(order.what());
        } catch (IOException e) {
            throw writing(partial, order, e);
        }
    }

    /** Appends what the server sends and returns the file's new size. */
    private long transfer(FileChannel channel, Order order, ContentHash hash, Backoff backoff) throws IOException {
        HubHttp.Content content = http.open(order.address(), channel.size(), order.what());
        try (InputStream stream = content.stream();
                StallGuard guard = StallGuard.over(stream, StallGuard.Limits.ofSilence(silence),
                        listener::isCancelled)) {
            long at = content.start();
            if (at < channel.size()) {
                // The server does not support ranges: restart from the beginning.
                listener.received(at - channel.size());
                channel.truncate(at);
            }
            hashPrefix(channel, at, hash, order.what());
            channel.position(at);
            requireSize(order, content.size());
            byte[] buffer = new byte[BUFFER];
            while (true) {
                int count = read(stream, buffer, order, guard);
                if (count < 0) {
                    requireAll(order, content.size(), at);
                    return at;
                }
                guard.progressed();
                backoff.progressed(at + count);
                if (order.size() >= 0 && at + count > order.size()) {
                    throw corrupt(order, order.size(), "more");
                }
                hash.update(buffer, count);
                write(channel, buffer, count);
                at += count;
                listener.received(count);
            }
        }
    }

    private int read(InputStream stream, byte[] buffer, Order order, StallGuard guard) throws HubException {
        Backoff.requireWanted(listener, order.what());
        try {
            return stream.read(buffer);
        } catch (IOException e) {
            Backoff.requireWanted(listener, order.what());
            throw HubHttp.unreachable(order.address(), order.what(),
                    guard.stall() == StallGuard.Stall.SILENT
                            ? new IOException("silent for " + silence.toSeconds() + " s", e)
                            : e);
        }
    }

    private static void requireSize(Order order, long announced) throws HubException {
        if (order.size() >= 0 && announced >= 0 && announced != order.size()) {
            throw corrupt(order, order.size(), Long.toString(announced));
        }
    }

    private static void requireAll(Order order, long announced, long found) throws HubException {
        if (announced >= 0 && found < announced) {
            throw new HubException(HubException.Kind.UNREACHABLE,
                    order.what() + ": expected " + announced + " bytes, found " + found + ": the connection was cut");
        }
    }

    private static HubException corrupt(Order order, long expected, String found) {
        return new HubException(HubException.Kind.CORRUPT, order.what() + ": expected " + expected + " bytes, found "
                + found + ". Something between the hub and this machine changes files: try again, or another network.");
    }

    private void hashPrefix(FileChannel channel, long length, ContentHash hash, String what) throws IOException {
        byte[] buffer = new byte[BUFFER];
        long at = 0;
        while (at < length) {
            Backoff.requireWanted(listener, what);
            int count = channel.read(ByteBuffer.wrap(buffer, 0, (int) Math.min(BUFFER, length - at)), at);
            if (count < 0) {
                throw new IOException("the partial file became shorter while it was read");
            }
            hash.update(buffer, count);
            at += count;
        }
    }

    private static void write(FileChannel channel, byte[] buffer, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static HubException writing(Path partial, Order order, IOException cause) throws HubException {
        if (!HubCache.isFull(cause)) {
            return HubCache.unusable("cannot write " + partial, cause);
        }
        String needed = order.size() < 0
                ? "more room"
                : String.format(Locale.ROOT, "%.1f MB more", (order.size() - sizeOf(partial)) / 1e6);
        return new HubException(HubException.Kind.DISK_FULL,
                order.what() + ": needs " + needed + " in " + partial.getParent()
                        + ", whose disk is full. Make room, or choose another folder with HF_HOME; the download "
                        + "resumes where it stopped.",
                cause);
    }

    private static long sizeOf(Path file) throws HubException {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw HubCache.unusable("cannot read " + file, e);
        }
    }

    static void discard(Path partial) throws HubException {
        try {
            Files.deleteIfExists(partial);
        } catch (IOException e) {
            throw HubCache.unusable("cannot remove " + partial, e);
        }
    }
}
