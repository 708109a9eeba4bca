package io.github.consentbridge.sync.operations;

import com.fasterxml.jackson.databind.node.NullNode;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.sync.history.HistoryEntry;
import io.github.consentbridge.sync.history.HistoryReplay;
import io.github.consentbridge.sync.operations.Explanation.Column;
import io.github.consentbridge.sync.report.ColumnRendering;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Explains which choice stood at a time in the past, judged by when choices were made, and what each side showed then,
 * judged by when it was written or seen.
 */
public final class PastExplainer {
    private final Integration integration;

    public PastExplainer(Integration integration) {
        this.integration = integration;
    }

    /**
     * What stood then, for each value that is mapped now.
     *
     * @param entries the person's history in order
     */
    public Explanation explain(PersonHistory person, List<HistoryEntry> entries, Instant time) {
        HistoryReplay replay = new HistoryReplay(entries);
        List<Column> columns = integration.mappings().stream()
                .filter(mapping -> replay.records().contains(ConsentRecordId.of(mapping)))
                .map(mapping -> column(mapping, replay, time))
                .toList();
        return new Explanation(person.key(), person.contactId(), null, columns, Optional.of(List.of()), List.of());
    }

    private static Column column(Mapping mapping, HistoryReplay replay, Instant time) {
        ConsentRecordId id = ConsentRecordId.of(mapping);
        String name = mapping.column().logicalName();
        @Nullable
        Decision decision = replay.decisionAt(id, mapping.wins(), time).orElse(null);
        Optional<HistoryReplay.ShownValue> shown = replay.shownAt(id, name, time);
        @Nullable
        ConsentValue inDynamics = shown.map(HistoryReplay.ShownValue::value).orElse(null);
        Optional<HistoryReplay.ShownValue> shownInDidomi = replay.shownAt(id, null, time);
        @Nullable
        ConsentValue inDidomi =
                shownInDidomi.map(HistoryReplay.ShownValue::value).orElse(null);
        return new Column(
                mapping.regulation().id(),
                mapping.column(),
                mapping.value().key(),
                decision,
                inDidomi,
                inDynamics,
                known(shownInDidomi.isPresent(), shown.isPresent()),
                shown.isEmpty() ? NullNode.getInstance() : ColumnRendering.columnValue(mapping, inDynamics),
                decision != null && decision.value().equals(inDidomi),
                decision != null && decision.value().equals(inDynamics),
                decision == null
                        ? "no choice is known that was made by then"
                        : reason(replay.entryOf(id, decision), time));
    }

    private static Set<Side> known(boolean didomi, boolean dynamics) {
        return Stream.of(Side.values())
                .filter(side -> side == Side.DIDOMI ? didomi : dynamics)
                .collect(Collectors.toUnmodifiableSet());
    }

    /** What a reader must know before quoting it. */
    private static String reason(HistoryEntry entry, Instant time) {
        String made = entry.notBefore() == null
                ? "the newest choice made by then"
                : "the newest choice made by then, as far as is known: it was made at this time"
                        + HistoryReport.latest(entry.notBefore(), ", and not before ");
        return entry.at().isAfter(time) ? made + "; it became known here only at " + entry.at() : made;
    }
}
