package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.queue.DeadLetter;
import io.github.consentbridge.sync.queue.Delivery;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** Asks the stores themselves. Safe for use by several threads, and beside running workers. */
public final class StoreOperations implements Operations {
    private final Host host;
    private final Sleeper sleeper;
    private final Deadline deadline;

    /**
     * The operations of a host. Only reconciling needs its credentials.
     *
     * @param sleeper waits while a reconciliation has to
     * @param deadline ends reconciliations that are under way
     */
    public StoreOperations(Host host, Sleeper sleeper, Deadline deadline) {
        this.host = host;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    @Override
    public Optional<ObjectNode> explain(String key) {
        OrganizationUserId person = LedgerKey.of(host.integration(), key);
        LedgerEntry entry =
                Objects.requireNonNull(host.ledger().load(List.of(person)).get(person));
        boolean unknown = entry.erasedAt() == null && entry.person().records().isEmpty();
        return unknown ? Optional.empty() : Optional.of(new Explanation(host.integration()).of(entry));
    }

    @Override
    public ArrayNode deadLetters(DeadLetterFilter filter, int limit) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        host.deadLetters().list(filter, limit).forEach(letter -> describe(list.addObject(), letter));
        return list;
    }

    private static void describe(ObjectNode node, DeadLetter letter) {
        Delivery delivery = letter.delivery();
        node.put("id", delivery.id())
                .put("side", delivery.side().name().toLowerCase(Locale.ROOT))
                .put("key", delivery.person())
                .put("reason", letter.reason())
                .put("received_at", delivery.receivedAt().toString())
                .put("died_at", letter.diedAt().toString())
                .put("attempts", delivery.attempts());
    }

    @Override
    public int replay(DeadLetterFilter filter) {
        return host.deadLetters().replay(filter, host.queue());
    }

    @Override
    public ObjectNode reconcile(ReconciliationRequest request, Consumer<ObjectNode> lines) throws InterruptedException {
        return ReconciliationJson.report(
                host.reconciliation(sleeper).run(UUID.randomUUID().toString(), request, deadline, new Lines(lines)));
    }

    /** What a run tells, as lines. */
    private record Lines(Consumer<ObjectNode> lines) implements ReconciliationListener {
        @Override
        public void found(Difference difference) {
            tell("found", ReconciliationJson.difference(difference));
        }

        @Override
        public void unresolved(Unresolved unresolved) {
            tell("unresolved", ReconciliationJson.unresolved(unresolved));
        }

        @Override
        public void failed(String key, String reason) {
            tell("failed", JsonNodeFactory.instance.objectNode().put("key", key).put("reason", reason));
        }

        @Override
        public void onlyIn(Side side, String key) {
            tell(
                    "only_in",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("side", side.name().toLowerCase(Locale.ROOT))
                            .put("key", key));
        }

        @Override
        public void progress(Totals totals, long expected) {
            tell("progress", ReconciliationJson.totals(totals).put("expected", expected));
        }

        private void tell(String what, ObjectNode content) {
            lines.accept(JsonNodeFactory.instance.objectNode().set(what, content));
        }
    }
}
