package io.github.consentbridge.standalone.host;

import io.github.consentbridge.mapping.document.Integration;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.connections.Connections;
import io.github.consentbridge.sync.credentials.Credentials;
import io.github.consentbridge.sync.ledger.ConsentLedger;
import io.github.consentbridge.sync.ledger.Pauses;
import io.github.consentbridge.sync.logging.OutcomeLog;
import io.github.consentbridge.sync.operations.Host;
import io.github.consentbridge.sync.queue.DeadLetters;
import io.github.consentbridge.sync.queue.DeliveryQueue;
import io.github.consentbridge.sync.queue.WaitingDeliveries;
import io.github.consentbridge.sync.reconciliation.RunStore;
import io.github.consentbridge.sync.rights.AccessLog;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** One machine with its data folder. */
public record DataFolderHost(
        Integration integration,
        Credentials credentials,
        Connections connections,
        Store store,
        OutcomeLog outcomeLog,
        Clock clock)
        implements Host {
    @Override
    public DeliveryQueue queue() {
        return store.queue();
    }

    @Override
    public Optional<WaitingDeliveries> waiting() {
        return Optional.of(store.queue());
    }

    @Override
    public DeadLetters deadLetters() {
        return store.deadLetters();
    }

    @Override
    public ConsentLedger ledger() {
        return store.ledger();
    }

    @Override
    public Pauses pauses() {
        return store.pauses();
    }

    @Override
    public RunStore runs() {
        return store.runs();
    }

    @Override
    public AccessLog accessLog() {
        return store.accessLog();
    }

    @Override
    public List<String> otherCopies() {
        return List.of(
                "Files made with backup, and other copies of the data folder, keep what they had when they were made,"
                        + " until they are deleted");
    }

    @Override
    public boolean scrub() {
        return store.scrub();
    }
}
