package fathom.hub;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

import fathom.hub.http.Addresses;

/** A file from anywhere, with its server's entity tag written beside it. */
final class UrlFile {
    private UrlFile() {}

    /** Brings {@code target} up to date with what lies at {@code address}; the caller holds its lock. */
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
                // What an earlier attempt left may belong to another version.
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
