package io.github.consentbridge.sync.history;

import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.PendingEvent;
import io.github.consentbridge.mapping.settle.PendingWrite;
import io.github.consentbridge.mapping.settle.Replica;
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
        boolean known = old.observed() != null || !sameContact || now.pending().isEmpty();
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
        if (Objects.equals(shownInDidomi, value)) {
            return;
        }
        Optional<PendingEvent> ours = changed.before().pending().stream()
                .filter(event -> !event.confirmed()
                        && event.value().equals(value)
                        && !changed.after().pending().contains(event))
                .findFirst();
        entries.add(shown(
                ours.isPresent() ? HistoryKind.EVENT : HistoryKind.OBSERVED,
                Side.DIDOMI,
                null,
                value,
                null,
                ours.isPresent() ? FOUND : null));
    }

    private boolean isConfirmed(PostedEvent posted) {
        return changed.after().pending().stream()
                .anyMatch(event -> event.confirmed()
                        && event.value().equals(posted.event().value())
                        && event.createdAt().equals(posted.event().createdAt())
                        && !changed.before().pending().contains(event));
    }

    private HistoryEntry event(PostedEvent posted) {
        return new HistoryEntry(
                changed.at(),
                HistoryKind.EVENT,
                changed.id(),
                Side.DIDOMI,
                null,
                posted.event().value(),
                posted.event().createdAt(),
                null,
                Choice.UNKNOWN_VERSION,
                null,
                posted.event().decision().delivery(),
                null,
                posted.id(),
                null);
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
