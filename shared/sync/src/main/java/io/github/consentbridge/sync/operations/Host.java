package io.github.consentbridge.sync.operations;

import io.github.consentbridge.connectors.http.RetryPolicy.Sleeper;
import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.WaitingDeliveries;
import io.github.consentbridge.sync.reconciliation.Reconciliation;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.registration.Registration;
import io.github.consentbridge.sync.rights.AccessLog;
import io.github.consentbridge.sync.worker.PageSettler;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * The parts of a bridge that depend on where it runs: one machine with its data folder, or a deployed stack. Each call
 * returns the same part. Safe for use by several threads.
 */
public interface Host {
    Integration integration();

    Credentials credentials();

    /** The clients of both systems. */
    Connections connections();

    /** The queue of accepted deliveries. */
    DeliveryQueue queue();

    /** The deliveries in the queue; empty where it cannot be searched. */
    default Optional<WaitingDeliveries> waiting() {
        return Optional.empty();
    }

    DeadLetters deadLetters();

    ConsentLedger ledger();

    Pauses pauses();

    /** Who looked at whose data. */
    AccessLog accessLog();

    /**
     * Where copies of what is stored about a person may be that no command of ours reaches, and for how long; one sentence
     * each.
     */
    List<String> otherCopies();

    /** The state of reconciliations. */
    RunStore runs();

    /**
     * Removes from the store's files what has been deleted from the store, as far as that is up to this host: a managed
     * store does so by itself. Safe to repeat.
     *
     * @return whether it is done: not so while a backup reads an earlier state. Then try again.
     * @throws io.github.consentbridge.sync.storage.StorageException if it failed
     */
    default boolean scrub() {
        return true;
    }

    OutcomeLog outcomeLog();

    Clock clock();

    /**
     * A reconciliation of this host.
     *
     * @param sleeper waits while a system is paused
     */
    default Reconciliation reconciliation(Sleeper sleeper) {
        PageSettler settler = new PageSettler(integration(), connections(), ledger(), pauses(), outcomeLog(), clock());
        Registration registration = new Registration(integration(), credentials(), connections());
        return new Reconciliation(
                integration(), connections(), settler, registration, runs(), outcomeLog(), clock(), sleeper);
    }
}
