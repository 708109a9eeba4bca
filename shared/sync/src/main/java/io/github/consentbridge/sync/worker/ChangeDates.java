package io.github.consentbridge.sync.worker;

import io.github.consentbridge.connectors.dataverse.audit.ColumnChange;
import io.github.consentbridge.connectors.dataverse.audit.ColumnHistory;
import io.github.consentbridge.connectors.dataverse.contact.ContactRow;
import io.github.consentbridge.mapping.column.ColumnCodec;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ClockRule;
import io.github.consentbridge.mapping.consent.CopiedValue;
import io.github.consentbridge.mapping.consent.Stamp;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.settle.Decision;
import io.github.consentbridge.mapping.settle.MappedColumn;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settlement.ColumnWrite;
import io.github.consentbridge.mapping.settle.Settlement.Undated;
import io.github.consentbridge.sync.connections.AuditAccess;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Dates unreported changes of contacts, by the audit history of their columns. */
final class ChangeDates {
    private final Connections connections;
    private final Outcomes outcomes;
    private final Clock clock;

    ChangeDates(Connections connections, Outcomes outcomes, Clock clock) {
        this.connections = connections;
        this.outcomes = outcomes;
        this.clock = clock;
    }

    /**
     * What the history says.
     *
     * @param asked changes whose history was read
     * @param dated those of them whose time is known now
     * @param failedWrites writes of ours that did not land: the change that would have come after them is not in the history
     * @param copied changes that a merge made, so that nobody decided them
     */
    record Dates(List<Undated> asked, List<Choice> dated, List<ColumnWrite> failedWrites, List<CopiedValue> copied) {
        boolean hasNews() {
            return !dated.isEmpty() || !failedWrites.isEmpty() || !copied.isEmpty();
        }
    }

    /**
     * One request for each change in an audited column, none for the others. A change whose history cannot be read now
     * keeps its bounds; as it does not count as asked, a later settle dates it once the history is back.
     */
    Dates of(Located person, Settlement settlement, ContactSchema schema) {
        @Nullable ContactRow contact = person.contact();
        List<Undated> asked = new ArrayList<>();
        List<Choice> dated = new ArrayList<>();
        List<ColumnWrite> failedWrites = new ArrayList<>();
        List<CopiedValue> copied = new ArrayList<>();
        ClockRule now = new ClockRule(clock.instant());
        for (Undated change : settlement.undated()) {
            if (!schema.audited().contains(change.column()) || contact == null) {
                continue;
            }
            AuditAccess.Answer answer =
                    connections.audit().history(contact.id(), change.column().logicalName());
            if (answer.history() instanceof ColumnHistory.Known known) {
                asked.add(change);
                Optional<ColumnChange> found = found(change, known, codec(change, schema), now);
                found.filter(ColumnChange::isMerge)
                        .ifPresent(entry -> copied.add(copied(change, contact, at(change, entry, now))));
                found.filter(entry -> !entry.isMerge())
                        .ifPresent(entry -> dated.add(choice(change, entry, at(change, entry, now))));
                // An empty history is also that of an environment where auditing is off.
                if (found.isEmpty() && !known.changes().isEmpty()) {
                    change.failedWriteIfUnknown().ifPresent(failedWrites::add);
                }
            } else if (answer.isNews() && answer.history() instanceof ColumnHistory.Withheld withheld) {
                outcomes.noAuditHistory(change, withheld.why());
            }
        }
        return new Dates(asked, dated, failedWrites, copied);
    }

    private static ColumnCodec codec(Undated change, ContactSchema schema) {
        return schema.mapping().records().stream()
                .flatMap(record -> record.columns().stream())
                .filter(column -> column.column().equals(change.column()))
                .map(MappedColumn::codec)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The newest change that can be the inferred one. Our own changes are not choices. Nor is the creation of the contact a
     * change: what it showed when it was first seen cannot be distinguished from a default, and was there before any write
     * of ours.
     */
    private Optional<ColumnChange> found(
            Undated change, ColumnHistory.Known history, ColumnCodec codec, ClockRule now) {
        UUID ourselves = connections.applicationUser();
        ConsentValue value = change.inferred().value();
        return history.changes().stream()
                .filter(entry -> !entry.userId().equals(ourselves) && !entry.isCreation())
                .filter(entry -> Objects.equals(codec.decode(entry.after()).orElse(null), value))
                .filter(entry -> change.inferred().matches(value, at(change, entry, now)))
                .findFirst();
    }

    /** A record from the future is no later than the state of the row that shows its value. */
    private static Instant at(Undated change, ColumnChange entry, ClockRule now) {
        return now.isAhead(entry.at()) ? change.inferred().at() : entry.at();
    }

    private static CopiedValue copied(Undated change, ContactRow contact, Instant at) {
        return new CopiedValue(
                change.recordId(),
                contact.id().toString(),
                change.column(),
                change.inferred().value(),
                new Stamp(contact.versionNumber(), at, contact.modifiedOn()));
    }

    private static Choice choice(Undated change, ColumnChange entry, Instant at) {
        return Choice.inColumn(
                        change.recordId(),
                        change.column(),
                        change.inferred().value(),
                        entry.at(),
                        Choice.UNKNOWN_VERSION,
                        Decision.AUDIT + ", user " + entry.userId())
                .by("user " + entry.userId())
                .decidedAt(at);
    }
}
