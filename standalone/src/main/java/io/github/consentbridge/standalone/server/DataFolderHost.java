package io.github.consentbridge.standalone.server;

import io.github.consentbridge.credentials.Credentials;
import io.github.consentbridge.ledger.ConsentLedger;
import io.github.consentbridge.ledger.Pauses;
import io.github.consentbridge.mapping.Integration;
import io.github.consentbridge.operations.Host;
import io.github.consentbridge.queue.DeadLetters;
import io.github.consentbridge.queue.DeliveryQueue;
import io.github.consentbridge.reconciliation.RunStore;
import io.github.consentbridge.standalone.store.Store;
import io.github.consentbridge.sync.Connections;
import io.github.consentbridge.sync.Journal;
import java.time.Clock;

/** One machine with its data folder. */
public record DataFolderHost(
        Integration integration,
        Credentials credentials,
        Connections connections,
        Store store,
        Journal journal,
        Clock clock)
        implements Host {
    @Override
    public DeliveryQueue queue() {
        return store.queue();
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
}
