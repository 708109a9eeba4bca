package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.reconciliation.Difference;
import io.github.consentbridge.sync.reconciliation.ReconciliationJson;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.reconciliation.Totals;
import io.github.consentbridge.sync.reconciliation.Unresolved;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;

/** The operations on a host's own stores. Safe for use by several threads, and beside running workers. */
public final class StoreOperations implements Operations {
    private final Host host;
    private final Sleeper sleeper;
    private final Deadline deadline;

    /**
     * The operations of a host. Only reconciling needs its credentials.
     *
     * @param sleeper waits while a system is paused
     * @param deadline ends running reconciliations
     */
    public StoreOperations(Host host, Sleeper sleeper, Deadline deadline) {
        this.host = host;
        this.sleeper = sleeper;
        this.deadline = deadline;
    }

    @Override
    public Optional<Explanation> explain(String key) {
        OrganizationUserId person = LedgerKey.of(host.integration(), key);
        LedgerEntry entry =
                Objects.requireNonNull(host.ledger().load(List.of(person)).get(person));
        boolean unknown = entry.erasedAt() == null && entry.person().records().isEmpty();
        return unknown ? Optional.empty() : Optional.of(new Explainer(host.integration()).explain(entry));
    }

    @Override
    public List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit) {
        return host.deadLetters().list(filter, limit).stream()
                .map(DeadLetterSummary::of)
                .toList();
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

    /** The events of a run, as lines. */
    private record Lines(Consumer<ObjectNode> lines) implements ReconciliationListener {
        @Override
        public void found(Difference difference) {
            line("found", ReconciliationJson.difference(difference));
        }

        @Override
        public void unresolved(Unresolved unresolved) {
            line("unresolved", ReconciliationJson.unresolved(unresolved));
        }

        @Override
        public void failed(String key, String reason) {
            line("failed", JsonNodeFactory.instance.objectNode().put("key", key).put("reason", reason));
        }

        @Override
        public void onlyIn(Side side, String key) {
            line(
                    "only_in",
                    JsonNodeFactory.instance
                            .objectNode()
                            .put("side", side.word())
                            .put("key", key));
        }

        @Override
        public void progress(Totals totals, long expected) {
            line("progress", ReconciliationJson.totals(totals).put("expected", expected));
        }

        private void line(String name, ObjectNode content) {
            lines.accept(JsonNodeFactory.instance.objectNode().set(name, content));
        }
    }
}
