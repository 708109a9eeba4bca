package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.operations.Explanation.Column;
import io.github.consentbridge.sync.operations.Explanation.Waiting;
import io.github.consentbridge.sync.report.ColumnRendering;
import io.github.consentbridge.sync.report.DecisionReason;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Explains for each mapped column of a person which choice decides it, and why. */
final class Explainer {
    private final Integration integration;

    Explainer(Integration integration) {
        this.integration = integration;
    }

    /** @param waiting empty if the queue cannot be searched */
    Explanation explain(LedgerEntry entry, Optional<List<Waiting>> waiting, List<DeadLetterSummary> dead) {
        List<Column> columns = new ArrayList<>();
        entry.person().records().forEach((id, record) -> {
            List<Mapping> mappings = integration.mappings().stream()
                    .filter(mapping -> ConsentRecordId.of(mapping).equals(id))
                    .toList();
            Wins wins = mappings.isEmpty() ? Wins.NEWEST : mappings.get(0).wins();
            columns(mappings, record)
                    .forEach(column -> columns.add(explain(id, column, mapping(mappings, column), record, wins)));
        });
        return new Explanation(
                entry.person().key().value(), entry.person().contactId(), entry.erasedAt(), columns, waiting, dead);
    }

    /** The columns mapped now; if there are none any more, those that were mapped before. */
    private static List<AttributeName> columns(List<Mapping> mappings, ConsentRecord record) {
        return mappings.isEmpty()
                ? List.copyOf(record.columns().keySet())
                : mappings.stream().map(Mapping::column).toList();
    }

    private static Optional<Mapping> mapping(List<Mapping> mappings, AttributeName column) {
        return mappings.stream()
                .filter(mapping -> mapping.column().equals(column))
                .findFirst();
    }

    private static Column explain(
            ConsentRecordId id, AttributeName column, Optional<Mapping> mapping, ConsentRecord record, Wins wins) {
        @Nullable Decision decision = record.decision(wins).orElse(null);
        @Nullable ObservedValue observed = record.column(column).observed();
        @Nullable ConsentValue inDidomi = record.didomiValue();
        @Nullable ConsentValue inDynamics = observed == null ? null : observed.value();
        return new Column(
                id.regulation().id(),
                column,
                id.value().key(),
                decision,
                inDidomi,
                inDynamics,
                observed == null ? Set.of(Side.DIDOMI) : Set.of(Side.DIDOMI, Side.DYNAMICS),
                mapping.map(known -> ColumnRendering.columnValue(known, inDynamics))
                        .orElse(NullNode.getInstance()),
                decision != null && decision.value().equals(inDidomi),
                decision != null && decision.value().equals(inDynamics),
                decision == null ? "there is no choice" : DecisionReason.of(decision, record, wins));
    }
}
