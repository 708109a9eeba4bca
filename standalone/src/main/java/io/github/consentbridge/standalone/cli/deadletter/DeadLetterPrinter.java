package io.github.consentbridge.standalone.cli.deadletter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.consentbridge.standalone.cli.Table;
import io.github.consentbridge.sync.operations.DeadLetterDetail;
import io.github.consentbridge.sync.operations.DeadLetterGroup;
import io.github.consentbridge.sync.operations.DeadLetterSummary;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.report.VisibleText;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Dead letters as people read them. */
final class DeadLetterPrinter {
    /** Of one reason: whoever wants all asks for JSON. */
    private static final int MAX_OF_A_REASON = 10;

    private static final JsonMapper MAPPER = new JsonMapper();

    private DeadLetterPrinter() {}

    /** @param more whether there may be more than these */
    static void print(List<DeadLetterGroup> groups, boolean more, PrintWriter out) {
        for (DeadLetterGroup group : groups) {
            List<DeadLetterSummary> letters = group.letters();
            out.println(letters.size() + " \u00d7 " + VisibleText.of(group.reason()));
            Table table = new Table("ID", "SIDE", "KEY", "RECEIVED AT", "FAILED AT", "ATTEMPTS");
            letters.stream().limit(MAX_OF_A_REASON).forEach(letter -> row(letter, table));
            table.print(out);
            if (letters.size() > MAX_OF_A_REASON) {
                out.println("and " + (letters.size() - MAX_OF_A_REASON) + " more: --json lists all");
            }
            out.println();
        }
        int count = groups.stream().mapToInt(group -> group.letters().size()).sum();
        out.println((more ? "at least " : "")
                + count
                + (count == 1 ? " dead letter, " : " dead letters, ")
                + groups.size()
                + (groups.size() == 1 ? " reason" : " reasons"));
    }

    private static void row(DeadLetterSummary letter, Table table) {
        table.row(
                letter.id(),
                letter.side().word(),
                letter.key(),
                letter.receivedAt().toString(),
                letter.failedAt().toString(),
                Integer.toString(letter.attempts()));
    }

    static void print(DeadLetterDetail detail, boolean plain, PrintWriter out) {
        DeadLetterSummary letter = detail.summary();
        line("id", letter.id(), out);
        line("side", letter.side().word(), out);
        line("key", plain || letter.key().isEmpty() ? letter.key() : "***", out);
        line("reason", letter.reason(), out);
        line("received at", letter.receivedAt().toString(), out);
        line("failed at", letter.failedAt().toString(), out);
        line("attempts", Integer.toString(letter.attempts()), out);
        if (detail.failingSince() != null) {
            line("failing since", detail.failingSince().toString(), out);
        }
        Delivery.@Nullable Earlier earlier = detail.earlier();
        if (earlier != null) {
            line("replays", earlier.replays() + ", the last after " + earlier.attempts() + " attempts", out);
            line("failed before", earlier.failedAt() + ": " + earlier.reason(), out);
        }
        out.println("body" + (plain ? "" : " (personal data masked; --plain shows it)"));
        out.println(VisibleText.ofLines(indented(detail.body())));
    }

    private static void line(String name, String value, PrintWriter out) {
        out.printf("%-14s %s%n", name, VisibleText.of(value));
    }

    private static String indented(String body) {
        try {
            JsonNode json = MAPPER.readTree(body);
            return json.isMissingNode() ? body : json.toPrettyString();
        } catch (IOException e) {
            return body;
        }
    }

    static void print(DiscardedDelivery record, PrintWriter out) {
        out.println(VisibleText.of("discarded by %s at %s: %s"
                .formatted(
                        record.decision().by(),
                        record.decision().at(),
                        record.decision().reason())));
        line("id", record.id(), out);
        line("side", record.side().word(), out);
        line("person", record.person().isEmpty() ? "-" : record.person() + " (keyed hash)", out);
        line("received at", record.receivedAt().toString(), out);
        line("attempts", Integer.toString(record.attempts()), out);
        line("had failed", record.failure(), out);
    }
}
