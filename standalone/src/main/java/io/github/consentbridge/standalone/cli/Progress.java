package io.github.consentbridge.standalone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

    void line(ObjectNode line) {
        if (!watched || !line.has("progress")) {
            return;
        }
        JsonNode progress = line.get("progress");
        long read = progress.at("/read/didomi").asLong()
                + progress.at("/read/dynamics").asLong();
        long now = nanoTime.getAsLong();
        if (begun < 0) {
            // A continued run has read rows before this process began.
            begun = now;
            readBefore = read;
            shown = now;
        } else if (now - shown >= EVERY.toNanos()) {
            shown = now;
            show(read, (read - readBefore) * 1e9 / (now - begun), progress);
        }
    }

    private void show(long read, double perSecond, JsonNode progress) {
        long expected = progress.path("expected").asLong();
        err.printf(
                Locale.ROOT,
                "\r%s read, %,.0f a second, %,d differences%s   ",
                expected > read ? String.format(Locale.ROOT, "%,d of about %,d", read, expected) : count(read),
                perSecond,
                progress.path("differences_found").asLong(),
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
