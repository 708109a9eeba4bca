package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Settlement;
import io.github.consentbridge.mapping.settle.Settler;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One round over many people: load the ledger, read the contacts, settle, save, write, save. The order matters: the
 * ledger is loaded before anything is read, and saved before anything is written.
 */
final class SettleRound {
    private final SchemaSource schemas;
    private final ConsentLedger ledger;
    private final Outcomes outcomes;
    private final ContactLookup lookup;
    private final PersonSettling settling;
    private final ContactWrites contacts;
    private final DidomiCalls didomi;

    SettleRound(
            Integration integration,
            SchemaSource schemas,
            Connections connections,
            ConsentLedger ledger,
            DidomiReader reader,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.schemas = schemas;
        this.ledger = ledger;
        this.outcomes = outcomes;
        this.lookup = new ContactLookup(integration, schemas, connections);
        LedgerConfirmations confirmations = new LedgerConfirmations(ledger);
        this.contacts = new ContactWrites(integration, connections, confirmations, pauses, outcomes);
        this.didomi = new DidomiCalls(integration, connections, reader, confirmations, pauses, outcomes);
        Erasure erasure = new Erasure(integration, contacts, ledger, pauses, outcomes);
        this.settling = new PersonSettling(
                integration, connections, pauses, didomi, contacts, erasure, new ChangeDates(connections, outcomes));
    }

    /** Settles these people; whoever is still open afterwards has to be settled again. */
    void run(List<PersonTask> tasks, Approval approval) {
        ContactSchema schema = schemas.schema();
        Settler settler = new Settler(schema.mapping());
        load(tasks);
        if (!lookup.find(tasks, schema)) {
            return;
        }
        for (PersonTask task : tasks) {
            if (task.isOpen()) {
                settling.settle(task, settler, schema);
            }
        }
        List<PersonTask> settled = open(tasks);
        if (!approval.of(settled)) {
            settled.forEach(task -> task.end(new DeliveryOutcome.Done()));
            return;
        }
        saveBefore(settled);
        written(settled).forEach(outcomes::settled);
        contacts.write(written(settled));
        didomi.post(written(settled));
        for (PersonTask task : written(settled)) {
            task.end(outcome(task, schema));
        }
    }

    private static List<PersonTask> open(List<PersonTask> tasks) {
        return tasks.stream()
                .filter(task -> task.isOpen() && task.settlement != null)
                .toList();
    }

    private static List<PersonTask> written(List<PersonTask> settled) {
        return settled.stream().filter(task -> task.isOpen() && !task.again).toList();
    }

    private void load(List<PersonTask> tasks) {
        Map<OrganizationUserId, LedgerEntry> entries =
                ledger.load(tasks.stream().map(task -> task.key).toList());
        for (PersonTask task : tasks) {
            task.entry = Objects.requireNonNull(entries.get(task.key), "a ledger entry for each key");
            task.contact = null;
            task.settlement = null;
            task.again = false;
        }
    }

    /** Nothing is written for whom somebody else has saved since: they are settled again. */
    private void saveBefore(List<PersonTask> settled) {
        Map<PersonTask, LedgerEntry> changed = new LinkedHashMap<>();
        for (PersonTask task : settled) {
            LedgerEntry entry = Objects.requireNonNull(task.entry);
            Settlement settlement = Objects.requireNonNull(task.settlement);
            LedgerEntry next = entry.with(settlement.person()).spelled(task.didomiId());
            if (!next.equals(entry)) {
                changed.put(task, next);
            }
        }
        Set<OrganizationUserId> conflicts = changed.isEmpty() ? Set.of() : ledger.save(List.copyOf(changed.values()));
        changed.forEach((task, entry) -> {
            task.again = conflicts.contains(task.key);
            task.entry = entry.saved();
        });
    }

    /** All that could be applied is applied; what cannot be makes the deliveries that asked for it dead letters. */
    private static DeliveryOutcome outcome(PersonTask task, ContactSchema schema) {
        Set<ConsentRecordId> asked = task.asked();
        List<String> reasons = new ArrayList<>();
        Objects.requireNonNull(task.settlement).misfits().stream()
                .filter(misfit -> asked.contains(ConsentRecordId.of(misfit.mapping())))
                .forEach(misfit -> reasons.add("mapping " + misfit.mapping().column() + ": " + misfit.reason()));
        schema.broken().forEach((record, reason) -> {
            if (asked.contains(record)) {
                reasons.add(reason);
            }
        });
        return reasons.isEmpty() ? new DeliveryOutcome.Done() : new DeliveryOutcome.Dead(String.join("; ", reasons));
    }
}
