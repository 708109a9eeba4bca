package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.ledger.LedgerEntry;
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
 * @param person what the ledger knows, or would know; null where it came to no settlement
 * @param changes the differences that were found
 * @param applied those of them that were put right
 * @param unresolved values that were read and differ, and that nothing is repairing
 * @param outcome {@link DeliveryOutcome.Done}, or why it is not finished
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
        DeliveryOutcome outcome =
                new DeliveryOutcome.Dead("what Didomi shows of this person cannot be read: " + why.getMessage());
        return new SettledPerson(key, false, false, true, null, List.of(), List.of(), List.of(), outcome);
    }

    static SettledPerson unsettled(PersonTask task) {
        return new SettledPerson(
                task.key,
                isKnown(task),
                task.contact != null,
                task.isFromDidomi(),
                null,
                List.of(),
                List.of(),
                List.of(),
                task.outcome());
    }

    static SettledPerson planned(PersonTask task) {
        Settlement settlement = Objects.requireNonNull(task.settlement);
        Person person = settlement.person();
        boolean inDidomi = task.isFromDidomi()
                || person.records().values().stream()
                        .anyMatch(record -> !record.users().isEmpty());
        return new SettledPerson(
                task.key,
                isKnown(task),
                task.contact != null,
                inDidomi,
                person,
                settlement.changes(),
                List.of(),
                settlement.unresolved(),
                new DeliveryOutcome.Done());
    }

    private static boolean isKnown(PersonTask task) {
        return task.entry != null && task.entry.revision() != LedgerEntry.NEW;
    }

    SettledPerson after(PersonTask task) {
        return new SettledPerson(
                key, known, hasContact, inDidomi, person, changes, task.applied(), unresolved, task.outcome());
    }

    /** Whether this difference was put right. */
    public boolean isApplied(Settlement.Change change) {
        return applied.stream()
                .anyMatch(done ->
                        done.recordId().equals(change.recordId()) && Objects.equals(done.column(), change.column()));
    }

    /** Why the person could not be finished, in one sentence; empty where it was, or will be when a system is back. */
    public Optional<String> failure() {
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            return Optional.of(failed.reason());
        }
        return outcome instanceof DeliveryOutcome.Dead dead ? Optional.of(dead.reason()) : Optional.empty();
    }
}
