package io.github.consentbridge.sync;

import io.github.consentbridge.credentials.CredentialsException;
import io.github.consentbridge.dataverse.ContactRow;
import io.github.consentbridge.dataverse.DataverseClient;
import io.github.consentbridge.delivery.DidomiReader;
import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.LedgerEntry;
import io.github.consentbridge.mapping.AttributeName;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.mapping.OrganizationUserId;
import io.github.consentbridge.remote.RemoteException;
import io.github.consentbridge.remote.RemoteSystem;
import io.github.consentbridge.settle.Choice;
import io.github.consentbridge.settle.ContactState;
import io.github.consentbridge.settle.Evidence;
import io.github.consentbridge.settle.Evidence.DidomiRead;
import io.github.consentbridge.settle.Person;
import io.github.consentbridge.settle.RegisterId;
import io.github.consentbridge.settle.Settlement;
import io.github.consentbridge.settle.Settlement.Need;
import io.github.consentbridge.settle.Settler;
import io.github.consentbridge.settle.Stamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One round over many people: load the ledger, read the contacts, settle, save, write, save. The order matters: the
 * ledger is loaded before anything is read, and saved before anything is written.
 */
final class SettleRound {
    /** A column of {@code $select} does not exist: it was there when the metadata were read. */
    private static final String NO_SUCH_COLUMN = "0x80041103";

    private final Integration integration;
    private final SchemaSource schemas;
    private final Connections connections;
    private final ConsentLedger ledger;
    private final SystemPauses pauses;
    private final DidomiCalls didomi;
    private final Outcomes outcomes;
    private final ContactFinder finder;
    private final ContactWrites contacts;
    private final Erasure erasure;

    SettleRound(
            Integration integration,
            SchemaSource schemas,
            Connections connections,
            ConsentLedger ledger,
            DidomiReader reader,
            SystemPauses pauses,
            Outcomes outcomes) {
        this.integration = integration;
        this.schemas = schemas;
        this.connections = connections;
        this.ledger = ledger;
        this.pauses = pauses;
        this.outcomes = outcomes;
        this.finder = new ContactFinder(integration);
        LedgerConfirmations confirmations = new LedgerConfirmations(ledger);
        this.contacts = new ContactWrites(integration, connections, confirmations, pauses, outcomes);
        this.didomi = new DidomiCalls(integration, connections, reader, confirmations, pauses, outcomes);
        this.erasure = new Erasure(integration, contacts, ledger, pauses, outcomes);
    }

    /** Settles these people; whoever is still open afterwards has to be settled again. */
    void run(List<PersonTask> tasks) {
        ContactSchema schema = schemas.schema();
        Settler settler = new Settler(schema.mapping());
        load(tasks);
        if (!find(tasks, schema)) {
            return;
        }
        for (PersonTask task : tasks) {
            if (task.isOpen()) {
                settle(task, settler, schema);
            }
        }
        List<PersonTask> settled = open(tasks);
        saveBefore(settled);
        written(settled).forEach(outcomes::settled);
        contacts.write(written(settled));
        didomi.post(written(settled));
        for (PersonTask task : written(settled)) {
            task.end(fate(task, schema));
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

    /** Reads the contacts; says whether the columns are still what they were. */
    private boolean find(List<PersonTask> tasks, ContactSchema schema) {
        Map<OrganizationUserId, PersonTask> searchable = new LinkedHashMap<>();
        for (PersonTask task : tasks) {
            finder.unsearchable(task.key)
                    .ifPresentOrElse(reason -> task.end(new Fate.Dead(reason)), () -> searchable.put(task.key, task));
        }
        try {
            find(searchable, schema);
            return true;
        } catch (RemoteException e) {
            if (e.code().equals(NO_SUCH_COLUMN) && schemas.forget()) {
                return false;
            }
            throw e;
        }
    }

    private void find(Map<OrganizationUserId, PersonTask> tasks, ContactSchema schema) {
        if (tasks.isEmpty()) {
            return;
        }
        DataverseClient dataverse = connections.dataverse();
        try {
            Map<OrganizationUserId, List<ContactRow>> found =
                    finder.find(dataverse, tasks.keySet(), schema.columnNames());
            tasks.forEach((key, task) -> assign(task, found.getOrDefault(key, List.of())));
        } catch (RemoteException e) {
            if (e.concernsSystem() || e.code().equals(NO_SUCH_COLUMN)) {
                throw e;
            }
            findEachAlone(tasks, schema, e);
        }
    }

    /** One key that Dataverse cannot take makes a request for many fail: only that one is to blame. */
    private void findEachAlone(Map<OrganizationUserId, PersonTask> tasks, ContactSchema schema, RemoteException cause) {
        if (tasks.size() == 1) {
            tasks.values()
                    .forEach(task -> task.end(new Fate.Failed("the contact could not be read: " + cause.getMessage())));
            return;
        }
        tasks.forEach((key, task) -> find(Map.of(key, task), schema));
    }

    private static void assign(PersonTask task, List<ContactRow> rows) {
        if (rows.size() > 1) {
            List<String> ids = rows.stream().map(row -> row.id().toString()).toList();
            task.end(new Fate.Dead("ambiguous: contacts " + String.join(", ", ids)
                    + " have this organization user id: merge them, then replay"));
        } else if (rows.size() == 1) {
            task.contact = rows.get(0);
        }
    }

    private void settle(PersonTask task, Settler settler, ContactSchema schema) {
        try {
            Evidence evidence = evidence(task, contactState(task));
            if (task.needsReread() || task.deletedUser() != null) {
                if (waitsForDidomi(task)) {
                    return;
                }
                evidence = didomi.withUsers(task, evidence);
                if (task.deletedUser() != null && nobodyIsLeft(evidence, task)) {
                    erasure.erase(task, schema);
                    return;
                }
            }
            if (isErased(task, evidence)) {
                task.end(new Fate.Done());
                return;
            }
            settle(task, settler, evidence);
        } catch (RemoteException e) {
            if (e.system() != RemoteSystem.DIDOMI) {
                throw e;
            }
            didomiFailed(task, e);
        } catch (CredentialsException e) {
            // Dataverse's were used to find the contact, so it is Didomi's that are missing: others may do without.
            task.end(new Fate.Postponed(pauses.pause(RemoteSystem.DIDOMI, String.valueOf(e.getMessage()))));
        } catch (UnreadablePersonException e) {
            task.end(new Fate.Failed(String.valueOf(e.getMessage())));
        }
    }

    private void didomiFailed(PersonTask task, RemoteException failure) {
        if (!failure.concernsSystem()) {
            task.end(new Fate.Failed(String.valueOf(failure.getMessage())));
        } else if (!connections.refreshAfter(failure)) {
            task.end(new Fate.Postponed(pauses.pause(failure)));
        }
    }

    private boolean waitsForDidomi(PersonTask task) {
        Optional<Duration> pause = pauses.left(RemoteSystem.DIDOMI);
        pause.ifPresent(wait -> task.end(new Fate.Postponed(wait)));
        return pause.isPresent();
    }

    /** All in hand is from before the erasure: nothing of the person is to be kept again. */
    private static boolean isErased(PersonTask task, Evidence evidence) {
        LedgerEntry entry = Objects.requireNonNull(task.entry);
        return entry.erasedAt() != null
                && entry.person().registers().isEmpty()
                && evidence.choices().isEmpty()
                && evidence.states().isEmpty();
    }

    private static boolean nobodyIsLeft(Evidence evidence, PersonTask task) {
        return evidence.states().size() == task.states().size();
    }

    private void settle(PersonTask task, Settler settler, Evidence first) {
        Person before = Objects.requireNonNull(task.entry).person();
        Evidence evidence = first;
        Settlement settled = settler.settle(before, evidence);
        while (settled.need() != Need.NOTHING) {
            if (waitsForDidomi(task)) {
                return;
            }
            evidence = evidence.didomi() == DidomiRead.NOTHING
                    ? didomi.withUsers(task, evidence)
                    : didomi.withEvents(task, evidence);
            settled = settler.settle(before, evidence);
        }
        if (task.contact == null && settled.columnWrites().isEmpty()) {
            // Nothing to create a contact for: the planned one must not stand in the ledger.
            settled = settler.settle(before, evidence.withContact(null));
        }
        task.settlement = settled;
    }

    private static Evidence evidence(PersonTask task, @Nullable ContactState contact) {
        return new Evidence(task.choices(), task.revoked(), task.states(), contact, DidomiRead.NOTHING);
    }

    private @Nullable ContactState contactState(PersonTask task) {
        @Nullable ContactRow row = task.contact;
        if (row == null) {
            return integration.upsertMode()
                    ? ContactState.planned(contacts.plannedId(task).toString())
                    : null;
        }
        Map<AttributeName, Object> values = new HashMap<>();
        row.values().forEach((name, value) -> values.put(new AttributeName(name), value));
        return new ContactState(
                row.id().toString(), row.etag(), new Stamp(row.versionNumber(), row.modifiedOn()), values);
    }

    /** Nothing is written for whom somebody else has saved since: they are settled again. */
    private void saveBefore(List<PersonTask> settled) {
        Map<PersonTask, LedgerEntry> changed = new LinkedHashMap<>();
        for (PersonTask task : settled) {
            LedgerEntry entry = Objects.requireNonNull(task.entry);
            Settlement settlement = Objects.requireNonNull(task.settlement);
            if (!settlement.person().equals(entry.person())) {
                changed.put(task, entry.with(settlement.person()));
            }
        }
        Set<OrganizationUserId> conflicts = changed.isEmpty() ? Set.of() : ledger.save(List.copyOf(changed.values()));
        changed.forEach((task, entry) -> {
            task.again = conflicts.contains(task.key);
            task.entry = entry.saved();
        });
    }

    /** All that could be applied is applied; what cannot be makes the deliveries that asked for it dead letters. */
    private static Fate fate(PersonTask task, ContactSchema schema) {
        Set<RegisterId> asked = task.choices().stream().map(Choice::register).collect(Collectors.toSet());
        List<String> reasons = new ArrayList<>();
        Objects.requireNonNull(task.settlement).misfits().stream()
                .filter(misfit -> asked.contains(RegisterId.of(misfit.mapping())))
                .forEach(misfit -> reasons.add("mapping " + misfit.mapping().column() + ": " + misfit.reason()));
        schema.broken().forEach((register, reason) -> {
            if (asked.contains(register)) {
                reasons.add(reason);
            }
        });
        return reasons.isEmpty() ? new Fate.Done() : new Fate.Dead(String.join("; ", reasons));
    }
}
