package io.github.consentbridge.standalone.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.Locale;
import picocli.CommandLine.Help.Ansi;

/** Says on one line how far a run has come; only where somebody looks on. */
final class Progress {
    private static final long EVERY_NANOSECONDS = 500_000_000;

    private final PrintWriter err;
    private final boolean watched = Ansi.AUTO.enabled();
    private final long start = System.nanoTime();
    private long shown;

    Progress(PrintWriter err) {
        this.err = err;
    }

    void line(ObjectNode line) {
        long now = System.nanoTime();
        if (watched && line.has("progress") && now - shown > EVERY_NANOSECONDS) {
            shown = now;
            JsonNode read = line.at("/progress/read");
            long people = read.path("didomi").asLong() + read.path("dynamics").asLong();
            err.printf(
                    Locale.ROOT,
                    "\r%,d read, %,d a second, %,d differences ",
                    people,
                    people * 1_000_000_000 / Math.max(1, now - start),
                    line.at("/progress/differences_found").asLong());
            err.flush();
        }
    }

    void end() {
        if (shown != 0) {
            err.println();
        }
    }
}
