package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.report.DecisionReason;
import io.github.consentbridge.sync.report.ValueJson;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Says of each mapped column of a person which choice it shows, and why that one. */
final class Explanation {
    private final Integration integration;

    Explanation(Integration integration) {
        this.integration = integration;
    }

    ObjectNode of(LedgerEntry entry) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("key", entry.person().key().value())
                .put("contact_id", entry.person().contactId());
        if (entry.erasedAt() != null) {
            node.put("erased_at", entry.erasedAt().toString());
        }
        var records = node.putArray("registers");
        entry.person().records().forEach((id, record) -> {
            List<Mapping> mappings = integration.mappings().stream()
                    .filter(mapping -> ConsentRecordId.of(mapping).equals(id))
                    .toList();
            Wins wins = mappings.isEmpty() ? Wins.NEWEST : mappings.get(0).wins();
            for (AttributeName column : columns(mappings, record)) {
                describe(records.addObject(), id, column, record, wins);
            }
        });
        return node;
    }

    /** Those that are mapped now; where none is any more, those that were. */
    private static List<AttributeName> columns(List<Mapping> mappings, ConsentRecord record) {
        return mappings.isEmpty()
                ? List.copyOf(record.columns().keySet())
                : mappings.stream().map(Mapping::column).toList();
    }

    private static void describe(
            ObjectNode node, ConsentRecordId id, AttributeName column, ConsentRecord record, Wins wins) {
        Optional<Decision> decision = record.decision(wins);
        @Nullable ConsentValue winner = decision.map(Decision::value).orElse(null);
        @Nullable ConsentValue inDidomi = record.didomiValue();
        @Nullable ConsentValue onContact = shown(record.column(column));
        node.put("regulation", id.regulation().id())
                .put("mapping", column.logicalName())
                .put("didomi_value", id.value().key());
        node.set("value", ValueJson.write(winner));
        node.put("decided_at", decision.map(made -> made.decidedAt().toString()).orElse(null))
                .put("side", decision.map(made -> word(made.side())).orElse(null))
                .put("delivery", decision.map(Decision::delivery).orElse(null))
                .put("didomi_seen", winner != null && winner.equals(inDidomi))
                .put("dynamics_seen", winner != null && winner.equals(onContact));
        node.set("didomi_shows", ValueJson.write(inDidomi));
        node.set("dynamics_shows", ValueJson.write(onContact));
        node.put(
                "reason",
                decision.map(made -> DecisionReason.of(made, record, wins)).orElse("nobody has chosen"));
    }

    private static @Nullable ConsentValue shown(Replica column) {
        return column.observed() == null ? null : column.observed().value();
    }

    private static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
