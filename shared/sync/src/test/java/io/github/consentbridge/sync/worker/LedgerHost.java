package io.github.consentbridge.sync.worker;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.rights.AccessLog;
import java.time.Clock;
import java.util.List;

/** A host of which only the ledger is asked. */
record LedgerHost(Integration integration, ConsentLedger ledger, Clock clock) implements Host {
    @Override
    public Credentials credentials() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Connections connections() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryQueue queue() {
        throw new UnsupportedOperationException();
    }

    @Override
    public DeadLetters deadLetters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Pauses pauses() {
        throw new UnsupportedOperationException();
    }

    @Override
    public RunStore runs() {
        throw new UnsupportedOperationException();
    }

    @Override
    public OutcomeLog outcomeLog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public AccessLog accessLog() {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<String> otherCopies() {
        return List.of();
    }
}
