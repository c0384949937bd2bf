package fathom.cli.models;

import java.time.Duration;

import fathom.cli.console.Console;
import fathom.cli.console.ConsoleProgress;
import fathom.hub.HubListener;

/** Progress of a download: megabytes of each large file, and a message for each wait. */
final class HubProgress implements HubListener {
    private static final long MEGABYTE = 1_000_000;

    private final Console console;
    private final ConsoleProgress progress;
    private long bytes;
    private boolean shown;

    HubProgress(Console console) {
        this.console = console;
        this.progress = new ConsoleProgress(console);
    }

    @Override
    public void started(String file, long size, long present) {
        bytes = present;
        shown = size < 0 || size >= MEGABYTE;
        if (shown) {
            progress.start(file + " (MB)", size < 0 ? -1 : size / MEGABYTE);
            progress.advance(present / MEGABYTE);
        }
    }

    @Override
    public void received(long count) {
        long before = bytes / MEGABYTE;
        bytes += count;
        if (shown && bytes / MEGABYTE != before) {
            progress.advance(bytes / MEGABYTE - before);
        }
    }

    @Override
    public void finished(String file) {
        if (shown) {
            progress.finish();
        }
    }

    @Override
    public void waiting(String reason, Duration pause) {
        console.err().println(reason);
    }

    @Override
    public void usingCache(String reason) {
        console.err().println("Using the cached files: " + reason);
    }
}
