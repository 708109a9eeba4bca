package io.github.consentbridge.sync.worker;

import static java.util.Objects.requireNonNull;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteException;
import io.github.consentbridge.mapping.consent.Choice;
import io.github.consentbridge.mapping.consent.ConsentRecordId;
import io.github.consentbridge.mapping.delivery.DidomiReader;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.mapping.settle.Settler;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.connections.ContactSchema;
import io.github.consentbridge.sync.connections.SchemaSource;
import io.github.consentbridge.sync.credentials.CredentialsException;
import io.github.consentbridge.sync.history.HistoryChain;
import io.github.consentbridge.sync.history.HistoryFacts;
import io.github.consentbridge.sync.history.HistoryRecorder;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerEntryTooLargeException;
import io.github.consentbridge.sync.worker.PageSettler.Permission;
import io.github.consentbridge.sync.worker.PersonStage.Loaded;
import io.github.consentbridge.sync.worker.PersonStage.Located;
import io.github.consentbridge.sync.worker.PersonStage.Open;
import io.github.consentbridge.sync.worker.PersonStage.Planned;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settles many people in rounds. One round loads the ledger, reads the contacts, settles, saves, writes and saves. The
 * order matters: the ledger is loaded before anything is read, and saved before anything is written (R4). A person whose
 * row or ledger entry had changed meanwhile takes part in the next round.
 */
final class SettleRounds {
    static final int MAX_ROUNDS = 5;

    /** With less time than this no round begins. */
    private static final Duration MIN_TIME = Duration.ofSeconds(5);

    private final SchemaSource schemas;
    private final Connections connections;
    private final ConsentLedger ledger;
    private final HistoryRecorder history;
    private final SystemPauses pauses;
    private final Outcomes outcomes;
    private final ContactLookup lookup;
    private final PersonSettling settling;
    private final ContactWrites contacts;
    private final DidomiCalls didomi;

    SettleRounds(
            Integration integration,
            SchemaSource schemas,
            Connections connections,
            ConsentLedger ledger,
            DidomiReader reader,
            SystemPauses pauses,
            Outcomes outcomes,
            Clock clock) {
        this.schemas = schemas;
        this.connections = connections;
        this.ledger = ledger;
        this.pauses = pauses;
        this.outcomes = outcomes;
        this.lookup = new ContactLookup(integration, connections, pauses);
        this.history =
                new HistoryRecorder(integration, () -> connections.whoAmI().organizationId(), clock);
        LedgerConfirmations confirmations = new LedgerConfirmations(ledger, history);
        this.contacts = new ContactWrites(integration, connections, confirmations, pauses, outcomes);
        this.didomi = new DidomiCalls(integration, connections, reader, confirmations, pauses, outcomes, clock);
        Erasure erasure = new Erasure(integration, connections, contacts, ledger, history, outcomes);
        this.settling = new PersonSettling(
                integration,
                connections,
                pauses,
                didomi,
                contacts,
                erasure,
                new ChangeDates(connections, outcomes, clock),
                clock);
    }

    /**
     * Settles these people and returns what became of each of them.
     *
     * @param permission asked before anything is saved or written; without it all are finished as planned
     */
    SettleProgress settle(Collection<PersonNews> people, Deadline deadline, Permission permission) {
        SettleProgress progress = new SettleProgress(people, permission);
        for (int rounds = 0; rounds < MAX_ROUNDS && !progress.open().isEmpty(); rounds++) {
            if (deadline.remaining().compareTo(MIN_TIME) < 0) {
                progress.end(progress.open(), new DeliveryOutcome.Postponed(Duration.ZERO));
            } else {
                runRound(progress);
            }
        }
        progress.end(
                progress.open(),
                new DeliveryOutcome.Failed("the contact or its ledger entry changed during each of " + MAX_ROUNDS
                        + " attempts; replay this delivery later"));
        return progress;
    }

    private void runRound(SettleProgress progress) {
        List<Open> open = progress.open();
        try {
            runRound(open, progress);
        } catch (RemoteException e) {
            if (!schemas.forgetAfter(e) && !connections.refreshAfter(e)) {
                progress.end(progress.open(), pauses.outcomeAfter(e, open.size()));
            }
        } catch (CredentialsException e) {
            progress.end(progress.open(), pauses.outcomeAfter(e));
        }
    }

    private void runRound(List<Open> open, SettleProgress progress) {
        ContactSchema schema = schemas.schema();
        List<Loaded> searchable = progress.record(lookup.searchable(load(open)));
        List<Located> located = progress.record(lookup.find(searchable, schema));
        List<Planned> planned = settle(located, schema, progress);
        if (!progress.mayWrite(planned)) {
            progress.end(planned, new DeliveryOutcome.Done());
            return;
        }
        List<Planned> saved = progress.record(save(planned));
        saved.forEach(outcomes::settled);
        List<Planned> written = progress.record(contacts.write(saved));
        List<Planned> posted = progress.record(didomi.post(written));
        posted.forEach(person -> progress.record(person.ended(outcome(person))));
    }

    private List<Loaded> load(List<Open> people) {
        Map<OrganizationUserId, LedgerEntry> entries =
                ledger.load(people.stream().map(Open::key).toList());
        return people.stream()
                .map(person -> new Loaded(person, requireNonNull(entries.get(person.key()))))
                .toList();
    }

    /** One at a time: if a system fails for one person, what became of those before is recorded already. */
    private List<Planned> settle(List<Located> people, ContactSchema schema, SettleProgress progress) {
        Settler settler = new Settler(schema.mapping());
        List<Planned> planned = new ArrayList<>();
        for (Located person : people) {
            progress.record(settling.settle(person, settler, schema)).ifPresent(planned::add);
        }
        return planned;
    }

    /** The save before a write. Another worker may have saved a person's entry since: that person is settled again. */
    private List<StepResult<Planned>> save(List<Planned> people) {
        Map<OrganizationUserId, LedgerEntry> changed = new LinkedHashMap<>();
        for (Planned person : people) {
            LedgerEntry next = entryToSave(person);
            if (!next.equals(person.entry())) {
                changed.put(person.key(), next);
            }
        }
        Saving saving = changed.isEmpty() ? Saving.COMPLETE : save(changed.values());
        return people.stream()
                .map(person -> saving.result(person, changed.get(person.key())))
                .toList();
    }

    private LedgerEntry entryToSave(Planned person) {
        LedgerEntry before = person.entry();
        LedgerEntry next = person.entryToSave();
        List<Choice> late = history.late(before.person(), next.person(), person.choices());
        HistoryFacts facts =
                HistoryFacts.settled(person.considered(), late.isEmpty() ? late : unrecorded(person, late));
        return next.recorded(history.record(before.history(), before.person(), next.person(), facts));
    }

    /** An old choice is recorded once, however often its delivery is repeated. */
    private List<Choice> unrecorded(Planned person, List<Choice> late) {
        // An entry that was edited counts as missing: it must not stop the person, or the batch.
        HistoryChain recorded = HistoryChain.check(
                ledger.history(person.key()), person.entry().history().head(), Instant.MIN);
        return HistoryRecorder.missingIn(recorded.entries(), late);
    }

    private Saving save(Collection<LedgerEntry> changed) {
        try {
            return new Saving(ledger.save(List.copyOf(changed)), Set.of(), "");
        } catch (LedgerEntryTooLargeException e) {
            return new Saving(e.conflicts(), e.tooLarge(), String.valueOf(e.getMessage()));
        }
    }

    /** What became of the entries of a save. */
    private record Saving(Set<OrganizationUserId> conflicts, Set<OrganizationUserId> tooLarge, String why) {
        private static final Saving COMPLETE = new Saving(Set.of(), Set.of(), "");

        StepResult<Planned> result(Planned person, @Nullable LedgerEntry changed) {
            if (tooLarge.contains(person.key())) {
                return person.ended(new DeliveryOutcome.Dead(why));
            }
            if (conflicts.contains(person.key())) {
                return person.again();
            }
            return new StepResult.Next<>(person.with(changed == null ? person.entry() : changed.saved()));
        }
    }

    /** What could be applied is applied; the rest makes dead letters of the deliveries that reported it. */
    private static DeliveryOutcome outcome(Planned person) {
        Set<ConsentRecordId> reported = person.reportedRecords();
        List<String> reasons = new ArrayList<>(
                person.isWithoutNews() ? List.of() : person.open().refusals());
        person.settlement().misfits().stream()
                .filter(misfit -> reported.contains(ConsentRecordId.of(misfit.mapping())))
                .forEach(misfit -> reasons.add("mapping " + misfit.mapping().column() + ": " + misfit.reason()));
        return reasons.isEmpty() ? new DeliveryOutcome.Done() : new DeliveryOutcome.Dead(String.join("; ", reasons));
    }
}
