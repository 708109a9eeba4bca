package io.github.consentbridge.sync;

import io.github.consentbridge.delivery.MalformedDeliveryException;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.Settlement;
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
 * @param fate {@link Fate.Done}, or why it is not finished
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
        Fate fate) {
    public SettledPerson {
        changes = List.copyOf(changes);
        applied = List.copyOf(applied);
        unresolved = List.copyOf(unresolved);
    }

    static SettledPerson unreadable(OrganizationUserId key, MalformedDeliveryException why) {
        Fate fate = new Fate.Dead("what Didomi shows of this person cannot be read: " + why.getMessage());
        return new SettledPerson(key, false, false, true, null, List.of(), List.of(), List.of(), fate);
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
                task.fate());
    }

    static SettledPerson planned(PersonTask task) {
        Settlement settlement = Objects.requireNonNull(task.settlement);
        Person person = settlement.person();
        boolean inDidomi = task.isFromDidomi()
                || person.registers().values().stream()
                        .anyMatch(register -> !register.users().isEmpty());
        return new SettledPerson(
                task.key,
                isKnown(task),
                task.contact != null,
                inDidomi,
                person,
                settlement.changes(),
                List.of(),
                settlement.unresolved(),
                new Fate.Done());
    }

    private static boolean isKnown(PersonTask task) {
        return task.entry != null && task.entry.revision() != LedgerEntry.NEW;
    }

    SettledPerson after(PersonTask task) {
        return new SettledPerson(
                key, known, hasContact, inDidomi, person, changes, task.applied(), unresolved, task.fate());
    }

    /** Whether this difference was put right. */
    public boolean isApplied(Settlement.Change change) {
        return applied.stream()
                .anyMatch(done ->
                        done.register().equals(change.register()) && Objects.equals(done.column(), change.column()));
    }

    /** Why the person could not be finished, in one sentence; empty where it was, or will be when a system is back. */
    public Optional<String> failure() {
        if (fate instanceof Fate.Failed failed) {
            return Optional.of(failed.reason());
        }
        return fate instanceof Fate.Dead dead ? Optional.of(dead.reason()) : Optional.empty();
    }
}
