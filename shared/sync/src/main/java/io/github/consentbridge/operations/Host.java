package io.github.consentbridge.operations;

import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.queue.DeadLetters;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.reconciliation.Reconciliation;
import io.github.consentbridge.reconciliation.RunStore;
import io.github.consentbridge.registration.Registration;
import io.github.consentbridge.remote.RetryPolicy.Sleeper;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.Journal;
import io.github.consentbridge.sync.PageSettler;
import java.time.Clock;

/**
 * What the bridge stands on: one machine with its data folder, or a deployed stack. Parts are the same objects, or stand for
 * the same things, each time they are asked for. Safe for use by several threads.
 */
public interface Host {
    Integration integration();

    Credentials credentials();

    /** The clients of both systems. */
    Connections connections();

    /** Where accepted deliveries wait. */
    DeliveryQueue queue();

    DeadLetters deadLetters();

    ConsentLedger ledger();

    Pauses pauses();

    /** What reconciliations remember. */
    RunStore runs();

    Journal journal();

    Clock clock();

    /**
     * A reconciliation of this host.
     *
     * @param sleeper waits while a system is paused
     */
    default Reconciliation reconciliation(Sleeper sleeper) {
        PageSettler settler = new PageSettler(integration(), connections(), ledger(), pauses(), journal(), clock());
        Registration registration = new Registration(integration(), credentials(), connections());
        return new Reconciliation(
                integration(), connections(), settler, registration, runs(), journal(), clock(), sleeper);
    }
}
