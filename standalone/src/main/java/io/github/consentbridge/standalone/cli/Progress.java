package io.github.consentbridge.standalone.cli;

import io.github.consentbridge.standalone.operator.Pace;
import io.github.consentbridge.sync.reconciliation.Totals;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.LongSupplier;

/**
 * Shows on one line what a run reads, how far it has come and, if the number of rows is known, how long it will take. Waits
 * are shown on lines of their own, also where nobody watches: otherwise a log would show a run that does nothing.
 */
final class Progress {
    private static final Duration EVERY = Duration.ofMillis(500);

    /** Pages wait together, and for the same reason. */
    private static final Duration SAME_WAIT_EVERY = Duration.ofSeconds(10);

    private static final String CLEARED = "\r" + " ".repeat(79) + "\r";

    private final PrintWriter err;
    private final boolean watched;
    private final LongSupplier nanoTime;
    private final Pace pace = new Pace();
    private long shown;
    private boolean lineOpen;
    private String waitedFor = "";
    private long waitShown;

    /**
     * @param watched whether the output is a terminal; otherwise only waits are shown
     * @param nanoTime as {@link System#nanoTime()}
     */
    Progress(PrintWriter err, boolean watched, LongSupplier nanoTime) {
        this.err = err;
        this.watched = watched;
        this.nanoTime = nanoTime;
    }

    /** Shows at once what the run begins to read: the first page can take long. */
    void reading(String subject) {
        if (watched) {
            line("reading " + subject);
        }
    }

    /**
     * Shows why the run waits.
     *
     * @param left how long it will wait altogether
     */
    void waiting(String why, Duration wait, Duration left) {
        long now = nanoTime.getAsLong();
        if (why.equals(waitedFor) && now - waitShown < SAME_WAIT_EVERY.toNanos()) {
            return;
        }
        waitedFor = why;
        waitShown = now;
        err.printf(
                "%s%s; waiting %s, at most %s%n",
                lineOpen ? CLEARED : "", Table.printable(why), words(wait), words(left));
        err.flush();
        lineOpen = false;
    }

    /** Removes the line, so that something else can be printed on the same terminal. */
    void clear() {
        if (lineOpen) {
            err.print(CLEARED);
            err.flush();
            lineOpen = false;
        }
    }

    private static String words(Duration time) {
        long seconds = (time.toMillis() + 999) / 1000;
        return seconds % 60 == 0 && seconds > 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** Takes what the run has read and found after a page, and how many rows are expected; 0 if unknown. */
    void page(Totals totals, long expected) {
        if (!watched) {
            return;
        }
        long read = totals.read();
        long now = nanoTime.getAsLong();
        if (!pace.hasBegun()) {
            pace.begin(read, now);
            shown = now;
            line(String.format(Locale.ROOT, "%s read, %,d differences", count(read), totals.differences()));
        } else if (now - shown >= EVERY.toNanos()) {
            shown = now;
            show(totals, pace.perSecond(read, now), expected);
        }
    }

    private void show(Totals totals, double perSecond, long expected) {
        long read = totals.read();
        OptionalDouble secondsLeft = Pace.secondsLeft(read, expected, perSecond);
        line(String.format(
                Locale.ROOT,
                "%s read, %,.0f a second, %,d differences%s",
                expected > read ? String.format(Locale.ROOT, "%,d of about %,d", read, expected) : count(read),
                perSecond,
                totals.differences(),
                secondsLeft.isPresent() ? ", " + left(secondsLeft.getAsDouble()) : ""));
    }

    private void line(String text) {
        err.print(CLEARED + text);
        err.flush();
        lineOpen = true;
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
        if (lineOpen) {
            err.println();
            lineOpen = false;
        }
    }
}
