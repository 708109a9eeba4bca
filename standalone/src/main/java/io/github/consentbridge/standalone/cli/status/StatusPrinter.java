package io.github.consentbridge.standalone.cli.status;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** The answer of {@code GET /health} as people read it. What it lacks is left out, and what it has more than that too. */
final class StatusPrinter {
    private static final List<String> UNITS = List.of("bytes", "KiB", "MiB", "GiB", "TiB");
    private static final int UNIT_STEP = 1024;

    private final PrintWriter out;

    StatusPrinter(PrintWriter out) {
        this.out = out;
    }

    void print(JsonNode health) {
        line("status", health.path("status").asText("unknown"));
        health.path("problems").forEach(problem -> line("problem", problem.asText()));
        queue(health.path("queue"));
        JsonNode pauses = health.path("paused_until");
        store(health.path("store"));
        pause("Didomi", pauses.path("didomi"));
        pause("Dataverse", pauses.path("dataverse"));
        time("last delivery of Didomi", health.at("/last_delivery/didomi"));
        time("last delivery of Dynamics", health.at("/last_delivery/dynamics"));
        time("last applied", health.path("last_applied"));
        reconciliation(health.path("last_reconciliation"));
    }

    private void queue(JsonNode queue) {
        if (queue.has("depth")) {
            String waiting = queue.get("depth").asLong() + " waiting";
            String oldest = queue.path("oldest_seconds").asLong() > 0
                    ? ", the oldest for "
                            + period(Duration.ofSeconds(
                                    queue.get("oldest_seconds").asLong()))
                    : "";
            line("queue", waiting + ", " + queue.path("in_flight").asLong() + " in work" + oldest);
        }
        if (queue.has("dead_letters")) {
            line("dead letters", queue.get("dead_letters").asText());
        }
    }

    private static String period(Duration time) {
        return time.toHours() > 0
                ? time.toHours() + " h " + time.toMinutesPart() + " min"
                : time.toMinutes() > 0 ? time.toMinutes() + " min" : time.toSeconds() + " s";
    }

    /** On one machine. Both numbers are null while the disk does not answer. */
    private void store(JsonNode store) {
        if (store.has("size_bytes")) {
            line(
                    "store",
                    store.get("size_bytes").isNull()
                            ? "unknown, because the disk does not answer"
                            : size(store.get("size_bytes")) + ", and " + size(store.path("free_bytes"))
                                    + " are free on its disk");
        }
    }

    private static String size(JsonNode bytes) {
        if (!bytes.isNumber()) {
            return "an unknown number of bytes";
        }
        double left = bytes.asDouble();
        int unit = 0;
        while (left >= UNIT_STEP && unit < UNITS.size() - 1) {
            left /= UNIT_STEP;
            unit++;
        }
        String number = unit == 0 || left >= 100 ? "%.0f" : "%.1f";
        return String.format(Locale.ROOT, number + " %s", left, UNITS.get(unit));
    }

    private void pause(String system, JsonNode until) {
        if (until.isTextual()) {
            line(system + " paused until", until.asText());
        }
    }

    /** A time that is known to be none is news; one that is not reported is not. */
    private void time(String name, JsonNode time) {
        if (!time.isMissingNode()) {
            line(name, time.isNull() ? "none" : time.asText());
        }
    }

    private void reconciliation(JsonNode last) {
        if (last.has("finished_at")) {
            String finished = last.get("finished_at").asText();
            line(
                    "last reconciliation",
                    last.get("finished_at").isNull()
                            ? "none"
                            : finished + ", " + last.path("scan").asText("-") + " scan: "
                                    + last.path("result").asText("-"));
        }
    }

    private void line(String name, String value) {
        out.printf("%-26s %s%n", name, VisibleText.of(value));
    }
}
