package io.github.consentbridge.sync.reconciliation;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.consent.Side;
import io.github.consentbridge.mapping.document.AttributeName;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.Mapping;
import io.github.consentbridge.mapping.document.Wins;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Replica;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.reconciliation.Difference.Shown;
import io.github.consentbridge.sync.report.DecisionReason;
import io.github.consentbridge.sync.worker.SettledPerson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of a settled person where the two sides differed from what stands. */
final class Differences {
    private final Integration integration;

    Differences(Integration integration) {
        this.integration = integration;
    }

    List<Difference> of(SettledPerson settled) {
        List<Difference> differences = new ArrayList<>();
        for (Settlement.Change change : settled.changes()) {
            differences.add(difference(settled, Objects.requireNonNull(settled.person()), change));
        }
        return differences;
    }

    /** What of the person differs, and that nothing is repairing. */
    List<Unresolved> unresolved(SettledPerson settled) {
        return settled.unresolved().stream()
                .map(each -> unresolved(settled, Objects.requireNonNull(settled.person()), each))
                .toList();
    }

    private static Unresolved unresolved(SettledPerson settled, Person person, Settlement.Unresolved each) {
        ConsentRecord record = person.record(each.recordId());
        Replica column = record.column(each.column());
        return new Unresolved(
                settled.key().value(),
                person.contactId(),
                each.column().logicalName(),
                new Shown(each.inDidomi(), record.didomiSince()),
                new Shown(
                        each.inColumn(),
                        column.observed() == null
                                ? null
                                : column.observed().stamp().at()),
                each.reason());
    }

    private Difference difference(SettledPerson settled, Person person, Settlement.Change change) {
        List<Mapping> mappings = mappings(change.recordId());
        @Nullable AttributeName written = change.column();
        AttributeName column = written != null ? written : mappings.get(0).column();
        ConsentRecord record = person.record(change.recordId());
        Wins wins = mappings.get(0).wins();
        return new Difference(
                settled.key().value(),
                person.contactId(),
                column.logicalName(),
                written == null ? Side.DIDOMI : Side.DYNAMICS,
                new Shown(record.didomiValue(), record.didomiSince()),
                onContact(record.column(column), change),
                change.decision().side(),
                DecisionReason.of(change.decision(), record, wins),
                settled.isApplied(change));
    }

    private static Shown onContact(Replica column, Settlement.Change change) {
        boolean observed = column.observed() != null;
        // Of a property's column the ledger keeps nothing.
        return new Shown(
                observed ? column.observed().value() : change.before(),
                observed ? column.observed().stamp().at() : null);
    }

    private List<Mapping> mappings(ConsentRecordId recordId) {
        return integration.mappings().stream()
                .filter(mapping -> ConsentRecordId.of(mapping).equals(recordId))
                .toList();
    }
}
