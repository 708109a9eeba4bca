package io.github.consentbridge.sync.operations;

import io.github.consentbridge.connectors.http.Deadline;
import io.github.consentbridge.connectors.http.RemoteSystem;
import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.document.OrganizationUserId;
import io.github.consentbridge.sync.history.ChainedEntry;
import io.github.consentbridge.sync.ledger.LedgerEntry;
import io.github.consentbridge.sync.ledger.LedgerKey;
import io.github.consentbridge.sync.logging.LogFields;
import io.github.consentbridge.sync.operations.Explanation.Waiting;
import io.github.consentbridge.sync.queue.DiscardedDelivery;
import io.github.consentbridge.sync.reconciliation.ReconciliationListener;
import io.github.consentbridge.sync.reconciliation.ReconciliationReport;
import io.github.consentbridge.sync.reconciliation.ReconciliationRequest;
import io.github.consentbridge.sync.rights.Access;
import io.github.consentbridge.sync.rights.AccessKind;
import io.github.consentbridge.sync.rights.AccessRecorder;
import io.github.consentbridge.sync.rights.ErasureReport;
import io.github.consentbridge.sync.rights.PersonEraser;
import io.github.consentbridge.sync.rights.PersonExport;
import io.github.consentbridge.sync.rights.PersonExporter;
import io.github.consentbridge.sync.rights.PersonFinder;
import io.github.consentbridge.sync.rights.PersonHashes;
import io.github.consentbridge.sync.rights.PersonQuery;
import io.github.consentbridge.sync.rights.Requester;
import io.github.consentbridge.sync.rights.StoredPerson;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The operations on a host's own stores. Safe for use by several threads, and beside running workers. */
public final class StoreOperations implements Operations {
    /** Waiting deliveries and dead letters that an explanation lists; more of one person say nothing new. */
    private static final int MAX_LISTED = 100;

    private final Host host;
    private final Sleeper sleeper;
    private final Deadline deadline;
    private final AccessRecorder accesses;

    /**
     * The operations of a host. Only reconciling needs its credentials.
     *
     * @param sleeper waits while a system is paused
     * @param deadline ends running reconciliations
     */
    public StoreOperations(Host host, Sleeper sleeper, Deadline deadline) {
        this.host = host;
        this.sleeper = sleeper;
        this.deadline = deadline;
        this.accesses = new AccessRecorder(host);
    }

    @Override
    public Optional<Explanation> explain(String key) {
        StoredPerson person = StoredPerson.load(host, key, MAX_LISTED);
        return person.isUnknown() ? Optional.empty() : Optional.of(explanation(person));
    }

    private Explanation explanation(StoredPerson person) {
        return new Explainer(host.integration())
                .explain(
                        person.entry(),
                        person.waiting()
                                .map(queue -> queue.stream().map(Waiting::of).toList()),
                        person.deadLetters().stream().map(DeadLetterSummary::of).toList());
    }

    @Override
    public Optional<PersonHistory> history(String key) {
        OrganizationUserId person = LedgerKey.of(host.integration(), key);
        LedgerEntry entry =
                Objects.requireNonNull(host.ledger().load(List.of(person)).get(person));
        List<ChainedEntry> stored = host.ledger().history(person);
        return stored.isEmpty() && entry.history().head().at() == null
                ? Optional.empty()
                : Optional.of(new PersonHistory(
                        person.value(),
                        entry.person().contactId(),
                        entry.history().head(),
                        stored));
    }

    @Override
    public List<DeadLetterSummary> deadLetters(DeadLetterFilter filter, int limit) {
        return host.deadLetters().list(filter, limit).stream()
                .map(DeadLetterSummary::of)
                .toList();
    }

    @Override
    public Optional<DeadLetterDetail> deadLetter(String id, boolean plain) {
        return host.deadLetters().list(letter -> letter.delivery().id().equals(id), 1).stream()
                .findFirst()
                .map(letter -> DeadLetterDetail.of(
                        letter, plain ? UnaryOperator.identity() : new BodyMask(host.integration())::mask));
    }

    @Override
    public Optional<DiscardedDelivery> discard(String id, DiscardedDelivery.Decision decision) {
        Optional<DiscardedDelivery> discarded =
                host.deadLetters().discard(id, decision, key -> LedgerKey.of(host.integration(), key));
        discarded.ifPresent(record -> host.outcomeLog()
                .log(
                        "dead letter discarded",
                        null,
                        LogFields.of("delivery", record.id())
                                .and("stored_person", record.person())
                                .and("by", decision.by())
                                .and("why", decision.reason())));
        return discarded;
    }

    @Override
    public List<DiscardedDelivery> discarded(String id) {
        return host.deadLetters().discarded(id);
    }

    @Override
    public int replay(DeadLetterFilter filter) {
        return host.deadLetters().replay(filter, host.queue());
    }

    @Override
    public Map<RemoteSystem, Instant> resume(Set<RemoteSystem> systems) {
        Map<RemoteSystem, Instant> lifted = new EnumMap<>(RemoteSystem.class);
        Instant now = host.clock().instant();
        for (RemoteSystem system : systems) {
            host.pauses()
                    .lift(system)
                    .filter(until -> until.isAfter(now))
                    .ifPresent(until -> lifted.put(system, until));
        }
        host.queue().wake();
        return lifted;
    }

    @Override
    public List<String> find(PersonQuery query, Requester requester) {
        PersonFinder finder = new PersonFinder(host);
        PersonFinder.Found found = finder.find(query);
        accesses.record(AccessKind.SEARCHED, found.person(), requester, null);
        return finder.keys(found);
    }

    @Override
    public void recordAccess(AccessKind kind, String key, Requester requester) {
        accesses.record(kind, key, requester, null);
    }

    @Override
    public PersonHashes hashes(String key, Requester requester) {
        accesses.record(AccessKind.HASHED, key, requester, null);
        return PersonHashes.of(host, key);
    }

    @Override
    public List<Access> accesses(int limit) {
        return host.accessLog().newest(limit);
    }

    @Override
    public Optional<PersonExport> export(String key, Requester requester, @Nullable String reason) {
        accesses.record(AccessKind.EXPORTED, key, requester, reason);
        StoredPerson person = StoredPerson.load(host, key, Integer.MAX_VALUE);
        return person.isUnknown()
                ? Optional.empty()
                : Optional.of(new PersonExporter(host).export(person, explanation(person), requester));
    }

    @Override
    public Optional<ErasureReport> erase(String key, Requester requester, String reason) {
        accesses.record(AccessKind.ERASED, key, requester, reason);
        StoredPerson person = StoredPerson.load(host, key, 1);
        return person.isUnknown() ? Optional.empty() : Optional.of(new PersonEraser(host).erase(person.key()));
    }

    @Override
    public ReconciliationReport reconcile(ReconciliationRequest request, ReconciliationListener listener)
            throws InterruptedException {
        return LastReconciliation.recorded(
                host,
                request,
                () -> host.reconciliation(sleeper).run(UUID.randomUUID().toString(), request, deadline, listener));
    }
}
