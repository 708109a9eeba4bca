package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.sync.reconciliation.Totals;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows on one line how far a run has come and, if the number of rows is known, how long it will take. */
final class Progress {
    private static final Duration EVERY = Duration.ofMillis(500);

    private final PrintWriter err;
    private final boolean watched;
    private final LongSupplier nanoTime;
    private long begun = -1;
    private long readBefore;
    private long shown;

    /**
     * @param watched whether the output is a terminal; otherwise nothing is shown
     * @param nanoTime as {@link System#nanoTime()}
     */
    Progress(PrintWriter err, boolean watched, LongSupplier nanoTime) {
        this.err = err;
        this.watched = watched;
        this.nanoTime = nanoTime;
    }

    /** Takes what the run has read and found after a page, and how many rows are expected; 0 if unknown. */
    void page(Totals totals, long expected) {
        if (!watched) {
            return;
        }
        long read = totals.read();
        long now = nanoTime.getAsLong();
        if (begun < 0) {
            // A continued run has read rows before this process began.
            begun = now;
            readBefore = read;
            shown = now;
        } else if (now - shown >= EVERY.toNanos()) {
            shown = now;
            show(totals, (read - readBefore) * 1e9 / (now - begun), expected);
        }
    }

    private void show(Totals totals, double perSecond, long expected) {
        long read = totals.read();
        err.printf(
                Locale.ROOT,
                "\r%s read, %,.0f a second, %,d differences%s   ",
                expected > read ? String.format(Locale.ROOT, "%,d of about %,d", read, expected) : count(read),
                perSecond,
                totals.differences(),
                expected > read && perSecond > 0 ? ", " + left((expected - read) / perSecond) : "");
        err.flush();
    }

    private static String count(long read) {
        return String.format(Locale.ROOT, "%,d", read);
    }

    private static String left(double seconds) {
        return seconds < 60
                ? String.format(Locale.ROOT, "%.0f s left", seconds)
                : String.format(Locale.ROOT, "%.0f min left", seconds / 60);
    }

    void end() {
        if (begun >= 0 && shown != begun) {
            err.println();
        }
    }
}
