package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import fathom.hub.http.Addresses;

/** A file from any address, stored with its server's entity tag next to it. */
final class UrlFile {
    private UrlFile() {}

    /** Downloads {@code address} to {@code target} unless it is up to date; the caller holds the lock. */
    static Path current(HubHttp http, URI address, Path target, Download downloads, Backoff backoff)
            throws HubException {
        String what = Addresses.shown(address);
        Path mark = target.resolveSibling(target.getFileName() + ".etag");
        Path partial = target.resolveSibling(target.getFileName() + ".incomplete");
        Optional<HubHttp.Announcement> announced;
        try {
            announced = Files.isRegularFile(target)
                    ? http.announceAnywhere(address, what)
                    : Hub.repeated(backoff, () -> http.announceAnywhere(address, what));
        } catch (HubException e) {
            if (e.kind().isPassing() && Files.isRegularFile(target)) {
                return target;
            }
            throw e;
        }
        String etag = announced.map(HubHttp.Announcement::etag).orElse("");
        try {
            boolean same = Files.isRegularFile(mark) && Files.readString(mark).equals(etag);
            if (same && Files.isRegularFile(target)) {
                return target;
            }
            if (!same || etag.isEmpty()) {
                // A partial file of an earlier attempt may belong to another version.
                Download.discard(partial);
            }
            Files.deleteIfExists(target);
            Files.writeString(mark, etag);
            long size = announced.map(HubHttp.Announcement::size).orElse(-1L);
            downloads.into(partial, new Download.Order(what, address, size, () -> ContentHash.of("", size)));
            HubCache.move(partial, target);
            return target;
        } catch (HubException e) {
            throw e;
        } catch (IOException e) {
            throw HubCache.unusable("cannot write " + target, e);
        }
    }
}
