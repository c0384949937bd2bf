package fathom.cli.console;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

import fathom.workbench.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * Progress of a task: on a terminal a bar with rate and remaining time; otherwise a line every few seconds, so that logs stay
 * readable. Thread-safe.
 */
public final class ConsoleProgress implements Progress {
    private static final Duration LINE_INTERVAL = Duration.ofSeconds(5);

    private final Console console;
    private final Duration lineInterval;
    private boolean started;
    private final AtomicLong done = new AtomicLong();
    private volatile @Nullable ProgressBar bar;
    private volatile String detail = "";
    private String task = "";
    private long total;
    private long startNanos;
    private volatile long nextLineNanos;

    /**
     * Creates a progress display.
     *
     * @param console where to print
     */
    public ConsoleProgress(Console console) {
        this(console, LINE_INTERVAL);
    }

    /**
     * Creates a progress display with its own interval of log lines.
     *
     * @param console where to print
     * @param lineInterval the minimum time between two log lines
     */
    public ConsoleProgress(Console console, Duration lineInterval) {
        this.console = console;
        this.lineInterval = lineInterval;
    }

    @Override
    public synchronized void start(String task, long total) {
        this.started = true;
        this.task = task;
        this.total = total;
        done.set(0);
        detail = "";
        startNanos = System.nanoTime();
        nextLineNanos = startNanos + lineInterval.toNanos();
        if (console.interactive()) {
            bar = new ProgressBarBuilder().setTaskName(TerminalText.line(task)).setInitialMax(total).setStyle(style())
                    .setUpdateIntervalMillis(100).showSpeed().setConsumer(new ConsoleProgressBarConsumer(System.err))
                    .build();
        }
    }

    private static ProgressBarStyle style() {
        boolean unicode = System.out.charset().newEncoder().canEncode('█');
        return unicode ? ProgressBarStyle.COLORFUL_UNICODE_BLOCK : ProgressBarStyle.ASCII;
    }

    @Override
    public void advance(long steps) {
        long now = done.addAndGet(steps);
        ProgressBar shown = bar;
        if (shown != null) {
            shown.stepTo(now);
        } else if (System.nanoTime() >= nextLineNanos) {
            line();
        }
    }

    /**
     * Sets a short status text for the current step. Can be called from any thread.
     *
     * @param text the status, a few words
     */
    public void setStatus(String text) {
        detail = text;
        ProgressBar shown = bar;
        if (shown != null) {
            shown.setExtraMessage(" " + TerminalText.line(text));
        } else if (System.nanoTime() >= nextLineNanos) {
            line();
        }
    }

    private synchronized void line() {
        long nanos = System.nanoTime();
        if (!started || nanos < nextLineNanos) {
            return;
        }
        nextLineNanos = nanos + lineInterval.toNanos();
        console.err().println(task + ": " + summary(done.get(), total, (nanos - startNanos) / 1e9)
                + (detail.isEmpty() ? "" : "; " + detail));
    }

    /** Returns count, rate and remaining time, for example {@code "12/20, 3.1/s, 3 s left"}. */
    static String summary(long done, long total, double seconds) {
        double rate = seconds > 0 ? done / seconds : 0;
        String text = total < 0 ? String.valueOf(done) : done + "/" + total;
        if (rate > 0) {
            text += String.format(Locale.ROOT, ", %.1f/s", rate);
            if (total > done) {
                text += ", " + duration((total - done) / rate) + " left";
            }
        }
        return text;
    }

    private static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 90
                ? whole + " s"
                : whole < 5400 ? whole / 60 + " min" : whole / 3600 + " h " + whole % 3600 / 60 + " min";
    }

    @Override
    public synchronized void finish() {
        if (!started) {
            return;
        }
        started = false;
        PrintWriter err = console.err();
        ProgressBar shown = bar;
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        if (shown != null) {
            shown.close();
            bar = null;
        } else if (seconds > 1) {
            err.printf(Locale.ROOT, "%s: %s in %.1f s%n", task, summary(done.get(), total, seconds), seconds);
        }
        err.flush();
    }
}
