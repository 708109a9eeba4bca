package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person after a page was settled.
 *
 * @param known whether the ledger had an entry before
 * @param hasContact whether a contact was found
 * @param inDidomi whether Didomi has, or had, a user of the person
 * @param person what the ledger knows, or would know; null if the person could not be settled, and then nothing above is
 *     known
 * @param changes the differences that were found
 * @param applied those of them that were removed
 * @param unresolved values that were read and differ, and that are not being repaired
 * @param outcome {@link DeliveryOutcome.Done}, or why the person is not finished
 */
public record SettledPerson(
        OrganizationUserId key,
        boolean known,
        boolean hasContact,
        boolean inDidomi,
        @Nullable Person person,
        List<Settlement.Change> changes,
        List<Settlement.Change> applied,
        List<Settlement.Unresolved> unresolved,
        DeliveryOutcome outcome) {
    public SettledPerson {
        changes = List.copyOf(changes);
        applied = List.copyOf(applied);
        unresolved = List.copyOf(unresolved);
    }

    static SettledPerson unreadable(OrganizationUserId key, MalformedDeliveryException why) {
        return unsettled(
                key, new DeliveryOutcome.Dead("what Didomi shows of this person cannot be read: " + why.getMessage()));
    }

    static SettledPerson unsettled(OrganizationUserId key, DeliveryOutcome outcome) {
        return new SettledPerson(key, false, false, false, null, List.of(), List.of(), List.of(), outcome);
    }

    static SettledPerson planned(Planned planned) {
        Settlement settlement = planned.settlement();
        Person person = settlement.person();
        boolean inDidomi = planned.news().isFromDidomi()
                || person.records().values().stream()
                        .anyMatch(record -> !record.users().isEmpty());
        return new SettledPerson(
                planned.key(),
                planned.entry().revision() != LedgerEntry.NEW,
                planned.contact() != null,
                inDidomi,
                person,
                settlement.changes(),
                List.of(),
                settlement.unresolved(),
                new DeliveryOutcome.Done());
    }

    SettledPerson after(List<Settlement.Change> removed, DeliveryOutcome ended) {
        return new SettledPerson(key, known, hasContact, inDidomi, person, changes, removed, unresolved, ended);
    }

    /** Whether this difference was removed. */
    public boolean isApplied(Settlement.Change change) {
        return applied.stream()
                .anyMatch(done ->
                        done.recordId().equals(change.recordId()) && Objects.equals(done.column(), change.column()));
    }

    /** Why the person failed, in one sentence; empty if finished, or postponed until a system is back. */
    public Optional<String> failure() {
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            return Optional.of(failed.reason());
        }
        return outcome instanceof DeliveryOutcome.Dead dead ? Optional.of(dead.reason()) : Optional.empty();
    }
}
