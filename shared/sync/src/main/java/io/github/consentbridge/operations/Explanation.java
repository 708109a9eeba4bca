package io.github.consentbridge.operations;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.ConsentValue;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.Mapping;
import io.github.consentbridge.mapping.Wins;
import io.github.consentbridge.report.DecisionReason;
import io.github.consentbridge.report.ValueJson;
import io.github.consentbridge.settle.Decision;
import io.github.consentbridge.settle.Place;
import io.github.consentbridge.settle.Register;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Side;
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
        var registers = node.putArray("registers");
        entry.person().registers().forEach((id, register) -> {
            List<Mapping> mappings = integration.mappings().stream()
                    .filter(mapping -> RegisterId.of(mapping).equals(id))
                    .toList();
            Wins wins = mappings.isEmpty() ? Wins.NEWEST : mappings.get(0).wins();
            for (AttributeName column : columns(mappings, register)) {
                describe(registers.addObject(), id, column, register, wins);
            }
        });
        return node;
    }

    /** Those that are mapped now; where none is any more, those that were. */
    private static List<AttributeName> columns(List<Mapping> mappings, Register register) {
        return mappings.isEmpty()
                ? List.copyOf(register.columns().keySet())
                : mappings.stream().map(Mapping::column).toList();
    }

    private static void describe(ObjectNode node, RegisterId id, AttributeName column, Register register, Wins wins) {
        Optional<Decision> decision = register.decision(wins);
        @Nullable ConsentValue winner = decision.map(Decision::value).orElse(null);
        @Nullable ConsentValue inDidomi = register.didomiValue();
        @Nullable ConsentValue onContact = shown(register.column(column));
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
                decision.map(made -> DecisionReason.of(made, register, wins)).orElse("nobody has chosen"));
    }

    private static @Nullable ConsentValue shown(Place column) {
        return column.seen() == null ? null : column.seen().value();
    }

    private static String word(Side side) {
        return side.name().toLowerCase(Locale.ROOT);
    }
}
