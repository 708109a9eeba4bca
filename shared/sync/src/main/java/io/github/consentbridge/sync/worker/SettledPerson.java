package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.mapping.delivery.MalformedDeliveryException;
import io.github.consentbridge.mapping.document.ConsentValue;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.ConsentRecord;
import io.github.consentbridge.mapping.settle.ObservedValue;
import io.github.consentbridge.mapping.settle.Person;
import io.github.consentbridge.mapping.settle.ReportedChoice;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A person after a page was settled.
 *
 * @param settledBefore whether the person was settled before: the ledger had an entry, and did not know yet of every
 *     difference that was found. Where a run ended between its plan and its writes, the ledger knows them, and the person
 *     was not settled
 * @param hasContact whether a contact was found
 * @param inDidomi whether Didomi has, or had, a user of the person
 * @param person what the ledger knows, or would know; null if the person could not be settled, and then nothing above is
 *     known
 * @param columnValues what the mapped columns held when the contact was first read, in the Web API's terms; a column that
 *     is null is absent
 * @param changes the differences that were found
 * @param applied those of them that were removed
 * @param unresolved values that were read and differ, and that are not being repaired
 * @param outcome {@link DeliveryOutcome.Done}, or why the person is not finished
 */
public record SettledPerson(
        OrganizationUserId key,
        boolean settledBefore,
        boolean hasContact,
        boolean inDidomi,
        @Nullable Person person,
        Map<String, Object> columnValues,
        List<Settlement.Change> changes,
        List<Settlement.Change> applied,
        List<Settlement.Unresolved> unresolved,
        DeliveryOutcome outcome) {
    public SettledPerson {
        columnValues = Map.copyOf(columnValues);
        changes = List.copyOf(changes);
        applied = List.copyOf(applied);
        unresolved = List.copyOf(unresolved);
    }

    static SettledPerson unreadable(OrganizationUserId key, MalformedDeliveryException why) {
        return unsettled(
                key, new DeliveryOutcome.Dead("what Didomi shows of this person cannot be read: " + why.getMessage()));
    }

    static SettledPerson unsettled(OrganizationUserId key, DeliveryOutcome outcome) {
        return new SettledPerson(key, false, false, false, null, Map.of(), List.of(), List.of(), List.of(), outcome);
    }

    static SettledPerson planned(Planned planned) {
        Settlement settlement = planned.settlement();
        Person person = settlement.person();
        boolean inDidomi = planned.news().isFromDidomi()
                || person.records().values().stream()
                        .anyMatch(record -> !record.users().isEmpty());
        return new SettledPerson(
                planned.key(),
                isSettled(planned),
                planned.contact() != null,
                inDidomi,
                person,
                planned.contact() == null ? Map.of() : planned.contact().values(),
                settlement.changes(),
                List.of(),
                settlement.unresolved(),
                new DeliveryOutcome.Done());
    }

    private static boolean isSettled(Planned planned) {
        List<Settlement.Change> changes = planned.settlement().changes();
        Person before = planned.entry().person();
        return planned.entry().revision() != LedgerEntry.NEW
                && (changes.isEmpty() || !changes.stream().allMatch(change -> isOutstanding(before, change)));
    }

    /** Whether the ledger knows the choice already, and knows that the replica does not show it. */
    private static boolean isOutstanding(Person before, Settlement.Change change) {
        ConsentRecord record = before.record(change.recordId());
        @Nullable ReportedChoice choice = record.choice(change.decision().side());
        ConsentValue stands = change.decision().value();
        return choice != null && choice.value().equals(stands) && !shows(record, change);
    }

    private static boolean shows(ConsentRecord record, Settlement.Change change) {
        ConsentValue stands = change.decision().value();
        if (change.column() == null) {
            return stands.equals(record.didomiValue());
        }
        @Nullable ObservedValue observed = record.column(change.column()).observed();
        return observed != null && stands.equals(observed.value());
    }

    SettledPerson after(List<Settlement.Change> removed, DeliveryOutcome ended) {
        return new SettledPerson(
                key, settledBefore, hasContact, inDidomi, person, columnValues, changes, removed, unresolved, ended);
    }

    /**
     * The same person settled once more. A difference that is gone, because its replica shows the choice by now, was
     * removed, also if the answer to its write was lost; one whose choice no longer stands is none.
     */
    public SettledPerson then(SettledPerson again) {
        if (person == null || again.person == null) {
            return again.person == null && person != null ? after(applied, again.outcome) : again;
        }
        List<Settlement.Change> all = new ArrayList<>();
        List<Settlement.Change> removed = new ArrayList<>(again.applied);
        for (Settlement.Change change : changes) {
            if (!contains(again.changes, change) && (isApplied(change) || again.shows(change))) {
                all.add(change);
                removed.add(change);
            }
        }
        all.addAll(again.changes);
        return new SettledPerson(
                key,
                settledBefore,
                again.hasContact,
                inDidomi || again.inDidomi,
                again.person,
                columnValues.isEmpty() ? again.columnValues : columnValues,
                all,
                removed,
                again.unresolved,
                again.outcome);
    }

    /** The ledger keeps nothing about the column of a property, but it was read, and is not to be written any more. */
    private boolean shows(Settlement.Change change) {
        return !change.recordId().value().isConsent()
                || shows(requireNonNull(person).record(change.recordId()), change);
    }

    /** The same with those differences only that were removed. */
    public SettledPerson appliedOnly() {
        return new SettledPerson(
                key,
                settledBefore,
                hasContact,
                inDidomi,
                person,
                columnValues,
                changes.stream().filter(this::isApplied).toList(),
                applied,
                List.of(),
                outcome);
    }

    /** Whether this difference was removed. */
    public boolean isApplied(Settlement.Change change) {
        return contains(applied, change);
    }

    private static boolean contains(List<Settlement.Change> changes, Settlement.Change change) {
        return changes.stream()
                .anyMatch(each ->
                        each.recordId().equals(change.recordId()) && Objects.equals(each.column(), change.column()));
    }

    /** Why the person failed, in one sentence; empty if finished, or postponed until a system is back. */
    public Optional<String> failure() {
        if (outcome instanceof DeliveryOutcome.Failed failed) {
            return Optional.of(failed.reason());
        }
        return outcome instanceof DeliveryOutcome.Dead dead ? Optional.of(dead.reason()) : Optional.empty();
    }
}
