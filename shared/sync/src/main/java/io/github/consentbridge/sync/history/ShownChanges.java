package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.PendingWrite;
import io.github.consentbridge.mapping.settle.PlannedEvent;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the sides show after a change, as far as the choices do not say it: writes, events, and values that nothing explains. */
final class ShownChanges {
    private static final String FOUND = "its answer had been lost; it was found when the value was read again";

    private final ChangedRecord changed;
    private final Map<AttributeName, ConsentValue> shown;
    private final List<HistoryEntry> entries = new ArrayList<>();

    /** An event of ours makes a Didomi user of its own, which looks like a choice if the answer was lost. */
    private final boolean inferredInDidomi;

    private @Nullable ConsentValue shownInDidomi;

    /**
     * Compares with what the choices say.
     *
     * @param sameContact whether the columns are still those of the contact that was observed before
     */
    ShownChanges(ChangedRecord changed, ChoiceChanges choices, boolean sameContact) {
        this.changed = changed;
        this.shown = choices.shown();
        this.shownInDidomi = choices.shownInDidomi();
        this.inferredInDidomi = choices.entries().stream().anyMatch(ShownChanges::isInferredInDidomi);
        new TreeSet<>(changed.after().columns().keySet()).forEach(column -> column(column, sameContact));
        didomi();
    }

    /** In order. */
    List<HistoryEntry> entries() {
        return entries;
    }

    private void column(AttributeName column, boolean sameContact) {
        Replica old = changed.before().column(column);
        Replica now = changed.after().column(column);
        @Nullable ObservedValue observed = now.observed();
        if ((now.equals(old) && !shown.containsKey(column)) || observed == null) {
            return;
        }
        @Nullable WrittenColumn written = changed.facts().written().get(column);
        if (written != null) {
            entries.add(shown(HistoryKind.WRITE, Side.DYNAMICS, column.logicalName(), observed.value(), written, null));
            return;
        }
        boolean known = old.observed() != null || !sameContact;
        @Nullable
        ConsentValue last = old.observed() == null ? null : old.observed().value();
        @Nullable ConsentValue expected = shown.containsKey(column) ? shown.get(column) : last;
        if ((known || shown.containsKey(column)) && !Objects.equals(expected, observed.value())) {
            boolean ours =
                    old.pending().stream().map(PendingWrite::value).anyMatch(value -> value.equals(observed.value()))
                            && now.pending().isEmpty();
            entries.add(shown(
                    ours ? HistoryKind.WRITE : HistoryKind.OBSERVED,
                    Side.DYNAMICS,
                    column.logicalName(),
                    observed.value(),
                    null,
                    ours ? FOUND : null));
        }
    }

    private void didomi() {
        for (PostedEvent posted : changed.facts().posted()) {
            if (posted.event().recordId().equals(changed.id()) && isConfirmed(posted)) {
                entries.add(event(posted));
                shownInDidomi = posted.event().value();
            }
        }
        @Nullable ConsentValue value = changed.after().didomiValue();
        boolean explained = Objects.equals(shownInDidomi, value);
        if (explained && !inferredInDidomi) {
            return;
        }
        Optional<HistoryEntry> ours = changed.before().pending().stream()
                .filter(event -> !event.confirmed() && event.value().equals(value) && !isReplaced(event))
                .findFirst()
                .map(this::found);
        if (ours.isPresent() || !explained) {
            entries.add(ours.orElseGet(() -> shown(HistoryKind.OBSERVED, Side.DIDOMI, null, value, null, null)));
        }
    }

    /** A pending event stays pending when its answer was lost; what was chosen after it does not come from it. */
    private boolean isReplaced(PendingEvent event) {
        @Nullable ReportedChoice newest = changed.after().choice(Side.DIDOMI);
        return newest != null && newest.decidedAt().isAfter(event.createdAt());
    }

    private static boolean isInferredInDidomi(HistoryEntry entry) {
        return entry.kind().isChoice() && entry.side() == Side.DIDOMI && entry.notBefore() != null;
    }

    private boolean isConfirmed(PostedEvent posted) {
        return changed.after().pending().stream()
                .anyMatch(event -> event.confirmed()
                        && event.value().equals(posted.event().value())
                        && event.createdAt().equals(posted.event().createdAt())
                        && !changed.before().pending().contains(event));
    }

    private HistoryEntry event(PostedEvent posted) {
        PlannedEvent event = posted.event();
        return event(event.value(), event.createdAt(), event.decision().delivery(), posted.id(), null);
    }

    private HistoryEntry found(PendingEvent event) {
        return event(event.value(), event.createdAt(), null, changed.eventIds().apply(event), FOUND);
    }

    private HistoryEntry event(
            ConsentValue value, Instant createdAt, @Nullable String delivery, String id, @Nullable String reason) {
        return new HistoryEntry(
                changed.at(),
                HistoryKind.EVENT,
                changed.id(),
                Side.DIDOMI,
                null,
                value,
                createdAt,
                null,
                Choice.UNKNOWN_VERSION,
                null,
                delivery,
                null,
                id,
                reason);
    }

    private HistoryEntry shown(
            HistoryKind kind,
            Side side,
            @Nullable String replica,
            @Nullable ConsentValue value,
            @Nullable WrittenColumn written,
            @Nullable String reason) {
        return new HistoryEntry(
                changed.at(),
                kind,
                changed.id(),
                side,
                replica,
                value,
                null,
                null,
                Choice.UNKNOWN_VERSION,
                null,
                null,
                written,
                null,
                reason);
    }
}
